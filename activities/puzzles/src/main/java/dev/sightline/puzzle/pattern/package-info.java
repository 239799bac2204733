/**
 * The twenty abstract patterns of PuzzleVQA: one place is marked "?", one rule holds for the whole
 * picture. A {@link Pattern} has a layout of cells with attributes, a rule, a drawing and a brush.
 */
@NullMarked
package dev.sightline.puzzle.pattern;

import org.jspecify.annotations.NullMarked;
