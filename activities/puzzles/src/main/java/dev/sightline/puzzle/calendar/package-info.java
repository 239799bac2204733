/** A month's calendar: on which weekday does another date fall? */
@NullMarked
package dev.sightline.puzzle.calendar;

import org.jspecify.annotations.NullMarked;
