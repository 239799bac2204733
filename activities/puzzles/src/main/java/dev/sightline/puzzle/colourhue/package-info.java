/** Boards of graded colours in disorder: how many swaps put them right? */
@NullMarked
package dev.sightline.puzzle.colourhue;

import org.jspecify.annotations.NullMarked;
