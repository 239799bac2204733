/** Rewards of files and over HTTP: designs, scores, the service. Starts no server of the stack. */
@NullMarked
package dev.sightline.worker.cli.reward;

import org.jspecify.annotations.NullMarked;
