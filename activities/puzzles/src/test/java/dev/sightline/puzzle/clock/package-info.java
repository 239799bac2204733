@NullMarked
package dev.sightline.puzzle.clock;

import org.jspecify.annotations.NullMarked;
