package example;

import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.Evidence;
import dev.sightline.reward.RawValue;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.TermSetting;
import dev.sightline.reward.TermSettings;
import java.util.List;
import java.util.Set;

/** The fact score with what a guess earns taken off, so that only looking pays. */
public final class FactsAboveGuessing implements RewardTerm {
  @Override
  public String name() {
    return "facts_above_guessing";
  }

  @Override
  public String doc() {
    return "(fact score - guess) / (1 - guess), at least 0.";
  }

  @Override
  public List<TermSetting> settings() {
    return List.of(
        TermSetting.number(
            "guess", "What the best constant description earns on average.", 0.5, 0, 0.99));
  }

  @Override
  public Set<Evidence> evidence(TermSettings settings) {
    return Set.of(Evidence.SCENE);
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    double guess = settings.number("guess");
    return RawValue.of(Math.max(0, (attempt.facts() - guess) / (1 - guess)));
  }
}
