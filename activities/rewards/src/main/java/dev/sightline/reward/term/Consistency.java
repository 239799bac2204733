package dev.sightline.reward.term;

import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.Evidence;
import dev.sightline.reward.RawValue;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.TermSetting;
import dev.sightline.reward.TermSettings;
import java.util.List;
import java.util.Set;

/** Whether the answer follows from the description, as far as that is true. */
public final class Consistency implements RewardTerm {
  @Override
  public String name() {
    return "consistency";
  }

  @Override
  public String doc() {
    return "1 if the answer is the solver's for the described scene, times the fact score; 0 where the description is not complete or the answer is missing.";
  }

  @Override
  public List<TermSetting> settings() {
    return List.of(
        TermSetting.flag("allowUngrounded", "Without the fact score: then a stock scene pays."));
  }

  @Override
  public Set<Evidence> evidence(TermSettings settings) {
    return Set.of(Evidence.SCENE);
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    double agrees = attempt.consistent() ? 1 : 0;
    return RawValue.of(settings.flag("allowUngrounded") ? agrees : agrees * attempt.facts());
  }
}
