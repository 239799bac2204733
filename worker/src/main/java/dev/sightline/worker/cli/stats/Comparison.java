package dev.sightline.worker.cli.stats;

import dev.sightline.statistics.CrossedBootstrap;
import dev.sightline.statistics.Equivalence;
import dev.sightline.statistics.Interval;
import dev.sightline.statistics.Intervals;
import dev.sightline.statistics.MultipleTests;
import dev.sightline.statistics.PairedOutcomes;
import dev.sightline.statistics.PairedTests;
import dev.sightline.statistics.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Two arms on the same items and seeds, by the rules of the project's statistics: with one seed
 * items only, with 2 to 4 the t interval over seeds, from 5 the wider of it and the crossed
 * bootstrap.
 *
 * @param items number of items
 * @param rightA rows of the first arm that are right; all seeds
 * @param differenceBySeed first minus second, families weighing equally
 * @param interval of the difference; null when there is one item cluster and one seed
 * @param mcNemarBySeed exact, one for each seed
 * @param itemSignFlip whole items flipped; null with one seed
 * @param seedTest paired t over seeds; null with one seed
 * @param seedSignFlip exact; null with one seed or more than 24
 * @param equivalence two one-sided tests over seeds; null with one seed or without a delta
 */
record Comparison(
    int items,
    List<Long> seeds,
    double accuracyA,
    double accuracyB,
    int rightA,
    int rightB,
    List<Double> differenceBySeed,
    @Nullable Interval interval,
    String method,
    List<McNemar> mcNemarBySeed,
    @Nullable Double itemSignFlip,
    @Nullable Double seedTest,
    @Nullable Double seedSignFlip,
    @Nullable Equivalence equivalence,
    Verdict verdict,
    SortedMap<String, Comparison> byCategory) {

  /** Most seeds whose sign flips are all tried. */
  private static final int MOST_FLIPS = 24;

  /**
   * @param plannedSeeds null when those in the files are all
   */
  record Settings(
      double confidence,
      int resamples,
      long bootstrapSeed,
      @Nullable Double delta,
      @Nullable Integer plannedSeeds) {}

  /**
   * @param b pairs in which only the first is right
   * @param c pairs in which only the second is right
   */
  record McNemar(long seed, int b, int c, double p) {}

  static Comparison of(PairedOutcomes pairs, Settings settings) {
    SortedMap<String, Comparison> byCategory = new TreeMap<>();
    for (String category : pairs.familyNames()) {
      byCategory.put(category, measure(pairs.family(category), settings, new TreeMap<>()));
    }
    return measure(pairs, settings, byCategory);
  }

  private static Comparison measure(
      PairedOutcomes pairs, Settings settings, SortedMap<String, Comparison> byCategory) {
    double[] bySeed = pairs.seedDifferences();
    boolean several = bySeed.length > 1;
    Interval bootstrap =
        CrossedBootstrap.interval(
            pairs, settings.resamples(), settings.confidence(), settings.bootstrapSeed());
    Interval student = several ? Intervals.studentT(bySeed, settings.confidence()) : null;
    Interval interval;
    String method;
    if (student == null) {
      interval = pairs.clusters() > 1 ? bootstrap : null;
      method = interval == null ? "none: one cluster of items" : "bootstrap of items in this run";
    } else if (bySeed.length < Verdict.FEWEST_SEEDS) {
      interval = student;
      method = "t over seeds";
    } else {
      interval = student.wider(bootstrap);
      method = interval.equals(student) ? "t over seeds" : "crossed bootstrap";
    }
    int planned = settings.plannedSeeds() == null ? bySeed.length : settings.plannedSeeds();
    return new Comparison(
        pairs.items(),
        pairs.seeds(),
        pairs.firstMean(),
        pairs.secondMean(),
        pairs.firstRight(),
        pairs.secondRight(),
        Arrays.stream(bySeed).boxed().toList(),
        interval,
        method,
        mcNemar(pairs),
        several ? (Double) PairedTests.signFlip(pairs.itemSums()) : null,
        several ? (Double) PairedTests.studentT(bySeed) : null,
        several && bySeed.length <= MOST_FLIPS ? (Double) PairedTests.signFlip(bySeed) : null,
        several && settings.delta() != null ? Equivalence.test(bySeed, settings.delta()) : null,
        Verdict.of(bySeed, planned, bootstrap, settings.delta(), settings.confidence()),
        byCategory);
  }

  private static List<McNemar> mcNemar(PairedOutcomes pairs) {
    List<McNemar> tests = new ArrayList<>();
    for (int s = 0; s < pairs.seeds().size(); s++) {
      int b = pairs.onlyFirst(s);
      int c = pairs.onlySecond(s);
      tests.add(new McNemar(pairs.seeds().get(s), b, c, PairedTests.mcNemar(b, c)));
    }
    return tests;
  }

  int rows() {
    return items * seeds.size();
  }

  double difference() {
    return accuracyA - accuracyB;
  }

  boolean several() {
    return seeds.size() > 1;
  }

  /** The p-value that the number of seeds allows. */
  double p() {
    if (seedTest != null && seeds.size() >= Verdict.FEWEST_SEEDS) {
      return seedTest;
    }
    return itemSignFlip != null ? itemSignFlip : mcNemarBySeed.getFirst().p();
  }

  String test() {
    return seeds.size() >= Verdict.FEWEST_SEEDS
        ? "paired t over seeds"
        : several() ? "exact sign flip of whole items" : "exact McNemar";
  }

  Interval wilsonA(double confidence) {
    return Intervals.wilson(rightA, rows(), confidence);
  }

  Interval wilsonB(double confidence) {
    return Intervals.wilson(rightB, rows(), confidence);
  }

  /** p-values of the categories, adjusted by Holm among themselves. */
  Map<String, Double> holm() {
    double[] p = byCategory.values().stream().mapToDouble(Comparison::p).toArray();
    double[] adjusted = MultipleTests.holm(p, p.length);
    Map<String, Double> byName = new LinkedHashMap<>();
    int at = 0;
    for (String category : byCategory.keySet()) {
      byName.put(category, adjusted[at++]);
    }
    return byName;
  }

  /** One word, and what it is subject to. */
  String words() {
    return switch (verdict) {
      case Verdict.Better _ -> "better";
      case Verdict.Worse _ -> "worse";
      case Verdict.Equivalent _ -> "equivalent";
      case Verdict.Inconclusive _ -> "inconclusive";
      case Verdict.ConditionalOnRun _ -> "no verdict on designs: 1 seed, conditional on this run";
      case Verdict.NoVerdict few ->
          "no verdict on designs: " + few.seeds() + " seeds, fewer than " + Verdict.FEWEST_SEEDS;
      case Verdict.Incomplete part ->
          "no verdict: incomplete, " + part.seeds() + " of " + part.planned() + " planned seeds";
    };
  }

  /** What a reader must know of these numbers. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    long sizes = byCategory.values().stream().mapToInt(Comparison::items).distinct().count();
    if (sizes > 1) {
      notes.add(
          "categories differ in size: accuracies and differences weigh categories equally, Wilson's"
              + " intervals count rows");
    }
    if (several()) {
      notes.add(
          "Wilson's intervals take the rows of one item over seeds as independent; the interval of"
              + " the difference does not");
    }
    notes.add("p-values of single categories are exploratory");
    return notes;
  }
}
