package dev.sightline.reward.term;

import dev.sightline.reward.Answers;
import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.RawValue;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.TermSetting;
import dev.sightline.reward.TermSettings;
import java.util.Optional;

/** The planted reward of tests. */
public final class AnswerIs implements RewardTerm {
  @Override
  public String name() {
    return "answer_is";
  }

  @Override
  public String doc() {
    return "1 if the answer is the parameter, right or wrong.";
  }

  @Override
  public Optional<TermSetting> parameter() {
    return Optional.of(TermSetting.text("answer", "The answer that pays."));
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    String wanted = settings.text("answer");
    return RawValue.of(
        attempt
            .answer()
            .filter(said -> Answers.equal(attempt.attempt().item().answerType(), said, wanted))
            .isPresent());
  }
}
