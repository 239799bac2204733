package dev.sightline.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the experiment's arms are made, and which differences it is about. All arms share seeds, data
 * and the order of data, whatever they differ in.
 */
public record Ablation(
    @Field(
            doc = "How factors become arms; list = the arms are written in `arms`.",
            byDefault = "list")
        AblationDesign design,
    @Field(
            doc =
                "Fields of an arm that all arms start from (template, terms, set, and name for the"
                    + " arm that changes nothing).",
            byDefault = "null",
            sparse = true)
        @Nullable Map<String, Object> base,
    @Field(
            doc = "What varies, for oneFactor, factorial and fractional.",
            byDefault = "null",
            minItems = 1,
            sparse = true)
        @Nullable List<Factor> factors,
    @Field(
            doc =
                "For fractional: factor = list of the factors whose product it is, such as"
                    + " `rate: [reward, prompt]`.",
            byDefault = "null",
            sparse = true)
        @Nullable Map<String, Object> generators,
    @Field(
            doc = "For fractional without generators: the smallest regular fraction of this.",
            byDefault = "null",
            min = 3,
            max = 8,
            sparse = true)
        @Nullable Integer resolution,
    @Field(doc = "What varies, for doseResponse.", byDefault = "null", sparse = true)
        @Nullable Dose dose,
    @Field(
            doc =
                "Contrasts of the primary family, tested with Holm's correction; absent = each arm"
                    + " against statistics.reference.",
            byDefault = "null",
            minItems = 1,
            distinct = true,
            sparse = true)
        @Nullable List<Contrast> primary,
    @Field(
            doc = "Successive halving: most arms are stopped early, by accuracy on dev.",
            byDefault = "null",
            sparse = true)
        @Nullable Halving halving,
    @Field(
            doc = "Each arm's learning rate is chosen on dev, with the same budget for all arms.",
            byDefault = "null",
            sparse = true)
        @Nullable Tuning tuning,
    @Field(
            doc = "Arms that cannot come up with the reference on dev are stopped early.",
            byDefault = "null",
            sparse = true)
        @Nullable Futility futility,
    @Field(
            doc = "More run seeds, one after the other, until the primary contrasts are decided.",
            byDefault = "null",
            sparse = true)
        @Nullable AddSeedsUntil addSeedsUntil) {
  /** What a contrast calls the policy that all arms start from. */
  public static final String START = "baseline";

  public Ablation {
    base = base == null ? null : Trees.copyMap(base);
    factors = factors == null ? null : List.copyOf(factors);
    generators = generators == null ? null : Trees.copyMap(generators);
    primary = primary == null ? null : List.copyOf(primary);
  }

  /** For fractional: which products of factors cannot be told apart, {@code I = a b c}. */
  public Optional<String> definingRelation() {
    return design == AblationDesign.FRACTIONAL
        ? AblationArms.fraction(this, new ArrayList<>()).map(Fraction::definingRelation)
        : Optional.empty();
  }

  /** Something that varies; the first level is the one that oneFactor holds the others at. */
  public record Factor(
      @Field(doc = "Name in arms' names and tables.", pattern = "[a-z][a-z0-9_]{0,20}") String name,
      @Field(doc = "What it may be; fractional takes two.", minItems = 2) List<Level> levels) {
    public Factor {
      levels = List.copyOf(levels);
    }
  }

  /** One value of a factor. */
  public record Level(
      @Field(doc = "Part of the arm's name.", pattern = "[a-z0-9][a-z0-9_]{0,20}") String name,
      @Field(
              doc =
                  "Fields of the arm (template, terms, ...), `weights` (term: weight, 0 takes it"
                      + " out), and fields of the experiment by path, such as"
                      + " training.learningRate.",
              byDefault = "{}")
          Map<String, Object> set) {
    public Level {
      set = Trees.copyMap(set);
    }
  }

  /** The varied quantity of doseResponse: a term's weight, or a field by path. */
  public record Dose(
      @Field(doc = "Term whose weight varies.", byDefault = "null", sparse = true)
          @Nullable String term,
      @Field(
              doc = "Or: field of the experiment that varies, by path.",
              byDefault = "null",
              sparse = true)
          @Nullable String field,
      @Field(doc = "Its values, one arm each.", minItems = 2, distinct = true) List<Double> values,
      @Field(
              doc = "Term that takes what the dose leaves, so that the sum of weights stays.",
              byDefault = "null",
              sparse = true)
          @Nullable String against) {
    public Dose {
      values = List.copyOf(values);
    }
  }

  /** A planned difference: arm minus against. */
  public record Contrast(
      @Field(doc = "An arm.") String arm,
      @Field(doc = "Another arm, or baseline for what the arms start from.") String against) {
    /** Whether the arm is one of the two. */
    public boolean names(String arm) {
      return this.arm.equals(arm) || against.equals(arm);
    }
  }

  /**
   * Search by successive halving. Every arm trains with {@code seeds} to the first rung; at each
   * rung the best by mean dev accuracy go on, ties by name, the reference always. What is left
   * after the last rung is trained from the start with fresh seeds, and only those are tested.
   *
   * <p>Source: K. Jamieson and A. Talwalkar, "Non-stochastic best arm identification and
   * hyperparameter optimization", AISTATS 2016.
   */
  public record Halving(
      @Field(doc = "Rungs by growing steps.", minItems = 1) List<Rung> rungs,
      @Field(
              doc = "Run seeds of the arms that are left; none of `seeds`, whose runs chose them.",
              minItems = 1,
              distinct = true)
          List<Long> freshSeeds) {
    public Halving {
      rungs = List.copyOf(rungs);
      freshSeeds = List.copyOf(freshSeeds);
    }
  }

  /** A rung of successive halving. */
  public record Rung(
      @Field(
              doc = "Optimizer steps after which it is decided; the end of a round.",
              min = 1,
              max = 1_000_000)
          int step,
      @Field(doc = "Arms that go on; the reference does in any case.", min = 1, max = 512)
          int keep) {}

  /**
   * Fair tuning of the learning rate. Every arm trains with every rate and one seed that is tested
   * nowhere; the best on dev, ties to the rate that is named first, is then the arm's.
   */
  public record Tuning(
      @Field(
              doc = "Learning rates that every arm tries, instead of its own.",
              min = 0,
              openMin = true,
              max = 10,
              minItems = 2,
              distinct = true)
          List<Double> learningRates,
      @Field(doc = "Run seed of the tries; no run with it is tested.") long seed,
      @Field(doc = "Optimizer steps of a try; the end of a round.", min = 1, max = 1_000_000)
          int steps,
      @Field(doc = "What the best is best at, on dev.", byDefault = "accuracy") DevMetric metric) {
    public Tuning {
      learningRates = List.copyOf(learningRates);
    }
  }

  /**
   * Stopping for futility: after each of {@code steps}, an arm stops when even the upper bound of
   * its difference from the reference on the same dev items, at confidence 1 - alpha / looks, lies
   * below {@code leastGain}: over items, and with several seeds over seeds too. A stopped arm is
   * stopped, never worse.
   */
  public record Futility(
      @Field(
              doc = "Optimizer steps after which arms may be stopped; ends of rounds, growing.",
              min = 1,
              max = 1_000_000,
              minItems = 1)
          List<Integer> steps,
      @Field(
              doc = "Difference from the reference that is still worth going on for, as a share.",
              byDefault = "0.0",
              min = -1,
              max = 1)
          double leastGain,
      @Field(
              doc = "Chance to stop an arm that is worth it, over all looks together.",
              byDefault = "0.05",
              min = 0,
              max = 0.5,
              openMin = true,
              openMax = true)
          double alpha,
      @Field(doc = "What is compared on dev.", byDefault = "accuracy") DevMetric metric) {
    public Futility {
      steps = List.copyOf(steps);
    }
  }

  /**
   * More seeds where they are needed. When all runs of {@code seeds} are tested, and after every
   * further seed, each primary contrast that is open is looked at with the interval of confidence 1
   * - alpha / looks; alpha is 1 - {@code statistics.confidence} and the looks are one for every
   * number of seeds that may be reached, needed or not. A contrast is closed when its interval
   * decides (better, worse, or equivalent within {@code statistics.delta}) or is narrow enough.
   */
  public record AddSeedsUntil(
      @Field(
              doc = "Half-width at which a contrast's interval is narrow enough, as a share.",
              byDefault = "null",
              min = 0,
              max = 1,
              openMin = true,
              sparse = true)
          @Nullable Double halfWidth,
      @Field(
              doc = "Run seeds to add, in this order, to the arms of open contrasts.",
              minItems = 1,
              distinct = true)
          List<Long> moreSeeds) {
    public AddSeedsUntil {
      moreSeeds = List.copyOf(moreSeeds);
    }
  }
}
