package dev.sightline.reward;

import dev.sightline.foundation.SeedTree;

/**
 * One completion with all that its reward may depend on.
 *
 * @param text with its opening, where that was given
 * @param truncated whether generation was cut off at its limit
 * @param step optimizer step, from 0; what schedules count
 * @param seeds of this completion alone; all draws of its reward come from here
 */
public record Attempt(
    RewardItem item,
    String text,
    Mode mode,
    boolean truncated,
    AnswerReader reader,
    long step,
    SeedTree seeds,
    Recorded recorded) {

  /** A finished completion on the picture, strictly read, at step 0. */
  public static Attempt of(RewardItem item, String text) {
    return new Attempt(
        item, text, Mode.IMAGE, false, AnswerReader.STRICT, 0, SeedTree.root(0), Recorded.NOTHING);
  }

  public Attempt in(Mode other) {
    return new Attempt(item, text, other, truncated, reader, step, seeds, recorded);
  }

  public Attempt truncated(boolean cut) {
    return new Attempt(item, text, mode, cut, reader, step, seeds, recorded);
  }

  public Attempt readBy(AnswerReader other) {
    return new Attempt(item, text, mode, truncated, other, step, seeds, recorded);
  }

  public Attempt at(long optimizerStep, SeedTree draws) {
    return new Attempt(item, text, mode, truncated, reader, optimizerStep, draws, recorded);
  }

  public Attempt with(Recorded found) {
    return new Attempt(item, text, mode, truncated, reader, step, seeds, found);
  }
}
