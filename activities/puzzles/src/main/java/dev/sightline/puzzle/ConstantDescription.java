package dev.sightline.puzzle;

/**
 * The one description that scores best when it is given for every scene: the s0 of science.md 5.
 *
 * @param text in the family's grammar
 * @param meanFacts mean fact score over the scenes
 * @param exactRate share of the scenes that it describes exactly
 */
public record ConstantDescription(String text, double meanFacts, double exactRate) {}
