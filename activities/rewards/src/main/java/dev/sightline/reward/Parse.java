package dev.sightline.reward;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found in a completion, for its record.
 *
 * @param tags every tag in text order, at most {@link #MOST}: {@code think, /think}
 * @param spans of the tags, [start, end) in UTF-16 units
 * @param counts opening tags by name
 * @param description span of the description that counts, or null
 * @param answer span of the first closed answer, or null
 * @param describedScene the scene that was described, whole, or null
 */
public record Parse(
    List<String> tags,
    List<TaggedText.Span> spans,
    Map<String, Integer> counts,
    TaggedText.@Nullable Span description,
    TaggedText.@Nullable Span answer,
    @Nullable Map<String, Object> describedScene) {
  /** Beyond that tags are counted, and not listed: hostile texts have millions. */
  public static final int MOST = 64;

  public Parse {
    tags = List.copyOf(tags);
    spans = List.copyOf(spans);
  }

  static Parse of(AttemptReading reading) {
    List<String> tags = new ArrayList<>();
    List<TaggedText.Span> spans = new ArrayList<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (TaggedText.Mark mark : reading.tagged().marks()) {
      if (tags.size() < MOST) {
        tags.add(mark.label());
        spans.add(new TaggedText.Span(mark.start(), mark.end()));
      }
      if (mark.opens()) {
        counts.merge(mark.tag().wireName(), 1, Integer::sum);
      }
    }
    return new Parse(
        tags,
        spans,
        counts,
        reading.reading().descriptionSpan().orElse(null),
        reading.reading().answerSpan().orElse(null),
        reading.noDescription().isPresent()
            ? null
            : reading.describedScene().map(reading.shown().family()::writeScene).orElse(null));
  }

  /** A tree for canonical JSON. */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("tags", tags);
    map.put("spans", spans.stream().map(Parse::pair).toList());
    map.put("counts", counts);
    map.put("description", pair(description));
    map.put("answer", pair(answer));
    map.put("describedScene", describedScene);
    return map;
  }

  private static @Nullable List<Integer> pair(TaggedText.@Nullable Span span) {
    return span == null ? null : List.of(span.start(), span.end());
  }
}
