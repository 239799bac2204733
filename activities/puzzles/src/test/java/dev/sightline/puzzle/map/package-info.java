@NullMarked
package dev.sightline.puzzle.map;

import org.jspecify.annotations.NullMarked;
