package dev.sightline.reward.term;

import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.Evidence;
import dev.sightline.reward.RawValue;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.TermSetting;
import dev.sightline.reward.TermSettings;
import java.util.List;
import java.util.Set;

/** A right answer pays as much as the description is true. */
public final class PerceptionGated implements RewardTerm {
  @Override
  public String name() {
    return "perception_gated";
  }

  @Override
  public String doc() {
    return "A right answer, times the fact score to the power gamma; hard: times P.";
  }

  @Override
  public List<TermSetting> settings() {
    return List.of(
        TermSetting.number("gamma", "Power of the fact score.", 1, 0.01, 100),
        TermSetting.flag("hard", "Only the right scene counts."),
        TermSetting.flag("strictClock", "Whether 0:05 and 12:05 are two times."));
  }

  @Override
  public Set<Evidence> evidence(TermSettings settings) {
    return Set.of(Evidence.SCENE);
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    if (!attempt.accurate(settings.flag("strictClock"))) {
      return RawValue.of(0.0);
    }
    return settings.flag("hard")
        ? RawValue.of(attempt.sceneRight())
        : RawValue.of(Math.pow(attempt.facts(), settings.number("gamma")));
  }
}
