package dev.sightline.puzzle.dataset;

import dev.sightline.puzzle.ConstantDescription;
import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.Space;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the manifest says of one portion.
 *
 * @param familyVersion the generator's version
 * @param config with every default filled in
 * @param rendering plain or varied
 * @param drops candidates that became no item, by split and reason
 * @param levels items by split and level
 * @param kinds by question kind, sorted
 */
public record PortionManifest(
    Portion portion,
    int familyVersion,
    Map<String, Object> config,
    String rendering,
    SplitRule rule,
    Space space,
    Map<Split, Map<String, Integer>> drops,
    Map<Split, Map<String, Integer>> levels,
    List<Kind> kinds) {
  public PortionManifest {
    config = java.util.Collections.unmodifiableMap(new TreeMap<>(config));
    drops = bySplits(drops);
    levels = bySplits(levels);
    kinds = List.copyOf(kinds);
  }

  /**
   * Items of one question kind.
   *
   * @param items by split
   * @param answers items of all splits by answer, most frequent first; at most {@link
   *     ManifestBuilder#ANSWERS}
   * @param otherAnswers items with other answers
   * @param constantAnswer the most frequent training answer; null without training items
   * @param constantTestRate share of the test items that it answers; null without test items
   * @param constantDescription the best one, fitted on training items; null without any
   */
  public record Kind(
      String kind,
      Map<Split, Integer> items,
      Map<String, Integer> answers,
      int otherAnswers,
      DatasetBaselines.@Nullable ConstantAnswer constantAnswer,
      @Nullable Double constantTestRate,
      @Nullable ConstantDescription constantDescription) {
    public Kind {
      items = bySplits(items);
      answers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }
  }

  /** A sorted copy; the constructor of EnumMap refuses empty maps of other kinds. */
  private static <V> Map<Split, V> bySplits(Map<Split, V> map) {
    Map<Split, V> copy = new EnumMap<>(Split.class);
    copy.putAll(map);
    return java.util.Collections.unmodifiableMap(copy);
  }

  /** The kind of this name, where there are items of it. */
  public Optional<Kind> kind(String name) {
    return kinds.stream().filter(kind -> kind.kind().equals(name)).findFirst();
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new TreeMap<>();
    map.put("label", portion.label());
    map.put("family", portion.family());
    map.put("familyVersion", familyVersion);
    map.put("part", portion.part());
    map.put("config", config);
    map.put("counts", portion.counts().toMap());
    map.put("rendering", rendering);
    map.put("rule", rule.name());
    map.put(
        "space",
        Map.of(
            "scenes", space.scenes().toString(),
            "canonicalForms", space.canonicalForms().toString(),
            "questions", space.questions().toString(),
            "basis", space.basis().name(),
            "listed", space.enumerable()));
    map.put("drops", bySplit(drops));
    map.put("levels", bySplit(levels));
    map.put("kinds", kinds.stream().map(PortionManifest::kindMap).toList());
    return map;
  }

  private static Map<String, Object> bySplit(Map<Split, Map<String, Integer>> counts) {
    Map<String, Object> map = new TreeMap<>();
    counts.forEach((split, inner) -> map.put(split.wireName(), inner));
    return map;
  }

  private static Map<String, Object> kindMap(Kind kind) {
    Map<String, Object> items = new TreeMap<>();
    kind.items().forEach((split, count) -> items.put(split.wireName(), count));
    List<Map<String, Object>> answers = new ArrayList<>();
    kind.answers()
        .forEach((answer, count) -> answers.add(Map.of("answer", answer, "items", count)));
    Map<String, Object> map = new TreeMap<>();
    map.put("kind", kind.kind());
    map.put("items", items);
    map.put("answers", answers);
    map.put("otherAnswers", kind.otherAnswers());
    DatasetBaselines.ConstantAnswer answer = kind.constantAnswer();
    if (answer != null) {
      Map<String, Object> constant = new TreeMap<>();
      constant.put("answer", answer.answer());
      constant.put("trainRate", answer.rate());
      if (kind.constantTestRate() != null) {
        constant.put("testRate", kind.constantTestRate());
      }
      map.put("constantAnswer", constant);
    }
    ConstantDescription description = kind.constantDescription();
    if (description != null) {
      map.put(
          "constantDescription",
          Map.of(
              "text", description.text(),
              "meanFacts", description.meanFacts(),
              "exactRate", description.exactRate()));
    }
    return map;
  }

  static PortionManifest fromMap(Portion portion, Map<?, ?> map) {
    Map<String, Object> space = Fields.map(map, "space");
    return new PortionManifest(
        portion,
        Fields.integer(map, "familyVersion"),
        Fields.map(map, "config"),
        Fields.text(map, "rendering"),
        SplitRule.valueOf(Fields.text(map, "rule")),
        new Space(
            new BigInteger(Fields.text(space, "scenes")),
            new BigInteger(Fields.text(space, "canonicalForms")),
            new BigInteger(Fields.text(space, "questions")),
            Space.Basis.valueOf(Fields.text(space, "basis")),
            Boolean.TRUE.equals(space.get("listed"))),
        readBySplit(Fields.map(map, "drops")),
        readBySplit(Fields.map(map, "levels")),
        Fields.maps(map, "kinds").stream().map(PortionManifest::readKind).toList());
  }

  private static Map<Split, Map<String, Integer>> readBySplit(Map<String, Object> map) {
    Map<Split, Map<String, Integer>> counts = new EnumMap<>(Split.class);
    map.keySet().forEach(name -> counts.put(Split.ofWireName(name), Fields.integers(map, name)));
    return counts;
  }

  private static Kind readKind(Map<?, ?> map) {
    Map<Split, Integer> items = new EnumMap<>(Split.class);
    Fields.integers(map, "items")
        .forEach((split, count) -> items.put(Split.ofWireName(split), count));
    Map<String, Integer> answers = new LinkedHashMap<>();
    for (Map<?, ?> answer : Fields.maps(map, "answers")) {
      answers.put(Fields.text(answer, "answer"), Fields.integer(answer, "items"));
    }
    DatasetBaselines.ConstantAnswer constant = null;
    Double testRate = null;
    if (map.get("constantAnswer") != null) {
      Map<String, Object> inner = Fields.map(map, "constantAnswer");
      constant =
          new DatasetBaselines.ConstantAnswer(
              Fields.text(inner, "answer"), Fields.real(inner, "trainRate"));
      testRate = inner.get("testRate") == null ? null : Fields.real(inner, "testRate");
    }
    ConstantDescription description = null;
    if (map.get("constantDescription") != null) {
      Map<String, Object> inner = Fields.map(map, "constantDescription");
      description =
          new ConstantDescription(
              Fields.text(inner, "text"),
              Fields.real(inner, "meanFacts"),
              Fields.real(inner, "exactRate"));
    }
    return new Kind(
        Fields.text(map, "kind"),
        items,
        answers,
        Fields.integer(map, "otherAnswers"),
        constant,
        testRate,
        description);
  }
}
