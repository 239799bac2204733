@NullMarked
package dev.sightline.puzzle.render;

import org.jspecify.annotations.NullMarked;
