package dev.sightline.reward.term;

import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.RawValue;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.TermSetting;
import dev.sightline.reward.TermSettings;
import java.util.List;

/** A control: the same for every completion. */
public final class Constant implements RewardTerm {
  @Override
  public String name() {
    return "constant";
  }

  @Override
  public String doc() {
    return "Always value.";
  }

  @Override
  public List<TermSetting> settings() {
    return List.of(TermSetting.number("value", "The reward of every completion.", 1, -1000, 1000));
  }

  @Override
  public Range range(TermSettings settings) {
    return new Range(settings.number("value"), settings.number("value"));
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    return RawValue.of(settings.number("value"));
  }
}
