/** Statistics of files: comparing two arms, power, published tables. Starts no server. */
@NullMarked
package dev.sightline.worker.cli.stats;

import org.jspecify.annotations.NullMarked;
