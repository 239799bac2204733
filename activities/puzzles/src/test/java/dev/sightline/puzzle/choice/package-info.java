@NullMarked
package dev.sightline.puzzle.choice;

import org.jspecify.annotations.NullMarked;
