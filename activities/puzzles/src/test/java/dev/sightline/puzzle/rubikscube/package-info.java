@NullMarked
package dev.sightline.puzzle.rubikscube;

import org.jspecify.annotations.NullMarked;
