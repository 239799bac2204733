/**
 * Intervals, paired tests, the crossed bootstrap, power and verdicts. Pure functions of numbers.
 */
@NullMarked
package dev.sightline.statistics;

import org.jspecify.annotations.NullMarked;
