@NullMarked
package dev.sightline.puzzle;

import org.jspecify.annotations.NullMarked;
