/** Sliding boards of numbered tiles with one open place. */
@NullMarked
package dev.sightline.puzzle.numberslide;

import org.jspecify.annotations.NullMarked;
