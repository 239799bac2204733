/** Mazes of square cells with an entry and an exit. */
@NullMarked
package dev.sightline.puzzle.maze;

import org.jspecify.annotations.NullMarked;
