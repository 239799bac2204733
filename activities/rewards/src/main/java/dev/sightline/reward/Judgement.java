package dev.sightline.reward;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one completion, whatever it was trained for: the D, P, Q, S, A of science.md 3.
 * Null means that the number does not exist for this template and mode.
 *
 * @param strictAnswer content of the first answer tag, null if missing
 * @param descriptionStatus D: missing, unparsable, partial, contradictory or complete; null where
 *     no description was asked for, or it was given
 * @param perception P, only for a picture without a twin
 * @param copyFidelity the number that P would be, only with a text twin
 * @param perceptionAnswer Q, only for the perception question on a picture
 * @param selfConsistency S of the answer by the attempt's reader; also null (NA) where the
 *     description is not complete, has no solution, or the answer is missing
 * @param accurate A by the strict reader
 * @param accurateLenient A by the lenient reader
 * @param facts raw fact score in [0, 1]
 * @param wellFormed whether the completion has exactly the asked elements
 * @param answerTags opening answer tags
 * @param truncated whether generation was cut off at its limit
 */
public record Judgement(
    Mode mode,
    @Nullable String strictAnswer,
    @Nullable String lenientAnswer,
    @Nullable String descriptionStatus,
    @Nullable Boolean perception,
    @Nullable Boolean copyFidelity,
    @Nullable Boolean perceptionAnswer,
    @Nullable Boolean selfConsistency,
    boolean accurate,
    boolean accurateLenient,
    @Nullable Double facts,
    boolean wellFormed,
    int answerTags,
    boolean truncated) {

  /**
   * Judges one completion. Pure.
   *
   * @param template what was asked
   */
  public static Judgement of(PromptTemplate template, Attempt attempt) {
    return of(new AttemptReading(template, attempt));
  }

  static Judgement of(AttemptReading reading) {
    Mode mode = reading.attempt().mode();
    CompletionReading read = reading.reading();
    boolean accurate = read.answer().filter(said -> reading.right(said, false)).isPresent();
    boolean described = reading.noDescription().isEmpty();
    return new Judgement(
        mode,
        read.answer().orElse(null),
        read.lenientAnswer().orElse(null),
        described ? reading.described().status() : null,
        reading.noPerception().isEmpty() ? (Boolean) reading.sceneRight() : null,
        described && mode.showsTwin() ? (Boolean) reading.sceneRight() : null,
        reading.noPerceptionQuestion().isEmpty() ? (Boolean) accurate : null,
        reading.noConsistency().isEmpty() ? (Boolean) reading.consistent() : null,
        accurate,
        read.lenientAnswer().filter(said -> reading.right(said, false)).isPresent(),
        described ? (Double) reading.facts() : null,
        reading.wellFormed(),
        read.answerTags(),
        reading.attempt().truncated());
  }

  /** A tree for canonical JSON, with every field; absent numbers are null. */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("mode", mode.wireName());
    map.put("strictAnswer", strictAnswer);
    map.put("lenientAnswer", lenientAnswer);
    map.put("descriptionStatus", descriptionStatus);
    map.put("perception", perception);
    map.put("copyFidelity", copyFidelity);
    map.put("perceptionAnswer", perceptionAnswer);
    map.put("selfConsistency", selfConsistency);
    map.put("accurate", accurate);
    map.put("accurateLenient", accurateLenient);
    map.put("facts", facts);
    map.put("wellFormed", wellFormed);
    map.put("answerTags", answerTags);
    map.put("truncated", truncated);
    return map;
  }

  /** Reads what {@link #toMap} wrote. */
  public static Judgement fromMap(Map<?, ?> map) {
    return new Judgement(
        Mode.ofWireName(String.valueOf(map.get("mode"))),
        (String) map.get("strictAnswer"),
        (String) map.get("lenientAnswer"),
        (String) map.get("descriptionStatus"),
        (Boolean) map.get("perception"),
        (Boolean) map.get("copyFidelity"),
        (Boolean) map.get("perceptionAnswer"),
        (Boolean) map.get("selfConsistency"),
        Boolean.TRUE.equals(map.get("accurate")),
        Boolean.TRUE.equals(map.get("accurateLenient")),
        map.get("facts") instanceof Number number ? number.doubleValue() : null,
        Boolean.TRUE.equals(map.get("wellFormed")),
        map.get("answerTags") instanceof Number number ? number.intValue() : 0,
        Boolean.TRUE.equals(map.get("truncated")));
  }
}
