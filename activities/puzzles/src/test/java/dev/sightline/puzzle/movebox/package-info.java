@NullMarked
package dev.sightline.puzzle.movebox;

import org.jspecify.annotations.NullMarked;
