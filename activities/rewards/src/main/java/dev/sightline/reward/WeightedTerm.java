package dev.sightline.reward;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A term of a design.
 *
 * @param key the name in records: the term's, with the parameter where it has one
 * @param weight before the schedule's factor
 * @param clip of the raw value
 */
public record WeightedTerm(
    String key,
    RewardTerm term,
    double weight,
    WeightSchedule schedule,
    TermSettings settings,
    Clip clip) {
  public WeightedTerm {
    if (!Double.isFinite(weight)) {
      throw new InvalidDesignException("weight", "is " + weight, "use a finite number");
    }
  }

  /**
   * From a specification's words, with the term's default settings.
   *
   * @throws InvalidDesignException with field, problem and fix
   */
  public static WeightedTerm of(String term, double weight, @Nullable String parameter) {
    return of(term, weight, parameter, Map.of(), WeightSchedule.EVEN, Clip.NONE);
  }

  /**
   * From a specification's words.
   *
   * @throws InvalidDesignException with field, problem and fix
   */
  public static WeightedTerm of(
      String name,
      double weight,
      @Nullable String parameter,
      Map<String, ?> settings,
      WeightSchedule schedule,
      Clip clip) {
    RewardTerm term =
        RewardTerms.byName(name)
            .orElseThrow(
                () ->
                    new InvalidDesignException(
                        "term",
                        "there is no term '" + name + "'",
                        "use one of " + String.join(", ", RewardTerms.names())));
    return new WeightedTerm(
        parameter == null ? name : name + "(" + parameter + ")",
        term,
        weight,
        schedule,
        TermSettings.of(term, parameter, settings),
        clip);
  }

  /** The weight at an optimizer step. */
  public double weight(long step) {
    return weight * schedule.factor(step);
  }

  /** Bounds of the clipped raw value. */
  public RewardTerm.Range range() {
    RewardTerm.Range raw = term.range(settings);
    return new RewardTerm.Range(clip.of(raw.low()), clip.of(raw.high()));
  }

  /** The raw value, before the clip. */
  RawValue score(AttemptReading attempt) {
    Optional<String> missing = missing(attempt);
    if (missing.isPresent()) {
      return new RawValue.Absent(missing.get());
    }
    RawValue raw = term.score(attempt, settings);
    if (raw instanceof RawValue.Of(double value) && !term.range(settings).holds(value)) {
      throw new IllegalStateException(
          "term %s gave %s, outside of its range %s".formatted(key, value, term.range(settings)));
    }
    return raw;
  }

  /** Why the term cannot be computed; empty where it can. */
  private Optional<String> missing(AttemptReading reading) {
    Recorded recorded = reading.attempt().recorded();
    for (Evidence evidence : Evidence.values()) {
      if (!term.evidence(settings).contains(evidence)) {
        continue;
      }
      Optional<String> why =
          switch (evidence) {
            case COMPLETION -> Optional.empty();
            case SCENE -> reading.noPerception();
            case SELF_ANSWER, RAW_SELF_ANSWER ->
                absent(recorded.selfAnswer(), "the start was not asked: no selfAnswer");
            case CAPTION_ANSWER ->
                absent(
                    recorded.captionAnswer(), "nobody answered from the caption: no captionAnswer");
            case JUDGE -> absent(recorded.judgeRecall(), "no judge was asked: no judgeRecall");
            case TOKENS -> absent(recorded.tokens(), "the tokens were not counted: no tokens");
          };
      if (why.isPresent()) {
        return why;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> absent(@Nullable Object found, String reason) {
    return found == null ? Optional.of(reason) : Optional.empty();
  }
}
