@NullMarked
package dev.sightline.puzzle.thinkdot;

import org.jspecify.annotations.NullMarked;
