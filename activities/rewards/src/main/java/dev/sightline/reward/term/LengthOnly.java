package dev.sightline.reward.term;

import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.Evidence;
import dev.sightline.reward.RawValue;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.TermSetting;
import dev.sightline.reward.TermSettings;
import java.util.List;
import java.util.Set;

/** A control: the longer, the better, up to the limit. */
public final class LengthOnly implements RewardTerm {
  @Override
  public String name() {
    return "length_only";
  }

  @Override
  public String doc() {
    return "Length as a share of limit, at most 1.";
  }

  @Override
  public List<TermSetting> settings() {
    return List.of(
        TermSetting.whole("limit", "Longest completion wanted.", 400, 1, 10_000_000), Length.UNIT);
  }

  @Override
  public Set<Evidence> evidence(TermSettings settings) {
    return Length.evidence(settings);
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    return RawValue.of(
        Math.min(1, (double) Length.of(attempt, settings) / settings.whole("limit")));
  }
}
