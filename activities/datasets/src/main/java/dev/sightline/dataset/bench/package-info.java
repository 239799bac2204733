/** How fast puzzles are made, and the families' catalogue. */
@NullMarked
package dev.sightline.dataset.bench;

import org.jspecify.annotations.NullMarked;
