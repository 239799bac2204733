package dev.sightline.report;

import dev.sightline.statistics.Interval;
import dev.sightline.statistics.Power;
import dev.sightline.statistics.Verdict;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The computed report. The writers only lay it out; they compute nothing.
 *
 * @param request what it was made of: curves, environment, provenance and names are read from it
 * @param baseline what the arms start from
 * @param runs one for each planned (arm, seed), in arm and seed order
 * @param constants what a policy that sees nothing would reach
 * @param decompositions the start's, then each arm's that has results
 * @param comparisons primary ones first
 * @param power smallest differences that this experiment can find
 * @param conditionalOnRun true with one seed: intervals speak about these checkpoints only
 * @param interruptions what did not go through at once
 */
public record Report(
    ReportRequest request,
    List<Summary> baseline,
    List<Run> runs,
    List<Constant> constants,
    List<Decomposition> decompositions,
    List<Comparison> comparisons,
    Power.Table power,
    boolean conditionalOnRun,
    Interruptions interruptions) {

  public Report {
    baseline = List.copyOf(baseline);
    runs = List.copyOf(runs);
    constants = List.copyOf(constants);
    decompositions = List.copyOf(decompositions);
    comparisons = List.copyOf(comparisons);
  }

  /**
   * The report whose training and development curves lack interrupted rounds. All else is of final
   * evaluations, which are of whole runs, and stays.
   */
  public Report withoutInterrupted() {
    return new Report(
        interruptions.leaveOut(request),
        baseline,
        runs,
        constants,
        decompositions,
        comparisons,
        power,
        conditionalOnRun,
        new Interruptions(interruptions.runs(), true));
  }

  /**
   * @param checkpoint null when the run is missing
   * @param missing why it is; null when it is there
   */
  public record Run(
      String arm,
      long seed,
      @Nullable String checkpoint,
      @Nullable String lineage,
      @Nullable String stateDigest,
      ReportRequest.@Nullable MissingRun missing,
      List<Summary> evaluations) {
    public Run {
      evaluations = List.copyOf(evaluations);
    }
  }

  /** A rate with Wilson's interval: {@code successes} of {@code n}. */
  public record Rate(int successes, int n, double value, Interval interval) {}

  /**
   * S with what it needs to be read.
   *
   * @param rate over the applicable items; null when none is
   * @param coverage share of items on which S applies
   * @param bounds S over all items if the others were all 0, or all 1
   * @param byChance expected S when descriptions are permuted within family and question kind; null
   *     when not handed in
   */
  public record SelfConsistency(
      @Nullable Rate rate, double coverage, Interval bounds, @Nullable Double byChance) {}

  /**
   * A split by P.
   *
   * @param perceived accuracy where P = 1; null when there are no such items
   * @param notPerceived accuracy where P = 0
   * @param perceivedByLevel the same, standardised to the level mix of all items; null when a level
   *     lacks such items
   */
  public record AccuracyByPerception(
      @Nullable Rate perceived,
      @Nullable Rate notPerceived,
      @Nullable Double perceivedByLevel,
      @Nullable Double notPerceivedByLevel) {}

  /**
   * What needs no looking reaches, or no policy at all, on the same items.
   *
   * @param constantAnswer the most frequent training answer of each family
   * @param majorityByKind the most frequent training answer of each question kind
   * @param chance one of the kind's different training answers by lot
   * @param blankAccuracy this policy's A on a blank picture; null when not asked
   * @param blankPerception this policy's P on a blank picture; null when not asked
   */
  public record Baselines(
      double constantAnswer,
      double majorityByKind,
      double chance,
      @Nullable Rate blankAccuracy,
      @Nullable Rate blankPerception) {}

  /**
   * The numbers of some items.
   *
   * @param perception P; null with a twin
   * @param copyFidelity the same number with a twin; null without
   * @param perceptionQuestions mean Q; null when not asked
   * @param perceptionQuestionsAsked items with a perception question
   * @param descriptions items by D; empty when no description was asked for
   * @param wrongScene not P although the description is complete
   * @param noScene not P because there is no complete description
   * @param normalizedFacts (mean facts - s0) / (1 - s0); null without facts or s0
   */
  public record Measures(
      int n,
      Rate accuracy,
      Rate accuracyLenient,
      @Nullable Rate perception,
      @Nullable Rate copyFidelity,
      @Nullable Double perceptionQuestions,
      @Nullable Interval perceptionQuestionsInterval,
      int perceptionQuestionsAsked,
      SelfConsistency selfConsistency,
      Map<ReportRequest.Description, Integer> descriptions,
      int wrongScene,
      int noScene,
      Rate truncated,
      @Nullable Double facts,
      @Nullable Double normalizedFacts,
      @Nullable AccuracyByPerception byPerception,
      Baselines baselines) {
    public Measures {
      descriptions = Map.copyOf(descriptions);
    }
  }

  /**
   * The items of one family, or of one of its levels.
   *
   * @param level null for all of the family
   */
  public record Slice(String family, @Nullable String level, Measures measures) {}

  /**
   * One checkpoint under one template, mode and split.
   *
   * @param measures of all items
   * @param slices by family, then its levels where there are several
   */
  public record Summary(
      String arm,
      @Nullable Long seed,
      String checkpoint,
      String lineage,
      String stateDigest,
      String template,
      String mode,
      String split,
      Measures measures,
      List<Slice> slices) {
    public Summary {
      slices = List.copyOf(slices);
    }
  }

  /**
   * Accuracy and perception of policies that see nothing, on one family and split.
   *
   * @param mostFrequentAnswer of the training data; when unknown, of these items, which flatters it
   * @param fromTest true in that case
   */
  public record Constant(
      String family,
      String split,
      int count,
      String space,
      String mostFrequentAnswer,
      boolean fromTest,
      @Nullable Rate mostFrequentAnswerAccuracy,
      @Nullable Double constantDescriptionScore,
      @Nullable Double constantDescriptionExact) {}

  /** What is compared. */
  public enum Metric {
    ACCURACY("A"),
    PERCEPTION("P"),
    PERCEPTION_QUESTIONS("Q");

    private final String symbol;

    Metric(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }
  }

  /**
   * arm - against, on the same items and seeds.
   *
   * @param against the reference arm's name or {@link ReportRequest#BASELINE}
   * @param seeds those that both sides have
   * @param bySeed the difference of each seed
   * @param difference their mean
   * @param bootstrap crossed bootstrap
   * @param studentT over seeds; null with one seed
   * @param p the p-value that is adjusted: McNemar with one seed, else whole items flipped, from 5
   *     seeds on the t test over seeds; null for Q with fewer than 2 seeds
   * @param test which one that is
   * @param adjusted p by Holm when primary, else by Benjamini and Hochberg
   * @param mcNemar with one seed and a 0/1 metric
   * @param mcNemarBySeed with a 0/1 metric
   * @param itemSignFlip with several seeds and a 0/1 metric
   * @param seedTest t test over seeds; null with one seed
   * @param seedSignFlip sign-flip test over seeds; null with one seed
   */
  public record Comparison(
      String arm,
      String against,
      Metric metric,
      String template,
      String mode,
      String split,
      boolean primary,
      int items,
      List<Long> seeds,
      List<Double> bySeed,
      double difference,
      Interval bootstrap,
      @Nullable Interval studentT,
      @Nullable Double p,
      String test,
      @Nullable Double adjusted,
      @Nullable Double mcNemar,
      List<Double> mcNemarBySeed,
      @Nullable Double itemSignFlip,
      @Nullable Double seedTest,
      @Nullable Double seedSignFlip,
      Verdict verdict,
      String words) {
    public Comparison {
      seeds = List.copyOf(seeds);
      bySeed = List.copyOf(bySeed);
      mcNemarBySeed = List.copyOf(mcNemarBySeed);
    }

    Comparison with(@Nullable Double adjustedP, String found) {
      return new Comparison(
          arm,
          against,
          metric,
          template,
          mode,
          split,
          primary,
          items,
          seeds,
          bySeed,
          difference,
          bootstrap,
          studentT,
          p,
          test,
          adjustedP,
          mcNemar,
          mcNemarBySeed,
          itemSignFlip,
          seedTest,
          seedSignFlip,
          verdict,
          found);
    }

    /** The wider of the intervals that exist. */
    public Interval deciding() {
      return studentT == null ? bootstrap : studentT.wider(bootstrap);
    }
  }
}
