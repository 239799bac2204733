package dev.sightline.report;

import dev.sightline.report.Report.Comparison;
import dev.sightline.report.Report.Metric;
import dev.sightline.report.ReportRequest.Arm;
import dev.sightline.report.ReportRequest.Comparing;
import dev.sightline.report.ReportRequest.Evaluation;
import dev.sightline.report.ReportRequest.Row;
import dev.sightline.statistics.CrossedBootstrap;
import dev.sightline.statistics.Interval;
import dev.sightline.statistics.Intervals;
import dev.sightline.statistics.MultipleTests;
import dev.sightline.statistics.Outcome;
import dev.sightline.statistics.PairedOutcomes;
import dev.sightline.statistics.PairedTests;
import dev.sightline.statistics.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Every paired difference: arm - reference and arm - start, for A, P and Q. */
final class Comparisons {
  private static final String MC_NEMAR = "exact McNemar";

  private static final String ITEM_FLIP = "exact sign flip of whole items";
  private static final String SEED_T = "paired t over seeds";
  private static final String NONE = "none";

  private Comparisons() {}

  /** Template, mode and split. */
  private record Setting(String template, String mode, String split)
      implements Comparable<Setting> {
    static Setting of(Evaluation evaluation) {
      return new Setting(evaluation.template(), evaluation.mode(), evaluation.split());
    }

    @Override
    public int compareTo(Setting other) {
      return (template + "\n" + mode + "\n" + split)
          .compareTo(other.template + "\n" + other.mode + "\n" + other.split);
    }
  }

  static List<Comparison> of(ReportRequest request, List<Evaluation> evaluations) {
    Comparing comparing = request.experiment().comparing();
    Set<Setting> settings = new TreeSet<>();
    // What interventions tell is in the decomposition; here they would only thin out the tests.
    evaluations.stream()
        .filter(e -> e.mode().equals(comparing.mode()) || e.mode().equals("text"))
        .forEach(e -> settings.add(Setting.of(e)));
    List<Comparison> found = new ArrayList<>();
    for (Setting setting : settings) {
      List<Evaluation> here =
          evaluations.stream().filter(e -> Setting.of(e).equals(setting)).toList();
      for (Arm arm : request.arms()) {
        for (String against : opponents(comparing, arm)) {
          for (Metric metric : Metric.values()) {
            Comparison comparison = compare(request, setting, here, arm.name(), against, metric);
            if (comparison != null) {
              found.add(comparison);
            }
          }
        }
      }
    }
    return adjust(found, request);
  }

  private static List<String> opponents(Comparing comparing, Arm arm) {
    Set<String> opponents = new LinkedHashSet<>();
    String reference = comparing.referenceArm();
    if (reference != null && !reference.equals(arm.name())) {
      opponents.add(reference);
    }
    opponents.add(ReportRequest.BASELINE);
    comparing.contrasts().stream()
        .filter(contrast -> contrast.arm().equals(arm.name()))
        .forEach(contrast -> opponents.add(contrast.against()));
    return List.copyOf(opponents);
  }

  private static boolean planned(Comparing comparing, String arm, String against) {
    return comparing.contrasts().isEmpty()
        ? against.equals(
            Objects.requireNonNullElse(comparing.referenceArm(), ReportRequest.BASELINE))
        : comparing.contrasts().contains(new ReportRequest.Contrast(arm, against));
  }

  /** The planned size of the primary family: missing arms stay in the count (science.md 7). */
  private static int plannedPrimary(ReportRequest request) {
    Comparing comparing = request.experiment().comparing();
    int arms =
        comparing.contrasts().isEmpty()
            ? request.arms().size() - (comparing.referenceArm() == null ? 0 : 1)
            : comparing.contrasts().size();
    return arms * comparing.splits().size();
  }

  private static @Nullable Comparison compare(
      ReportRequest request,
      Setting setting,
      List<Evaluation> here,
      String arm,
      String against,
      Metric metric) {
    List<Outcome> first = new ArrayList<>();
    List<Outcome> second = new ArrayList<>();
    List<Long> seeds = request.seedsOf(arm, against);
    for (long seed : seeds.stream().sorted().toList()) {
      Evaluation left = find(here, arm, seed);
      Evaluation right = find(here, against, seed);
      if (left != null && right != null) {
        addOutcomes(first, left, seed, metric);
        addOutcomes(second, right, seed, metric);
      }
    }
    if (first.isEmpty() || second.isEmpty()) {
      return null;
    }
    PairedOutcomes pairs = PairedOutcomes.of(first, second);
    Comparing comparing = request.experiment().comparing();
    boolean primary =
        metric == Metric.ACCURACY
            && setting.template().equals(comparing.template())
            && setting.mode().equals(comparing.mode())
            && comparing.splits().contains(setting.split())
            && planned(comparing, arm, against);
    return measure(
        pairs,
        comparing,
        request.comparedAt(),
        seeds.size(),
        setting,
        arm,
        against,
        metric,
        primary);
  }

