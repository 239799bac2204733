/** {@code sightline artifacts …}: what the artifact store holds of an experiment. */
@NullMarked
package dev.sightline.worker.cli.artifact;

import org.jspecify.annotations.NullMarked;
