package dev.sightline.reward.term;

import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.RawValue;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.TermSettings;

/** Whether the text is exactly what was asked for. */
public final class Format implements RewardTerm {
  @Override
  public String name() {
    return "format";
  }

  @Override
  public String doc() {
    return "1 if the text is exactly the elements that the template asks for, each once and not blank, in order, and white space.";
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    return RawValue.of(attempt.wellFormed());
  }
}
