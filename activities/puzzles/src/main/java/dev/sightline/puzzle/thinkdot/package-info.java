/** The toy Think-a-Dot: balls flip discs, discs steer balls. */
@NullMarked
package dev.sightline.puzzle.thinkdot;

import org.jspecify.annotations.NullMarked;
