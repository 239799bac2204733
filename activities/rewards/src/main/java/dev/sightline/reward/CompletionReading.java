package dev.sightline.reward;

import dev.sightline.reward.TaggedText.Span;
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
 */
public record CompletionReading(
    Optional<String> description,
    Optional<String> answer,
    Optional<String> lenientAnswer,
    Optional<Span> descriptionSpan,
    Optional<Span> answerSpan,
    int descriptionTags,
    int answerTags) {}
