package dev.sightline.puzzle;

/**
 * An answer that a plausible mistake gives.
 *
 * @param procedure the mistake, lower-case with hyphens: "off-by-one", "greedy", "wrong-direction"
 * @param answer in the form of right answers; it may happen to be right
 */
public record WrongAnswer(String procedure, String answer) {}
