@NullMarked
package dev.sightline.puzzle.foreign;

import org.jspecify.annotations.NullMarked;
