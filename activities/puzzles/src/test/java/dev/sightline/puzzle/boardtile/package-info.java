@NullMarked
package dev.sightline.puzzle.boardtile;

import org.jspecify.annotations.NullMarked;
