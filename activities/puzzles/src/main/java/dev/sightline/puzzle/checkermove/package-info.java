/** Checker move, known as toads and frogs: the number of moves from one row to another. */
@NullMarked
package dev.sightline.puzzle.checkermove;

import org.jspecify.annotations.NullMarked;
