@NullMarked
package dev.sightline.puzzle.checkermove;

import org.jspecify.annotations.NullMarked;
