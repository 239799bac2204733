package dev.sightline.reward.term;

import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.RawValue;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.TermSetting;
import dev.sightline.reward.TermSettings;
import java.util.List;

/** Whether the answer is right. */
public final class Accuracy implements RewardTerm {
  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public String doc() {
    return "1 if the answer is right, else 0.";
  }

  @Override
  public List<TermSetting> settings() {
    return List.of(TermSetting.flag("strictClock", "Whether 0:05 and 12:05 are two times."));
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    return RawValue.of(attempt.accurate(settings.flag("strictClock")));
  }
}
