@NullMarked
package dev.sightline.puzzle.calendar;

import org.jspecify.annotations.NullMarked;
