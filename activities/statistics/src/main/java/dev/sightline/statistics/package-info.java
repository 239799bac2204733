/**
 * Intervals, tests, the crossed bootstrap, sequences and rules, power and verdicts. Pure functions
 * of numbers.
 */
@NullMarked
package dev.sightline.statistics;

import org.jspecify.annotations.NullMarked;
