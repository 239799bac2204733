package dev.sightline.reward.term;

import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.Evidence;
import dev.sightline.reward.RawValue;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.TermSettings;
import java.util.Set;

/** What a judge found (Perception-R1's idea). */
public final class JudgeRecall implements RewardTerm {
  @Override
  public String name() {
    return "judge_recall";
  }

  @Override
  public String doc() {
    return "Share of the visual facts that a judge found in the completion.";
  }

  @Override
  public Set<Evidence> evidence(TermSettings settings) {
    return Set.of(Evidence.JUDGE);
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    Double recall = attempt.attempt().recorded().judgeRecall();
    return recall == null ? new RawValue.Absent("no judge was asked") : RawValue.of(recall);
  }
}
