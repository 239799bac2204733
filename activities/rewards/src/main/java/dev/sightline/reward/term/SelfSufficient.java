package dev.sightline.reward.term;

import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.Evidence;
import dev.sightline.reward.RawValue;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.TermSetting;
import dev.sightline.reward.TermSettings;
import java.util.List;
import java.util.Set;

/** Whether the description is enough for the model that the run started from. */
public final class SelfSufficient implements RewardTerm {
  @Override
  public String name() {
    return "self_sufficient";
  }

  @Override
  public String doc() {
    return "1 if the frozen start checkpoint answered rightly from the twin drawn up again from the description; 0 where the description is not complete.";
  }

  @Override
  public List<TermSetting> settings() {
    return List.of(
        TermSetting.flag(
            "rawText", "Variant: any text counts, for the answer came from the raw description."));
  }

  @Override
  public Set<Evidence> evidence(TermSettings settings) {
    return Set.of(
        Evidence.SCENE, settings.flag("rawText") ? Evidence.RAW_SELF_ANSWER : Evidence.SELF_ANSWER);
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    String said = attempt.attempt().recorded().selfAnswer();
    boolean enough = settings.flag("rawText") || attempt.describedScene().isPresent();
    return RawValue.of(enough && said != null && attempt.right(said, false));
  }
}
