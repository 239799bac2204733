package dev.sightline.activity.training;

import dev.sightline.activity.Trees;
import dev.sightline.triton.policy.RolloutResult;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What readers said of a step's completions, by the digest of what they were asked. An artifact:
 * scores are a function of it and of the rollout.
 */
final class Readings {
  static final Readings NONE = new Readings(new EnumMap<>(Reader.class), Map.of());

  private final Map<Reader, Map<String, String>> said;
  private final Map<String, Long> tokens;

  private Readings(Map<Reader, Map<String, String>> said, Map<String, Long> tokens) {
    this.said = said;
    this.tokens = new TreeMap<>(tokens);
  }

  /** The whole completion of a reader. */
  Optional<String> answer(Reader reader, String question) {
    return Optional.ofNullable(said.getOrDefault(reader, Map.of()).get(question));
  }

  /** These and what a reader has answered besides. */
  Readings with(Reader reader, RolloutResult answers) {
    Map<Reader, Map<String, String>> all = new EnumMap<>(Reader.class);
    said.forEach((who, what) -> all.put(who, new TreeMap<>(what)));
    Map<String, String> more = all.computeIfAbsent(reader, who -> new TreeMap<>());
    answers.completions().forEach(completion -> more.put(completion.prompt(), completion.text()));
    Map<String, Long> counts = new TreeMap<>(tokens);
    counts.merge(reader.wireName(), answers.completionTokens(), Long::sum);
    return new Readings(all, counts);
  }

  /** What the step's row says of them: questions asked and tokens answered, by reader. */
  Map<String, Object> metrics() {
    Map<String, Object> metrics = new LinkedHashMap<>();
    said.forEach(
        (reader, answers) ->
            metrics.put(
                reader.wireName(),
                Map.of(
                    "asked", answers.size(),
                    "tokens", tokens.getOrDefault(reader.wireName(), 0L))));
    return metrics;
  }

  byte[] bytes() {
    Map<String, Object> tree = new LinkedHashMap<>();
    said.forEach((reader, answers) -> tree.put(reader.wireName(), answers));
    return Trees.bytes(Map.of("said", tree, "tokens", tokens));
  }

  @SuppressWarnings("unchecked") // reads what bytes() wrote
  static Readings read(byte[] json) {
    Map<String, Object> tree = Trees.read(json);
    Map<String, Map<String, String>> byName =
        (Map<String, Map<String, String>>) Objects.requireNonNull(tree.get("said"));
    Map<Reader, Map<String, String>> said = new EnumMap<>(Reader.class);
    for (Reader reader : Reader.values()) {
      Map<String, String> answers = byName.get(reader.wireName());
      if (answers != null) {
        said.put(reader, new TreeMap<>(answers));
      }
    }
    Map<String, Long> tokens = new TreeMap<>();
    ((Map<String, Number>) Objects.requireNonNull(tree.get("tokens")))
        .forEach((reader, count) -> tokens.put(reader, count.longValue()));
    return new Readings(said, tokens);
  }
}
