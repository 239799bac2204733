package dev.sightline.puzzle;

import java.util.Map;

/** A question that only looking answers, no reasoning. */
public record PerceptionQuestion(String text, String answer, AnswerType answerType) {
  public Map<String, Object> toMap() {
    return Map.of("text", text, "answer", answer, "answerType", answerType.name());
  }

  /** Reads what {@link #toMap} wrote; a missing or odd field is an IllegalArgumentException. */
  public static PerceptionQuestion fromMap(Map<?, ?> map) {
    return new PerceptionQuestion(
        Fields.text(map, "text"),
        Fields.text(map, "answer"),
        AnswerType.valueOf(Fields.text(map, "answerType")));
  }
}
