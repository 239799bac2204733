/** The net of a 3 x 3 x 3 cube and turns of its faces. */
@NullMarked
package dev.sightline.puzzle.rubikscube;

import org.jspecify.annotations.NullMarked;
