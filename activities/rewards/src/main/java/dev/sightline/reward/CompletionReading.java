package dev.sightline.reward;

import java.util.Optional;

/**
 * What stands in a completion.
 *
 * @param description content of the description that counts: the first one outside {@code <think>},
 *     if it closes before the first {@code <answer>} opens
 * @param answer trimmed content of the first closed {@code <answer>}; empty if it is blank
 * @param lenientAnswer the answer of the lenient reader: the last one of the type in the first
 *     answer tag (closed or not), else in the last boxed or bold text, else in the last line
 * @param descriptionSpan of the description's content
 * @param answerSpan of the answer's content, before trimming
 * @param descriptionTags opening description tags
 * @param answerTags opening answer tags
 * @param describedFormat whether the whole text is one non-blank description, then one non-blank
 *     answer, and white space
 * @param answerFormat whether the whole text is one non-blank answer and white space
 */
public record CompletionReading(
    Optional<String> description,
    Optional<String> answer,
    Optional<String> lenientAnswer,
    Optional<Span> descriptionSpan,
    Optional<Span> answerSpan,
    int descriptionTags,
    int answerTags,
    boolean describedFormat,
    boolean answerFormat) {
  /** From {@code start} up to, without, {@code end}, in UTF-16 units. */
  public record Span(int start, int end) {
    public String of(String text) {
      return text.substring(start, end);
    }
  }
}
