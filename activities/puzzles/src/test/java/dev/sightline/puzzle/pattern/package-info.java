@NullMarked
package dev.sightline.puzzle.pattern;

import org.jspecify.annotations.NullMarked;
