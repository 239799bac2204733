package dev.sightline.reward.term;

import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.Evidence;
import dev.sightline.reward.RawValue;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.TermSetting;
import dev.sightline.reward.TermSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** A reward that falls with the length of right answers and rises with that of wrong ones. */
public final class CosineLength implements RewardTerm {
  @Override
  public String name() {
    return "cosine_length";
  }

  @Override
  public String doc() {
    return "Half a cosine over the length up to limit, from the short to the long value, for right and wrong answers apart.";
  }

  @Override
  public List<TermSetting> settings() {
    return List.of(
        TermSetting.whole("limit", "Longest completion wanted.", 2048, 1, 10_000_000),
        TermSetting.number("rightShort", "A right answer of length 0.", 1, -10, 10),
        TermSetting.number("rightLong", "A right answer at the limit.", 0.5, -10, 10),
        TermSetting.number("wrongShort", "A wrong answer of length 0.", -1, -10, 10),
        TermSetting.number("wrongLong", "A wrong answer at the limit.", -0.5, -10, 10),
        Length.UNIT);
  }

  @Override
  public Set<Evidence> evidence(TermSettings settings) {
    return Length.evidence(settings);
  }

  @Override
  public Range range(TermSettings settings) {
    double[] ends = {
      settings.number("rightShort"),
      settings.number("rightLong"),
      settings.number("wrongShort"),
      settings.number("wrongLong")
    };
    Arrays.sort(ends);
    // Between the ends, but for the last bit.
    return new Range(Math.nextDown(ends[0]), Math.nextUp(ends[3]));
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    boolean right = attempt.accurate(false);
    double brief = settings.number(right ? "rightShort" : "wrongShort");
    double full = settings.number(right ? "rightLong" : "wrongLong");
    double share = Math.min(1, (double) Length.of(attempt, settings) / settings.whole("limit"));
    double cosine = (1 + Math.cos(Math.PI * share)) / 2;
    return RawValue.of(full * (1 - cosine) + brief * cosine);
  }
}
