package dev.sightline.reward.term;

import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.Evidence;
import dev.sightline.reward.TermSetting;
import dev.sightline.reward.TermSettings;
import java.util.List;
import java.util.Set;

/** How long a completion is. */
final class Length {
  private static final String TOKENS = "tokens";

  static final TermSetting UNIT =
      TermSetting.word(
          "unit",
          "What is counted; characters are Unicode code points.",
          "characters",
          List.of("characters", TOKENS));

  private Length() {}

  static Set<Evidence> evidence(TermSettings settings) {
    return Set.of(
        settings.text(UNIT.name()).equals(TOKENS) ? Evidence.TOKENS : Evidence.COMPLETION);
  }

  static long of(AttemptReading attempt, TermSettings settings) {
    Integer tokens = attempt.attempt().recorded().tokens();
    if (settings.text(UNIT.name()).equals(TOKENS)) {
      if (tokens == null) {
        throw new IllegalStateException("the completion's tokens were not counted");
      }
      return tokens;
    }
    String text = attempt.attempt().text();
    return text.codePointCount(0, text.length());
  }
}
