/** Clock faces: what time was it, or will it be? */
@NullMarked
package dev.sightline.puzzle.clock;

import org.jspecify.annotations.NullMarked;
