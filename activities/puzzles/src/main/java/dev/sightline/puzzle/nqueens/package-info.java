/** Chessboards with peaceful queens, some of them missing. */
@NullMarked
package dev.sightline.puzzle.nqueens;

import org.jspecify.annotations.NullMarked;