  /** The arm's evaluation with this seed; a baseline without a seed serves all seeds. */
  private static @Nullable Evaluation find(List<Evaluation> here, String arm, long seed) {
    Evaluation shared = null;
    for (Evaluation evaluation : here) {
      if (evaluation.arm().equals(arm)) {
        if (evaluation.seed() == null) {
          shared = evaluation;
        } else if (evaluation.seed() == seed) {
          return evaluation;
        }
      }
    }
    return shared;
  }

  private static void addOutcomes(
      List<Outcome> outcomes, Evaluation evaluation, long seed, Metric metric) {
    for (Row row : evaluation.rows()) {
      Double value = value(row, metric);
      if (value != null) {
        outcomes.add(new Outcome(row.item(), row.cluster(), row.family(), seed, value));
      }
    }
  }

  private static @Nullable Double value(Row row, Metric metric) {
    return switch (metric) {
      case ACCURACY -> row.strictCorrect() ? 1.0 : 0.0;
      case PERCEPTION -> row.perceived() == null ? null : row.perceived() ? 1.0 : 0.0;
      case PERCEPTION_QUESTIONS -> row.perceptionQuestions();
    };
  }

  private static Comparison measure(
      PairedOutcomes pairs,
      Comparing comparing,
      double confidence,
      int plannedSeeds,
      Setting setting,
      String arm,
      String against,
      Metric metric,
      boolean primary) {
    double[] bySeed = pairs.seedDifferences();
    boolean several = bySeed.length > 1;
    boolean yesNo = pairs.binary();
    Interval bootstrap =
        CrossedBootstrap.interval(
            pairs, comparing.resamples(), confidence, comparing.bootstrapSeed());
    List<Double> mcNemarBySeed =
        yesNo
            ? IntStream.range(0, bySeed.length)
                .mapToObj(s -> PairedTests.mcNemar(pairs.onlyFirst(s), pairs.onlySecond(s)))
                .toList()
            : List.of();
    Double mcNemar = yesNo && !several ? mcNemarBySeed.getFirst() : null;
    Double itemFlip = yesNo && several ? (Double) PairedTests.signFlip(pairs.itemSums()) : null;
    Double seedTest = several ? (Double) PairedTests.studentT(bySeed) : null;
    Double p = null;
    String test = NONE;
    if (bySeed.length >= Verdict.FEWEST_SEEDS) {
      p = seedTest;
      test = SEED_T;
    } else if (several && itemFlip != null) {
      p = itemFlip;
      test = ITEM_FLIP;
    } else if (mcNemar != null) {
      p = mcNemar;
      test = MC_NEMAR;
    }
    return new Comparison(
        arm,
        against,
        metric,
        setting.template(),
        setting.mode(),
        setting.split(),
        primary,
        pairs.items(),
        pairs.seeds(),
        Arrays.stream(bySeed).boxed().toList(),
        pairs.difference(),
        bootstrap,
        several ? Intervals.studentT(bySeed, confidence) : null,
        p,
        test,
        null,
        mcNemar,
        mcNemarBySeed,
        itemFlip,
        seedTest,
        several && bySeed.length <= 24 ? (Double) PairedTests.signFlip(bySeed) : null,
        Verdict.of(bySeed, plannedSeeds, bootstrap, comparing.delta(), confidence),
        "");
  }

  /** Adjusts the p-values, finds the words, and puts the primary comparisons first. */
  private static List<Comparison> adjust(List<Comparison> found, ReportRequest request) {
    int plannedPrimary = plannedPrimary(request);
    ReportRequest.SeedLooks looks = request.decisions().seeds();
    int counted = looks == null ? 1 : looks.declared();
    List<Comparison> primary = found.stream().filter(Comparison::primary).toList();
    List<Comparison> others = found.stream().filter(c -> !c.primary()).toList();
    List<Comparison> all = new ArrayList<>();
    double[] holm =
        MultipleTests.holm(tested(primary, counted), Math.max(plannedPrimary, primary.size()));
    double[] second = tested(others, counted);
    double[] hochberg = MultipleTests.benjaminiHochberg(second, second.length);
    fill(primary, holm, found, all);
    fill(others, hochberg, found, all);
    return all;
  }

  /** The p-values, by Bonferroni for as many looks as were declared. */
  private static double[] tested(List<Comparison> comparisons, int looks) {
    return comparisons.stream()
        .map(Comparison::p)
        .filter(p -> p != null)
        .mapToDouble(p -> Math.min(1, looks * p))
        .toArray();
  }

  private static void fill(
      List<Comparison> part, double[] adjusted, List<Comparison> found, List<Comparison> all) {
    int next = 0;
    for (Comparison comparison : part) {
      Double value = comparison.p() == null ? null : (Double) adjusted[next++];
      all.add(comparison.with(value, Words.of(comparison, found)));
    }
  }
}
