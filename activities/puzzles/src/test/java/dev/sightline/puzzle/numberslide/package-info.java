@NullMarked
package dev.sightline.puzzle.numberslide;

import org.jspecify.annotations.NullMarked;
