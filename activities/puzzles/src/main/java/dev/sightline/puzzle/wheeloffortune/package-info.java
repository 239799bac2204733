/** A wheel of fortune: which prize is at the arrow after it was spun? */
@NullMarked
package dev.sightline.puzzle.wheeloffortune;

import org.jspecify.annotations.NullMarked;
