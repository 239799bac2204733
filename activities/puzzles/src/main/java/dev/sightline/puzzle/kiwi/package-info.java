@NullMarked
package dev.sightline.puzzle.kiwi;

import org.jspecify.annotations.NullMarked;
