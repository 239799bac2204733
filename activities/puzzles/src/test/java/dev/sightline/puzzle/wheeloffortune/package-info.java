@NullMarked
package dev.sightline.puzzle.wheeloffortune;

import org.jspecify.annotations.NullMarked;
