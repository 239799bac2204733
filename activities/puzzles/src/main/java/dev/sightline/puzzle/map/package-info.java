/** Maps to be coloured with four colours. */
@NullMarked
package dev.sightline.puzzle.map;

import org.jspecify.annotations.NullMarked;
