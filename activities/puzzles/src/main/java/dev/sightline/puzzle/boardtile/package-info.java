/** Chequered boards with holes, to be covered by dominoes. */
@NullMarked
package dev.sightline.puzzle.boardtile;

import org.jspecify.annotations.NullMarked;
