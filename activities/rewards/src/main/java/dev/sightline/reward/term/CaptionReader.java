package dev.sightline.reward.term;

import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.Evidence;
import dev.sightline.reward.RawValue;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.TermSettings;
import java.util.Set;

/** Whether the model can answer from the text of the description alone (Visionary-R1's idea). */
public final class CaptionReader implements RewardTerm {
  @Override
  public String name() {
    return "caption_reader";
  }

  @Override
  public String doc() {
    return "1 if the model answered rightly from the text of the description alone.";
  }

  @Override
  public Set<Evidence> evidence(TermSettings settings) {
    return Set.of(Evidence.CAPTION_ANSWER);
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    String said = attempt.attempt().recorded().captionAnswer();
    return RawValue.of(said != null && attempt.right(said, false));
  }
}
