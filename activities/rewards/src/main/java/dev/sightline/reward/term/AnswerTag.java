package dev.sightline.reward.term;

import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.RawValue;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.TermSettings;

/** Whether there is an answer at all, right or wrong. */
public final class AnswerTag implements RewardTerm {
  @Override
  public String name() {
    return "answer_tag";
  }

  @Override
  public String doc() {
    return "1 if there is a closed answer element that is not blank.";
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    return RawValue.of(attempt.reading().answer().isPresent());
  }
}
