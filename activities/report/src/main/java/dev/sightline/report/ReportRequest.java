package dev.sightline.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a report is made of. Rates and scores are in [0, 1]; lists may come in any order,
 * the builder sorts them.
 *
 * @param experiment what was asked
 * @param environment fingerprint of library versions, device, threads, dtype: JSON values only
 * @param amendments operator amendments in order, each a JSON object
 * @param seeds the planned run seeds
 * @param arms the planned arms, the skipped ones too
 * @param missing runs that have no final evaluation, with the reason
 * @param decisions what was decided on the way
 * @param blind what each design pays for one text given to every item
 * @param datasets facts about the evaluated data, one for each family and split
 * @param evaluations the item rows of every checkpoint under every template, mode and split
 * @param training curves by optimizer step; the warm start's arm is {@link #WARM_START}
 * @param development accuracy on dev between the rounds
 * @param failures what went wrong on the way; shown in provenance only
 * @param provenance times, attempts, hosts: JSON values only, never part of {@code results}
 */
public record ReportRequest(
    Experiment experiment,
    Map<String, Object> environment,
    List<Map<String, Object>> amendments,
    List<Long> seeds,
    List<Arm> arms,
    List<MissingRun> missing,
    Decisions decisions,
    List<BlindReward> blind,
    List<Dataset> datasets,
    List<Evaluation> evaluations,
    List<TrainingCurve> training,
    List<DevelopmentCurve> development,
    List<Failure> failures,
    Map<String, Object> provenance) {

  /** The arm name of evaluations of what the arms start from. */
  public static final String BASELINE = "baseline";

  /** The arm name of the warm start's training curve. */
  public static final String WARM_START = "warm-start";

  public ReportRequest {
    environment = copy(environment);
    amendments = amendments.stream().map(ReportRequest::copy).toList();
    seeds = List.copyOf(seeds);
    arms = List.copyOf(arms);
    missing = List.copyOf(missing);
    blind = List.copyOf(blind);
    datasets = List.copyOf(datasets);
    evaluations = List.copyOf(evaluations);
    training = List.copyOf(training);
    development = List.copyOf(development);
    failures = List.copyOf(failures);
    provenance = copy(provenance);
  }

  /** The seeds with which an arm was planned. */
  public List<Long> seedsOf(String arm) {
    SeedLooks looks = decisions.seeds();
    return looks == null || arm.equals(BASELINE) ? seeds : looks.byArm().getOrDefault(arm, seeds);
  }

  /** The seeds of a comparison: those of both arms, or those at which its looks ended. */
  List<Long> seedsOf(String arm, String against) {
    SeedLooks looks = decisions.seeds();
    List<Long> closed =
        looks == null
            ? List.of()
            : looks.contrasts().stream()
                .filter(c -> c.arm().equals(arm) && c.against().equals(against))
                .map(LookedAt::seeds)
                .findFirst()
                .orElse(List.of());
    List<Long> others = seedsOf(against);
    return closed.isEmpty() ? seedsOf(arm).stream().filter(others::contains).toList() : closed;
  }

  /** Level of the intervals of differences: wider where seeds were added by looking. */
  double comparedAt() {
    SeedLooks looks = decisions.seeds();
    return looks == null ? experiment.comparing().confidence() : looks.confidence();
  }

  /** Keeps null values and order, which {@code Map.copyOf} does not. */
  private static Map<String, Object> copy(Map<String, Object> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }

  /**
   * @param id the experiment's id, {@code <name>-<12 hex>}
   * @param name short name
   * @param title one line for the top of the report
   * @param digest of the resolved spec
   * @param spec the resolved spec as a JSON tree
   * @param mechanismDemonstration true when the model is random-initialised
   * @param comparing how arms are compared
   */
  public record Experiment(
      String id,
      String name,
      String title,
      String digest,
      Map<String, Object> spec,
      boolean mechanismDemonstration,
      Comparing comparing) {
    public Experiment {
      spec = copy(spec);
    }
  }

  /**
   * @param referenceArm the arm that all others are compared with; null means only with the start
   * @param template the template of the primary comparisons
   * @param mode the mode of the primary comparisons
   * @param splits the splits of the primary comparisons
   * @param delta half-width of the equivalence zone as a rate; null means "equivalent" is never
   *     said
   * @param confidence of every interval
   * @param resamples of the bootstrap
   * @param bootstrapSeed where the bootstrap's draws start
   * @param contrasts the primary comparisons; empty means each arm with the reference
   */
  public record Comparing(
      @Nullable String referenceArm,
      String template,
      String mode,
      List<String> splits,
      @Nullable Double delta,
      double confidence,
      int resamples,
      long bootstrapSeed,
      List<Contrast> contrasts) {
    public Comparing {
      splits = List.copyOf(splits);
      contrasts = List.copyOf(contrasts);
      if (!(confidence > 0 && confidence < 1)) {
        throw new IllegalArgumentException("confidence must lie in (0, 1), not " + confidence);
      }
      if (resamples < 100) {
        throw new IllegalArgumentException("resamples must be at least 100, not " + resamples);
      }
      if (delta != null && !(delta > 0)) {
        throw new IllegalArgumentException("delta must be positive, not " + delta);
      }
    }

    /** Probe template, image mode, split "test", 95 %, 2,000 resamples, no equivalence zone. */
    public static Comparing defaults(@Nullable String referenceArm, long bootstrapSeed) {
      return new Comparing(
          referenceArm,
          "probe",
          "image",
          List.of("test"),
          null,
          0.95,
          2000,
          bootstrapSeed,
          List.of());
    }
  }

  /**
   * A planned comparison.
   *
   * @param against an arm, or {@link #BASELINE}
   */
  public record Contrast(String arm, String against) {}

  /**
   * @param name the arm's name
   * @param template the prompt template it trains with
   * @param terms weight of each reward term by its name
   * @param supervisedSteps how many of its first steps are supervised: a control where there are
   *     any
   */
  public record Arm(String name, String template, Map<String, Double> terms, int supervisedSteps) {
    public Arm {
      terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
      if (name.equals(BASELINE) || name.equals(WARM_START)) {
        throw new IllegalArgumentException("'" + name + "' is reserved; give the arm another name");
      }
    }
  }

  /** Why a planned run has no result. */
  public enum MissingReason {
    SKIPPED,
    STOPPED,
    FAILED
  }

  /**
   * @param seed null when the whole arm is missing
   */
  public record MissingRun(
      String arm, @Nullable Long seed, MissingReason reason, String explanation) {}

  /**
   * What an experiment decided on the way.
   *
   * @param tuning null where arms have learning rates of their own
   * @param futility looks in order
   * @param seeds null where the seeds are fixed
   */
  public record Decisions(
      @Nullable Tuning tuning, List<FutilityLook> futility, @Nullable SeedLooks seeds) {
    public static final Decisions NONE = new Decisions(null, List.of(), null);

    public Decisions {
      futility = List.copyOf(futility);
    }
  }

  /**
   * Learning rates tried on dev, with the same budget for every arm.
   *
   * @param seed run seed of the tries
   * @param step optimizer steps of a try
   * @param metric on dev
   */
  public record Tuning(long seed, int step, String metric, List<TunedArm> arms) {
    public Tuning {
      arms = List.copyOf(arms);
    }
  }

  /**
   * @param chosen null when every try was skipped, so that the arm kept its own
   */
  public record TunedArm(String arm, List<TriedRate> rates, @Nullable Double chosen) {
    public TunedArm {
      rates = List.copyOf(rates);
    }
  }

  /**
   * @param dev null when the try was skipped
   */
  public record TriedRate(double learningRate, @Nullable Double dev) {}

  /**
   * A look at which arms could be stopped for futility.
   *
   * @param leastGain difference on dev that is worth going on for
   * @param alpha chance of a wrong stop over all looks
   * @param looks declared looks
   */
  public record FutilityLook(
      int number,
      int step,
      String metric,
      double leastGain,
      double alpha,
      int looks,
      List<FutilityArm> arms) {
    public FutilityLook {
      arms = List.copyOf(arms);
    }
  }

  /**
   * @param difference on dev, arm minus reference; null where nothing could be compared
   * @param upper the bound that decided; null likewise
   */
  public record FutilityArm(
      String arm, @Nullable Double difference, @Nullable Double upper, boolean stopped) {}

  /**
   * Seeds added until the primary contrasts were decided.
   *
   * @param declared looks, one for each number of seeds that might have been reached
   * @param used looks taken
   * @param confidence of each interval, so that all declared looks together keep the report's level
   * @param halfWidth at which an interval was narrow enough; null for no such rule
   * @param byArm seeds of arms that got more than the first ones
   * @param contrasts where each ended
   */
  public record SeedLooks(
      int declared,
      int used,
      double confidence,
      @Nullable Double halfWidth,
      Map<String, List<Long>> byArm,
      List<LookedAt> contrasts) {
    public SeedLooks {
      Map<String, List<Long>> copy = new LinkedHashMap<>();
      byArm.forEach((arm, its) -> copy.put(arm, List.copyOf(its)));
      byArm = Collections.unmodifiableMap(copy);
      contrasts = List.copyOf(contrasts);
    }
  }

  /**
   * A primary contrast at its last look.
   *
   * @param seeds compared then; empty where nothing could be
   * @param low of its interval then; null likewise
   * @param outcome why it was not looked at again, in words
   */
  public record LookedAt(
      String arm,
      String against,
      List<Long> seeds,
      @Nullable Double low,
      @Nullable Double high,
      String outcome) {
    public LookedAt {
      seeds = List.copyOf(seeds);
    }
  }

  /**
   * What an arm's design pays when one text is given to every training item: the best that was
   * found.
   *
   * @param reward mean total at the last optimizer step
   * @param items to which the text was fitted
   */
  public record BlindReward(String arm, String family, double reward, int items) {}

  /**
   * @param family puzzle family
   * @param split for example "test"
   * @param count items
   * @param space size of the family's space of canonical scenes, as text (exact or a lower bound)
   * @param mostFrequentAnswer of the training data; null when unknown
   * @param constantDescriptionScore s0: mean facts score of the best constant description fitted on
   *     train; null when unknown
   * @param constantDescriptionExact share of items which that description describes exactly
   * @param kinds what the training data say of each question kind
   */
  public record Dataset(
      String family,
      String split,
      int count,
      String space,
      @Nullable String mostFrequentAnswer,
      @Nullable Double constantDescriptionScore,
      @Nullable Double constantDescriptionExact,
      List<Kind> kinds) {
    public Dataset {
      kinds = List.copyOf(kinds);
    }
  }

  /**
   * @param kind question kind
   * @param mostFrequentAnswer of the training items of this kind
   * @param answers how many different answers these have
   */
  public record Kind(String kind, String mostFrequentAnswer, int answers) {
    public Kind {
      if (answers < 1) {
        throw new IllegalArgumentException("kind " + kind + " has no answers");
      }
    }
  }

  /** Status D of a description (science.md 3). */
  public enum Description {
    MISSING,
    UNPARSABLE,
    PARTIAL,
    CONTRADICTORY,
    COMPLETE
  }

  /**
   * One checkpoint's answers under one template, mode and split.
   *
   * @param arm an arm's name or {@link #BASELINE}
   * @param seed the run seed; null for a baseline that all seeds share
   * @param checkpoint its id
   * @param lineage of the checkpoint
   * @param stateDigest of weights and optimizer
   * @param mode image, text, ...
   * @param split test, dev, ...
   */
  public record Evaluation(
      String arm,
      @Nullable Long seed,
      String checkpoint,
      String lineage,
      String stateDigest,
      String template,
      String mode,
      String split,
      List<Row> rows) {
    public Evaluation {
      rows = List.copyOf(rows);
    }
  }

  /**
   * One item.
   *
   * @param item item id, unique in the evaluation
   * @param cluster items of one scene share it
   * @param family puzzle family
   * @param level difficulty
   * @param questionKind which kind of question the family asked
   * @param goldAnswer the right answer
   * @param answer the answer read strictly; null when none could be read
   * @param describedAnswer the solver's answer on the described scene; null when there is none
   * @param strictCorrect A by the strict reading
   * @param lenientCorrect A by the lenient reading
   * @param description D; null when none was asked for, or it was given
   * @param perceived P; null where a text twin was shown
   * @param copyFidelity the same number where a twin was shown; null elsewhere
   * @param perceptionQuestions Q in [0, 1]; null when not asked
   * @param selfConsistent S; null when not applicable
   * @param consistentByChance how often the answer is that of another item's description; null when
   *     not applicable
   * @param truncated the completion hit the token limit
   * @param factsScore raw facts score in [0, 1]; null where a twin was shown
   * @param otherPerceived the described scene is that of the swapped picture; null elsewhere
   * @param otherCorrect the answer is that of the other scene: the swapped picture's, or the edited
   *     description's; null where there is none
   */
  public record Row(
      String item,
      String cluster,
      String family,
      String level,
      String questionKind,
      String goldAnswer,
      @Nullable String answer,
      @Nullable String describedAnswer,
      boolean strictCorrect,
      boolean lenientCorrect,
      @Nullable Description description,
      @Nullable Boolean perceived,
      @Nullable Boolean copyFidelity,
      @Nullable Double perceptionQuestions,
      @Nullable Boolean selfConsistent,
      @Nullable Double consistentByChance,
      boolean truncated,
      @Nullable Double factsScore,
      @Nullable Boolean otherPerceived,
      @Nullable Boolean otherCorrect) {
    public Row {
      if (perceived != null && copyFidelity != null) {
        throw new IllegalArgumentException(
            "item " + item + " has both P and copy fidelity; a prompt either has a twin or not");
      }
      if (perceptionQuestions != null && !(perceptionQuestions >= 0 && perceptionQuestions <= 1)) {
        throw new IllegalArgumentException(
            "item " + item + ": Q must lie in [0, 1], not " + perceptionQuestions);
      }
    }
  }

  public record TrainingCurve(String arm, long seed, List<TrainingStep> steps) {
    public TrainingCurve {
      steps = List.copyOf(steps);
    }
  }

  /**
   * @param step optimizer step, from 1
   * @param reward mean total reward; null in supervised training
   * @param terms mean of each reward term
   * @param entropy mean token entropy in nats; null when not measured
   * @param signal null in supervised training
   * @param completionTokens mean completion length
   * @param ratios to the policy that sampled; null in supervised training, and where not measured
   */
  public record TrainingStep(
      int step,
      @Nullable Double reward,
      Map<String, Double> terms,
      double loss,
      double gradientNorm,
      @Nullable Double entropy,
      @Nullable Signal signal,
      @Nullable Double completionTokens,
      @Nullable Ratios ratios) {
    public TrainingStep {
      terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
    }
  }

  /**
   * What a scored step had to learn from.
   *
   * @param answers groups by right and wrong answers
   * @param byTerm groups by each reward term
   * @param degenerate groups whose whole reward is the same, so that they teach nothing
   * @param alone share of the advantages' sum of squares from groups in which this term alone
   *     varies
   * @param several the share from groups in which two or more terms vary
   * @param skipped whether the update was left out, for all advantages were 0
   * @param resampled what sampling tied groups again came to; null where none was
   */
  public record Signal(
      Groups answers,
      Map<String, Groups> byTerm,
      int degenerate,
      Map<String, Double> alone,
      double several,
      boolean skipped,
      @Nullable Resampled resampled) {
    public Signal {
      byTerm = Collections.unmodifiableMap(new LinkedHashMap<>(byTerm));
      alone = Collections.unmodifiableMap(new LinkedHashMap<>(alone));
    }
  }

  /**
   * Groups of a step that were tied and sampled again.
   *
   * @param firstDegenerate tied groups of the first draws
   * @param drawn groups sampled besides the step's own
   * @param rescued groups that differ in the draw that counts, and did not in their first
   * @param firstReward mean reward of the first draws
   */
  public record Resampled(int firstDegenerate, int drawn, int rescued, double firstReward) {}

  /**
   * Groups of a step by a score; those that it does not apply to are left out.
   *
   * @param allWrong every completion has 0
   * @param allRight every completion has 1
   * @param tied all have the same other value
   * @param mixed they differ
   */
  public record Groups(int allWrong, int allRight, int tied, int mixed) {
    public int all() {
      return allWrong + allRight + tied + mixed;
    }
  }

  /**
   * How far a step's policy was from the one that sampled, over its tokens.
   *
   * @param mean mean ratio
   * @param max largest ratio
   * @param clippedLow share of tokens clipped from below
   * @param clippedHigh share clipped, or capped, from above
   * @param kl mean estimate of the divergence from the start; null without one in the loss
   * @param correction mean importance weight; null without a correction
   */
  public record Ratios(
      double mean,
      double max,
      double clippedLow,
      double clippedHigh,
      @Nullable Double kl,
      @Nullable Double correction) {}

  public record DevelopmentCurve(String arm, long seed, List<DevelopmentPoint> points) {
    public DevelopmentCurve {
      points = List.copyOf(points);
    }
  }

  /**
   * @param perception P on dev; null when it was not measured
   */
  public record DevelopmentPoint(int step, double accuracy, @Nullable Double perception) {}

  /** What went wrong at a stage, and how often it was tried. */
  public record Failure(String stage, String type, String message, int attempts) {}
}
