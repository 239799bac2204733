@NullMarked
package dev.sightline.puzzle.dataset;

import org.jspecify.annotations.NullMarked;
