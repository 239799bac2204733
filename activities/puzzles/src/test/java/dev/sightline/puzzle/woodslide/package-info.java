@NullMarked
package dev.sightline.puzzle.woodslide;

import org.jspecify.annotations.NullMarked;
