/** Move box, known as Sokoban: the fewest pushes that bring every box to a flag. */
@NullMarked
package dev.sightline.puzzle.movebox;

import org.jspecify.annotations.NullMarked;
