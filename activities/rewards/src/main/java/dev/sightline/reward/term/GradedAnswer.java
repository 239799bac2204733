package dev.sightline.reward.term;

import dev.sightline.reward.Answers;
import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.RawValue;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.TermSetting;
import dev.sightline.reward.TermSettings;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** The paper's graded answer. */
public final class GradedAnswer implements RewardTerm {
  @Override
  public String name() {
    return "graded_answer";
  }

  @Override
  public String doc() {
    return "Part of 1 for an answer that is near: times by their distance on the dial, numbers by 1/(1 + distance), words exactly.";
  }

  @Override
  public List<TermSetting> settings() {
    return List.of(
        TermSetting.number("hourReach", "Hours further away than this score 0.", 2, 0, 6),
        TermSetting.number("hourScale", "An hour's score is 1 - distance / hourScale.", 5, 1, 100),
        TermSetting.number("minuteReach", "Minutes further away score 0.", 10, 0, 30),
        TermSetting.number(
            "minuteScale", "A minute's score is 1 - distance / minuteScale.", 20, 1, 1000),
        TermSetting.number("hourShare", "Share of the hour in a time's score.", 0.5, 0, 1),
        TermSetting.number("numberReach", "Numbers further away score 0.", 5, 0, 1_000_000));
  }

  @Override
  public Range range(TermSettings settings) {
    return new Range(
        Math.min(
            0,
            1
                - Math.max(
                    settings.number("hourReach") / settings.number("hourScale"),
                    settings.number("minuteReach") / settings.number("minuteScale"))),
        1);
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    String right = attempt.attempt().item().answer();
    String said = attempt.answer().orElse("");
    return RawValue.of(
        switch (attempt.attempt().item().answerType()) {
          case TIME -> time(said, right, settings);
          case INTEGER -> number(said, right, settings);
          case WORD -> attempt.accurate(false) ? 1 : 0;
        });
  }

  private static double time(String said, String right, TermSettings settings) {
    Optional<Answers.Time> given = Answers.time(said);
    Optional<Answers.Time> wanted = Answers.time(right);
    if (given.isEmpty() || wanted.isEmpty()) {
      return 0;
    }
    double hour =
        near(
            circular(given.get().hour(), wanted.get().hour(), 12),
            settings.number("hourReach"),
            settings.number("hourScale"));
    double minute =
        near(
            circular(given.get().minute(), wanted.get().minute(), 60),
            settings.number("minuteReach"),
            settings.number("minuteScale"));
    double share = settings.number("hourShare");
    return share * hour + (1 - share) * minute;
  }

  private static int circular(int a, int b, int round) {
    int distance = Math.floorMod(a - b, round);
    return Math.min(distance, round - distance);
  }

  private static double near(int distance, double reach, double scale) {
    return distance > reach ? 0 : 1 - distance / scale;
  }

  private static double number(String said, String right, TermSettings settings) {
    Optional<String> given = Answers.integer(said);
    Optional<String> wanted = Answers.integer(right);
    if (given.isEmpty() || wanted.isEmpty()) {
      return 0;
    }
    if (given.get().length() > wanted.get().length() + LONGEST) {
      return 0; // far beyond any reach, and reading it would take quadratic time
    }
    double distance =
        new BigInteger(given.get()).subtract(new BigInteger(wanted.get())).abs().doubleValue();
    return distance > settings.number("numberReach") ? 0 : 1 / (1 + distance);
  }

  private static final int LONGEST = 20;
}
