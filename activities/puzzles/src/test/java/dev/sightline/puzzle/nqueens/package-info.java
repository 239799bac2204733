@NullMarked
package dev.sightline.puzzle.nqueens;

import org.jspecify.annotations.NullMarked;
