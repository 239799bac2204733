package dev.sightline.reward.term;

import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.Evidence;
import dev.sightline.reward.RawValue;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.TermSetting;
import dev.sightline.reward.TermSettings;
import java.util.List;
import java.util.Set;

/** DAPO's soft penalty for completions near their limit. */
public final class Overlong implements RewardTerm {
  @Override
  public String name() {
    return "overlong";
  }

  @Override
  public String doc() {
    return "0 up to limit - buffer, then falls in a line to -1 at the limit and beyond.";
  }

  @Override
  public List<TermSetting> settings() {
    return List.of(
        TermSetting.whole("limit", "Longest completion wanted.", 2048, 1, 10_000_000),
        TermSetting.whole(
            "buffer", "Where the penalty begins, before the limit.", 512, 1, 10_000_000),
        Length.UNIT);
  }

  @Override
  public Set<Evidence> evidence(TermSettings settings) {
    return Length.evidence(settings);
  }

  @Override
  public Range range(TermSettings settings) {
    return new Range(-1, 0);
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    double over =
        Length.of(attempt, settings) - (settings.whole("limit") - settings.whole("buffer"));
    return RawValue.of(over <= 0 ? 0 : Math.max(-1, -over / settings.whole("buffer")));
  }
}
