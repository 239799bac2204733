package dev.sightline.reward.term;

import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.Evidence;
import dev.sightline.reward.RawValue;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.TermSettings;
import java.util.Set;

/** How much of the true scene the description gets right. */
public final class PerceptionFacts implements RewardTerm {
  @Override
  public String name() {
    return "perception_facts";
  }

  @Override
  public String doc() {
    return "Fact score of the description against the true scene.";
  }

  @Override
  public Set<Evidence> evidence(TermSettings settings) {
    return Set.of(Evidence.SCENE);
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    return RawValue.of(attempt.facts());
  }
}
