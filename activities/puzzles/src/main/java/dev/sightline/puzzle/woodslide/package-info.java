/** Wooden blocks that slide on a board of 5 x 4 cells, from one picture to another. */
@NullMarked
package dev.sightline.puzzle.woodslide;

import org.jspecify.annotations.NullMarked;
