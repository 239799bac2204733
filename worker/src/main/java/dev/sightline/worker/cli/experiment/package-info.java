/** What the experiment commands do: read files, PostgreSQL and artifacts, talk to Temporal. */
@NullMarked
package dev.sightline.worker.cli.experiment;

import org.jspecify.annotations.NullMarked;
