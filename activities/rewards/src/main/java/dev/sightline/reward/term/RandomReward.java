package dev.sightline.reward.term;

import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.RawValue;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.TermSetting;
import dev.sightline.reward.TermSettings;
import java.util.List;

/** A control: drawn by lot, whatever the completion says. */
public final class RandomReward implements RewardTerm {
  @Override
  public String name() {
    return "random";
  }

  @Override
  public String doc() {
    return "1 with the chance rate, else 0; drawn from the completion's own seed.";
  }

  @Override
  public List<TermSetting> settings() {
    return List.of(
        TermSetting.number(
            "rate", "The chance; the start's accuracy makes a fair control.", 0.5, 0, 1));
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    return RawValue.of(
        attempt.attempt().seeds().child("random-reward").random().nextDouble()
            < settings.number("rate"));
  }
}
