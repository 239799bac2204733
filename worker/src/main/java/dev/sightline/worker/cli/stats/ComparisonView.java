package dev.sightline.worker.cli.stats;

import dev.sightline.statistics.Interval;
import dev.sightline.worker.cli.view.Columns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A comparison as JSON and as lines. */
final class ComparisonView {
  private final Comparison comparison;
  private final double confidence;

  ComparisonView(Comparison comparison, double confidence) {
    this.comparison = comparison;
    this.confidence = confidence;
  }

  Map<String, Object> tree() {
    Map<String, Object> tree = numbers(comparison);
    Map<String, Object> byCategory = new LinkedHashMap<>();
    comparison.byCategory().forEach((name, part) -> byCategory.put(name, numbers(part)));
    tree.put("byCategory", byCategory);
    tree.put("holm", comparison.holm());
    tree.put("verdict", comparison.words());
    tree.put("confidence", confidence);
    tree.put("notes", comparison.notes());
    return tree;
  }

  private Map<String, Object> numbers(Comparison part) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("n", part.items());
    tree.put("seeds", part.seeds());
    tree.put("accuracyA", part.accuracyA());
    tree.put("accuracyB", part.accuracyB());
    tree.put("wilsonA", array(part.wilsonA(confidence)));
    tree.put("wilsonB", array(part.wilsonB(confidence)));
    tree.put("difference", part.difference());
    tree.put("differenceInterval", array(part.interval()));
    tree.put("intervalMethod", part.method());
    tree.put("p", part.p());
    tree.put("test", part.test());
    if (part.several()) {
      tree.put("mcnemar", null);
      tree.put(
          "mcnemarReason",
          part.seeds().size()
              + " seeds: McNemar takes one row for each item and arm; see mcnemarBySeed,"
              + " itemSignFlip and seedTest");
      tree.put("differenceBySeed", part.differenceBySeed());
      tree.put(
          "mcnemarBySeed",
          part.mcNemarBySeed().stream()
              .map(
                  test -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("seed", test.seed());
                    row.putAll(mcNemar(test));
                    return row;
                  })
              .toList());
      tree.put("itemSignFlip", part.itemSignFlip());
      tree.put("seedTest", part.seedTest());
      tree.put("seedSignFlip", part.seedSignFlip());
      if (part.equivalence() != null) {
        tree.put(
            "equivalence",
            Map.of(
                "lower", part.equivalence().lower(),
                "upper", part.equivalence().upper(),
                "p", part.equivalence().p()));
      }
    } else {
      tree.put("mcnemar", mcNemar(part.mcNemarBySeed().getFirst()));
    }
    return tree;
  }

  private static Map<String, Object> mcNemar(Comparison.McNemar test) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("b", test.b());
    tree.put("c", test.c());
    tree.put("p", test.p());
    return tree;
  }

  private static @Nullable List<Double> array(@Nullable Interval interval) {
    return interval == null ? null : List.of(interval.low(), interval.high());
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    Columns columns =
        new Columns("lrrrrrrr").row("", "items", "A", "B", "A - B", "interval", "p", "p (Holm)");
    Map<String, Double> holm = comparison.holm();
    comparison
        .byCategory()
        .forEach((name, part) -> row(columns, name, part, rounded(holm.getOrDefault(name, 1.0))));
    row(columns, "all, equally weighted", comparison, "");
    lines.addAll(columns.lines(""));
    lines.add("");
    lines.add(
        "A "
            + percent(comparison.accuracyA())
            + " "
            + percents(comparison.wilsonA(confidence))
            + ", B "
            + percent(comparison.accuracyB())
            + " "
            + percents(comparison.wilsonB(confidence))
            + " (percent; Wilson)");
    lines.add("interval of the difference: " + comparison.method() + "; p: " + comparison.test());
    if (comparison.several()) {
      for (int s = 0; s < comparison.seeds().size(); s++) {
        Comparison.McNemar test = comparison.mcNemarBySeed().get(s);
        lines.add(
            "seed %d: %s, McNemar b %d, c %d, p %s"
                .formatted(
                    test.seed(),
                    points(comparison.differenceBySeed().get(s)),
                    test.b(),
                    test.c(),
                    rounded(test.p())));
      }
      if (comparison.equivalence() != null) {
        lines.add(
            "equivalence (two one-sided t tests over seeds): p "
                + rounded(comparison.equivalence().p()));
      }
    } else {
      Comparison.McNemar test = comparison.mcNemarBySeed().getFirst();
      lines.add("McNemar: only A right " + test.b() + ", only B right " + test.c());
    }
    comparison.notes().forEach(note -> lines.addAll(Columns.wrap("", note)));
    lines.add("verdict: " + comparison.words());
    return lines;
  }

  private static void row(Columns columns, String name, Comparison part, String holm) {
    columns.row(
        name,
        Integer.toString(part.items()),
        percent(part.accuracyA()),
        percent(part.accuracyB()),
        points(part.difference()),
        part.interval() == null ? "-" : percents(part.interval()),
        rounded(part.p()),
        holm);
  }

  static String percent(double rate) {
    return String.format(Locale.ROOT, "%.2f", 100 * rate);
  }

  static String points(double rate) {
    return String.format(Locale.ROOT, "%+.2f", 100 * rate);
  }

  static String percents(Interval interval) {
    return "[" + percent(interval.low()) + ", " + percent(interval.high()) + "]";
  }

  static String rounded(double p) {
    return p < 0.0001 ? "<0.0001" : String.format(Locale.ROOT, "%.4f", p);
  }
}
