package dev.sightline.reward;

/**
 * A user turn.
 *
 * @param text holds {@code <image>} exactly once if {@code usesImage}, else never
 * @param usesImage whether the item's picture goes with it
 */
public record RenderedPrompt(String text, boolean usesImage) {}
