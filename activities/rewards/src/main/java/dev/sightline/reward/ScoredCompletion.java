package dev.sightline.reward;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A completion with its reward.
 *
 * @param total sum of the values of the terms that apply, clipped; exactly what is optimised
 * @param terms all of the design, in its order
 * @param reasons why numbers of the judgement do not exist, by their names, sorted
 */
public record ScoredCompletion(
    double total,
    List<TermScore> terms,
    Parse parse,
    Judgement judgement,
    Map<String, String> reasons) {
  public ScoredCompletion {
    terms = List.copyOf(terms);
    reasons = Collections.unmodifiableMap(new TreeMap<>(reasons));
  }

  static ScoredCompletion of(double total, List<TermScore> terms, AttemptReading reading) {
    Map<String, String> reasons = new TreeMap<>();
    reading.noDescription().ifPresent(why -> reasons.put("descriptionStatus", why));
    reading.noDescription().ifPresent(why -> reasons.put("facts", why));
    reading.noPerception().ifPresent(why -> reasons.put("perception", why));
    reading.noPerceptionQuestion().ifPresent(why -> reasons.put("perceptionAnswer", why));
    reading.noConsistency().ifPresent(why -> reasons.put("selfConsistency", why));
    return new ScoredCompletion(total, terms, Parse.of(reading), Judgement.of(reading), reasons);
  }

  /**
   * A term; raw and value are null exactly where there is a reason.
   *
   * @param name the term with its parameter
   * @param raw before the clip
   * @param value weight times clipped raw
   * @param reason why the term does not apply
   */
  public record TermScore(
      String name,
      @Nullable Double raw,
      double weight,
      @Nullable Double value,
      @Nullable String reason) {
    /** Whether the term counts. */
    public boolean applies() {
      return value != null;
    }

    Map<String, @Nullable Object> toMap() {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      map.put("raw", raw);
      map.put("weight", weight);
      map.put("value", value);
      if (reason != null) {
        map.put("reason", reason);
      }
      return map;
    }
  }

  /** A tree for canonical JSON. */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> byName = new LinkedHashMap<>();
    terms.forEach(term -> byName.put(term.name(), term.toMap()));
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("total", total);
    map.put("terms", byName);
    map.put("parse", parse.toMap());
    map.put("judgement", judgement.toMap());
    map.put("reasons", reasons);
    return map;
  }
}
