package dev.sightline.reward.term;

import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.Evidence;
import dev.sightline.reward.RawValue;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.TermSettings;
import java.util.Set;

/**
 * The ablation of {@link PerceptionSolved} with the item's own question alone. It rewards a code:
 * one stock scene for each answer.
 */
public final class AnswerSolved implements RewardTerm {
  @Override
  public String name() {
    return "answer_solved";
  }

  @Override
  public String doc() {
    return "1 if the solver finds the right answer in the described scene.";
  }

  @Override
  public Set<Evidence> evidence(TermSettings settings) {
    return Set.of(Evidence.SCENE);
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    return RawValue.of(
        attempt
            .solved(attempt.shown().asked())
            .filter(solved -> attempt.right(solved, false))
            .isPresent());
  }
}
