@NullMarked
package dev.sightline.puzzle.maze;

import org.jspecify.annotations.NullMarked;
