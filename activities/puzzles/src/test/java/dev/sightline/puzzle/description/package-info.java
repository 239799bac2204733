@NullMarked
package dev.sightline.puzzle.description;

import org.jspecify.annotations.NullMarked;
