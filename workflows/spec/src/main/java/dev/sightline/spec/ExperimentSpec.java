package dev.sightline.spec;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One experiment, resolved: every field holds a value, defaults included. {@link SpecReader} makes
 * it; a spec that was put together by hand is checked by {@link SpecReader#check}.
 *
 * <p>The record components are the fields of the file; see {@code FIELDS.md} for the table.
 */
public record ExperimentSpec(
    @Field(
            doc = "Short name, the first part of the experiment's id.",
            pattern = "[a-z][a-z0-9-]{1,40}")
        String name,
    @Field(doc = "The question asked, for the report. Not in the digest.", byDefault = "''")
        String title,
    @Field(
            doc = "Experiment seed: data, prompt order and every draw that all runs share.",
            byDefault = "20260101")
        long seed,
    @Field(
            doc = "Run seeds. From five seeds on, the report gives verdicts on designs.",
            byDefault = "[1]",
            minItems = 1,
            distinct = true)
        List<Long> seeds,
    @Field(doc = "The model that is trained.") Policy policy,
    @Field(doc = "The puzzles.") Dataset dataset,
    @Field(
            doc = "Supervised start that all arms and run seeds share; absent = none.",
            byDefault = "null")
        @Nullable WarmStart warmStart,
    @Field(doc = "The policy-gradient part, equal for all arms.") Training training,
    @Field(
            doc =
                "One reward design each, all trained from the same start; left out where `ablation`"
                    + " makes them.",
            minItems = 1)
        List<Arm> arms,
    @Field(doc = "How checkpoints are evaluated.") Evaluation evaluation,
    @Field(doc = "How arms are compared.") Statistics statistics,
    @Field(doc = "Resources and retries. Not in the digest: they change no number.")
        Operations operations,
    @Field(
            doc = "How arms are made from factors, and the planned contrasts; absent = a list.",
            byDefault = "null",
            sparse = true)
        @Nullable Ablation ablation) {

  public ExperimentSpec {
    seeds = List.copyOf(seeds);
    arms = List.copyOf(arms);
  }

  /** The same experiment with other arms. */
  ExperimentSpec withArms(List<Arm> others) {
    return new ExperimentSpec(
        name,
        title,
        seed,
        seeds,
        policy,
        dataset,
        warmStart,
        training,
        others,
        evaluation,
        statistics,
        operations,
        ablation);
  }

  /** What a template of this name asks, where an arm has it as a prompt of its own. */
  public Optional<Prompt> prompt(String template) {
    return arms.stream()
        .filter(arm -> arm.prompt() != null && arm.template().equals(template))
        .map(Arm::prompt)
        .findFirst();
  }

  /** The rungs of successive halving; absent: all arms train to the end. */
  public Optional<Ablation.Halving> halving() {
    return ablation == null ? Optional.empty() : Optional.ofNullable(ablation.halving());
  }

  /** How each arm's learning rate is chosen; absent: arms have their own. */
  public Optional<Ablation.Tuning> tuning() {
    return ablation == null ? Optional.empty() : Optional.ofNullable(ablation.tuning());
  }

  /** When arms are stopped on dev; absent: all arms train to the end. */
  public Optional<Ablation.Futility> futility() {
    return ablation == null ? Optional.empty() : Optional.ofNullable(ablation.futility());
  }

  /** When run seeds are added; absent: never. */
  public Optional<Ablation.AddSeedsUntil> addSeedsUntil() {
    return ablation == null ? Optional.empty() : Optional.ofNullable(ablation.addSeedsUntil());
  }

  /** The seeds whose runs are tested and compared in any case; looks may add more. */
  public List<Long> testedSeeds() {
    return halving().map(Ablation.Halving::freshSeeds).orElse(seeds);
  }

  /** The seeds of all runs that there may be: those that choose, and those that are tested. */
  public List<Long> runSeeds() {
    return Stream.of(
            seeds.stream(),
            testedSeeds().stream(),
            tuning().stream().map(Ablation.Tuning::seed),
            addSeedsUntil().stream().flatMap(more -> more.moreSeeds().stream()))
        .flatMap(part -> part)
        .distinct()
        .toList();
  }

  /** The planned contrasts; empty: each arm against the reference. */
  public List<Ablation.Contrast> primary() {
    return ablation == null || ablation.primary() == null ? List.of() : ablation.primary();
  }

  /** The arm of this name, or the try that tunes one. */
  public Optional<Arm> arm(String armName) {
    return Stream.concat(arms.stream(), TuningArms.of(this).stream())
        .filter(arm -> arm.name().equals(armName))
        .findFirst();
  }

  /** The primary contrasts: those that are planned, or each arm against the reference. */
  public List<Ablation.Contrast> contrasts() {
    return primary().isEmpty()
        ? arms.stream()
            .filter(arm -> !arm.name().equals(statistics.reference()))
            .map(arm -> new Ablation.Contrast(arm.name(), statistics.reference()))
            .toList()
        : primary();
  }

  /**
   * The model and its optimizer (AdamW). Sizes are those of a random-initialised Qwen2.5-VL; a
   * pretrained model brings its own and heeds none of them.
   */
  public record Policy(
      @Field(doc = "Kind of model.", byDefault = "tiny-vl") ModelKind model,
      @Field(doc = "Seed of the initial weights.", byDefault = "7") long seed,
      @Field(
              doc = "Width of the text and vision towers; a multiple of 8 x heads.",
              byDefault = "128",
              min = 16,
              max = 4096)
          int hiddenSize,
      @Field(doc = "Layers of the text tower.", byDefault = "3", min = 1, max = 64) int textLayers,
      @Field(doc = "Layers of the vision tower.", byDefault = "2", min = 1, max = 64)
          int visionLayers,
      @Field(doc = "Attention heads.", byDefault = "4", min = 1, max = 64) int heads,
      @Field(doc = "Heads for keys and values; divides heads.", byDefault = "2", min = 1, max = 64)
          int keyValueHeads,
      @Field(
              doc = "Width inside the feed-forward blocks.",
              byDefault = "256",
              min = 16,
              max = 16384)
          int intermediateSize,
      @Field(doc = "AdamW.") Optimizer optimizer,
      @Field(
              doc =
                  "Whether arms train the vision tower too; absent = trained, or frozen with lora."
                      + " A warm start trains it always.",
              byDefault = "null",
              sparse = true)
          @Nullable VisionTower visionTower,
      @Field(
              doc = "Where the weights of a pretrained model lie.",
              byDefault = "null",
              sparse = true)
          @Nullable ModelFolder folder,
      @Field(
              doc =
                  "Arms train a low-rank adapter on weights that they share; absent = they train"
                      + " the weights. A warm start trains the weights always.",
              byDefault = "null",
              sparse = true)
          @Nullable Lora lora) {}

  /** A folder in Hugging Face's layout: config, weights as safetensors, tokenizer, processor. */
  public record ModelFolder(
      @Field(
              doc = "Absolute path on the policy server's machine; nothing is downloaded.",
              pattern = "/.+")
          String path,
      @Field(
              doc = "Digest that the folder must have, as the policy server reckons it.",
              byDefault = "null",
              pattern = "[0-9a-f]{64}",
              sparse = true)
          @Nullable String digest,
      @Field(doc = "What the weights are held in.", byDefault = "bfloat16") Precision dtype,
      @Field(
              doc = "Make activations again in the backward pass: less memory, more time.",
              byDefault = "false")
          boolean gradientCheckpointing) {}

  /** A low-rank adapter on the text tower: W x + (alpha / rank) B A x. */
  public record Lora(
      @Field(doc = "Rows of A.", byDefault = "16", min = 1, max = 1024) int rank,
      @Field(
              doc = "Scale: the product counts alpha / rank times.",
              byDefault = "32.0",
              min = 0,
              openMin = true,
              max = 1e6)
          double alpha,
      @Field(
              doc = "Layers under the adapter.",
              byDefault = "[q_proj, k_proj, v_proj, o_proj, gate_proj, up_proj, down_proj]",
              minItems = 1,
              distinct = true)
          List<LoraTarget> targets) {
    public Lora {
      targets = List.copyOf(targets);
    }
  }

  /**
   * AdamW's constants, and whether its moments are short.
   *
   * @param kind null for AdamW of 32 bits, which digests of before do not name
   */
  public record Optimizer(
      @Field(
              doc =
                  "What takes the steps; absent = adamw. adamw_8bit holds its moments in 2 bytes a"
                      + " parameter in place of 8.",
              byDefault = "null",
              sparse = true)
          @Nullable OptimizerKind kind,
      @Field(
              doc = "Decay of the first moment.",
              byDefault = "0.9",
              min = 0,
              max = 1,
              openMax = true)
          double beta1,
      @Field(
              doc = "Decay of the second moment.",
              byDefault = "0.999",
              min = 0,
              max = 1,
              openMax = true)
          double beta2,
      @Field(
              doc = "Added to the denominator.",
              byDefault = "1.0e-8",
              min = 0,
              openMin = true,
              max = 1)
          double epsilon,
      @Field(doc = "Decoupled weight decay.", byDefault = "0.0", min = 0, max = 10)
          double weightDecay) {
    public Optimizer {
      kind = kind == OptimizerKind.ADAMW ? null : kind;
    }

    public boolean eightBit() {
      return kind == OptimizerKind.ADAMW_8BIT;
    }
  }

  /**
   * The puzzles: one family (family, config, counts), several parts, or a preset; exactly one of
   * the three.
   */
  public record Dataset(
      @Field(
              doc = "Puzzle family, for a data set of one part.",
              pattern = "[a-z][a-z0-9_.]{1,40}",
              byDefault = "null",
              sparse = true)
          @Nullable String family,
      @Field(
              doc = "The family's own settings, as the family's README lists them.",
              byDefault = "{}")
          Map<String, Object> config,
      @Field(doc = "Size of every image, in pixels.") ImageSize imageSize,
      @Field(
              doc = "Items of each split, for a data set of one part.",
              byDefault = "null",
              sparse = true)
          @Nullable Counts counts,
      @Field(
              doc = "Parts of a data set of several families or settings.",
              byDefault = "null",
              minItems = 1,
              sparse = true)
          @Nullable List<Part> parts,
      @Field(
              doc = "A data set by name, as `sightline dataset families` lists them.",
              byDefault = "null",
              sparse = true)
          @Nullable String preset,
      @Field(
              doc =
                  "Canonical keys (SHA-256) of scenes that train and dev must not show, such as"
                      + " those of an imported test set.",
              byDefault = "null",
              pattern = "[0-9a-f]{64}",
              distinct = true,
              sparse = true)
          @Nullable List<String> avoid) {
    public Dataset {
      config = Trees.copyMap(config);
      parts = parts == null ? null : List.copyOf(parts);
      avoid = avoid == null ? null : List.copyOf(avoid);
    }

    /** A data set of one part. */
    public Dataset(String family, Map<String, Object> config, ImageSize size, Counts counts) {
      this(family, config, size, counts, null, null, null);
    }

    /** What people call it: the families, or the preset. */
    public String title() {
      if (preset != null) {
        return preset;
      }
      return parts == null
          ? String.valueOf(family)
          : String.join(", ", parts.stream().map(Part::family).distinct().toList());
    }
  }

  /** Items of one family. */
  public record Part(
      @Field(doc = "Puzzle family.", pattern = "[a-z][a-z0-9_.]{1,40}") String family,
      @Field(
              doc = "The family's own settings, as the family's README lists them.",
              byDefault = "{}")
          Map<String, Object> config,
      @Field(
              doc = "Levels over which the counts are spread evenly.",
              byDefault = "null",
              min = 1,
              max = 5,
              minItems = 1,
              distinct = true,
              sparse = true)
          @Nullable List<Integer> levels,
      @Field(doc = "Items of each split.") PartCounts counts) {
    public Part {
      config = Trees.copyMap(config);
      levels = levels == null ? null : List.copyOf(levels);
    }
  }

  /** Items of each split of a part; a part may have none of a split. */
  public record PartCounts(
      @Field(doc = "Items to train on.", byDefault = "0", min = 0, max = 10_000_000) int train,
      @Field(
              doc = "Items that everything that chooses reads.",
              byDefault = "0",
              min = 0,
              max = 1_000_000)
          int dev,
      @Field(
              doc = "Items read once, at each run's last checkpoint.",
              byDefault = "0",
              min = 0,
              max = 1_000_000)
          int test) {}

  /** Width and height in pixels; the model sees one merged patch for each 28 x 28. */
  public record ImageSize(
      @Field(
              doc = "Pixels, a multiple of 28.",
              byDefault = "84",
              min = 56,
              max = 1008,
              multipleOf = 28)
          int width,
      @Field(
              doc = "Pixels, a multiple of 28.",
              byDefault = "84",
              min = 56,
              max = 1008,
              multipleOf = 28)
          int height) {}

  /** Items of each split: distinct scenes in train, distinct canonical forms in dev and test. */
  public record Counts(
      @Field(doc = "Distinct scenes to train on.", min = 1, max = 10_000_000) int train,
      @Field(
              doc = "Distinct canonical forms; everything that chooses reads these.",
              min = 1,
              max = 1_000_000)
          int dev,
      @Field(
              doc = "Distinct canonical forms; read once, at each run's last checkpoint.",
              min = 1,
              max = 1_000_000)
          int test) {

    /** Number of items of a split. */
    public int of(Split split) {
      return switch (split) {
        case TRAIN -> train;
        case DEV -> dev;
        case TEST -> test;
      };
    }
  }

  /** The supervised start. */
  public record WarmStart(
      @Field(
              doc = "What is taught: full = description, answer and perception questions.",
              byDefault = "full")
          WarmStartKind kind,
      @Field(doc = "Optimizer steps.", byDefault = "450", min = 1, max = 1_000_000) int steps,
      @Field(
              doc = "Steps between two checkpoints; changes no number.",
              byDefault = "50",
              min = 1,
              max = 10_000)
          int stepsPerRound,
      @Field(doc = "Examples of a step.", byDefault = "32", min = 1, max = 4096) int batchSize,
      @Field(doc = "Highest learning rate.", byDefault = "0.001", min = 0, openMin = true, max = 10)
          double learningRate,
      @Field(
              doc = "Course of the learning rate.",
              byDefault = "{kind: cosine, warmUpSteps: 20, finalShare: 0.1}")
          Schedule schedule,
      @Field(
              doc = "Share of examples that show the image; the others show the text twin.",
              byDefault = "0.5",
              min = 0,
              max = 1)
          double imageShare,
      @Field(
              doc = "Share of examples that ask a perception question.",
              byDefault = "0.25",
              min = 0,
              max = 1)
          double perceptionQuestionShare,
      @Field(
              doc = "Gradients are scaled down to this norm.",
              byDefault = "1.0",
              min = 0,
              openMin = true)
          double maxGradientNorm,
      @Field(
              doc = "Template that is taught; left out: evaluation.template.",
              byDefault = "null",
              sparse = true)
          @Nullable String template) {

    /** The template that is taught. */
    public String template(Evaluation evaluation) {
      return template == null ? evaluation.template() : template;
    }

    /** Rounds, the last one may be shorter. */
    public int rounds() {
      return Math.ceilDiv(steps, stepsPerRound);
    }
  }

  /** The course of the learning rate; {@link LearningRateSchedule} evaluates it. */
  public record Schedule(
      @Field(doc = "constant, linear or cosine.", byDefault = "constant") ScheduleKind kind,
      @Field(
              doc = "Steps of linear rise from zero; the rate of step 0 is then zero.",
              byDefault = "0",
              min = 0,
              max = 1_000_000)
          int warmUpSteps,
      @Field(
              doc = "What is left of the rate at the end, as a share; 1 for constant.",
              byDefault = "1.0",
              min = 0,
              max = 1)
          double finalShare) {}

  /** The policy-gradient part. */
  public record Training(
      @Field(doc = "Optimizer steps of each run.", byDefault = "40", min = 1, max = 1_000_000)
          int steps,
      @Field(
              doc = "Steps between two dev evaluations; changes no weight.",
              byDefault = "10",
              min = 1,
              max = 10_000)
          int stepsPerRound,
      @Field(doc = "Prompts of a step.", byDefault = "16", min = 1, max = 4096) int promptsPerStep,
      @Field(doc = "Completions of a prompt.", byDefault = "8", min = 2, max = 1024) int groupSize,
      @Field(doc = "Sampling temperature.", byDefault = "1.0", min = 0, openMin = true, max = 10)
          double temperature,
      @Field(doc = "Longest completion, in tokens.", byDefault = "40", min = 1, max = 32768)
          int maxNewTokens,
      @Field(
              doc = "Highest learning rate.",
              byDefault = "0.0001",
              min = 0,
              openMin = true,
              max = 10)
          double learningRate,
      @Field(
              doc = "Course of the learning rate.",
              byDefault = "{kind: constant, warmUpSteps: 0, finalShare: 1.0}")
          Schedule schedule,
      @Field(doc = "The loss.") Loss loss,
      @Field(doc = "From rewards to advantages.") Advantage advantage,
      @Field(
              doc = "A step whose advantages are all zero: apply it, or skip the update.",
              byDefault = "apply")
          ZeroAdvantage zeroAdvantage,
      @Field(
              doc = "Gradients are scaled down to this norm.",
              byDefault = "1.0",
              min = 0,
              openMin = true)
          double maxGradientNorm,
      @Field(
              doc = "Rounds between two checkpoints; the last round always has one.",
              byDefault = "1",
              min = 1,
              max = 10_000)
          int checkpointEveryRounds,
      @Field(
              doc =
                  "Groups without advantages, for their rewards are all equal, are sampled again;"
                      + " absent = never.",
              byDefault = "null",
              sparse = true)
          @Nullable Resample resample) {

    /** Rounds, the last one may be shorter. */
    public int rounds() {
      return Math.ceilDiv(steps, stepsPerRound);
    }

    /** Completions of one optimizer step. */
    public int completionsPerStep() {
      return Math.multiplyExact(promptsPerStep, groupSize);
    }

    /** The most completions that one optimizer step may sample. */
    public int sampledPerStep() {
      return Math.addExact(
          completionsPerStep(),
          resample == null ? 0 : Math.multiplyExact(resample.budget(), groupSize));
    }
  }

  /** Sampling groups again that have no advantages. */
  public record Resample(
      @Field(doc = "Groups that a step may sample besides its own.", min = 1, max = 4096)
          int budget,
      @Field(doc = "How often one group is sampled again.", byDefault = "2", min = 1, max = 16)
          int tries) {}

  /** The policy-gradient loss; {@link LossKind} decides the defaults. */
  public record Loss(
      @Field(doc = "Kind of loss; it decides the defaults below.", byDefault = "grpo")
          LossKind kind,
      @Field(
              doc = "The ratio is clipped below at 1 - clipLow; 0.0003 for gspo.",
              byDefault = "0.2",
              min = 0,
              max = 1,
              openMin = true,
              openMax = true)
          double clipLow,
      @Field(
              doc = "The ratio is clipped above at 1 + clipHigh; 0.28 for dapo, 0.0004 for gspo.",
              byDefault = "0.2",
              min = 0,
              max = 1,
              openMin = true,
              openMax = true)
          double clipHigh,
      @Field(
              doc =
                  "Mean over completions of their token means, mean over all tokens, or sum over"
                      + " tokens by completions x training.maxNewTokens; other kinds than grpo have"
                      + " their own.",
              byDefault = "sequence-mean")
          LossAggregation aggregation,
      @Field(
              doc =
                  "Whether completions that were cut off at training.maxNewTokens give no gradient;"
                      + " absent = no, and yes for dapo.",
              byDefault = "null",
              sparse = true)
          @Nullable Boolean maskTruncated,
      @Field(
              doc = "cispo: the ratio counts at most so much; 5 by default.",
              byDefault = "null",
              min = 0,
              openMin = true,
              max = 1000,
              sparse = true)
          @Nullable Double ratioCap,
      @Field(
              doc = "sapo: the gate's temperature for advantages above 0; 1 by default.",
              byDefault = "null",
              min = 0.001,
              max = 1000,
              sparse = true)
          @Nullable Double temperaturePositive,
      @Field(
              doc = "sapo: the gate's temperature for the other advantages; 1.05 by default.",
              byDefault = "null",
              min = 0.001,
              max = 1000,
              sparse = true)
          @Nullable Double temperatureNegative,
      @Field(
              doc = "Penalty on the divergence from what the arm starts from; absent = none.",
              byDefault = "null",
              sparse = true)
          @Nullable Kl kl,
      @Field(
              doc =
                  "Correction for rollouts whose log-probabilities are not the present policy's;"
                      + " absent = none.",
              byDefault = "null",
              sparse = true)
          @Nullable Correction correction) {

    public Loss {
      // One way to write the same loss, so that it has one digest.
      maskTruncated =
          Boolean.FALSE.equals(maskTruncated) && kind != LossKind.DAPO ? null : maskTruncated;
    }
  }

  /** A penalty on the divergence from the start. */
  public record Kl(
      @Field(doc = "Weight of the penalty.", min = 0, openMin = true, max = 1000)
          double coefficient,
      @Field(doc = "Estimate of each token's divergence.", byDefault = "k3") KlEstimator estimator,
      @Field(
              doc =
                  "Whether the estimate is multiplied by the ratio, which makes its gradient that"
                      + " of the divergence.",
              byDefault = "true")
          boolean weighted) {}

  /** Truncated importance weights. */
  public record Correction(
      @Field(doc = "Of each token, or of the whole completion.", byDefault = "token-truncate")
          CorrectionMode mode,
      @Field(
              doc = "A weight counts at most so much.",
              byDefault = "3.0",
              min = 0,
              openMin = true,
              max = 1000)
          double cap) {}

  /** From rewards of a group to advantages. */
  public record Advantage(
      @Field(
              doc =
                  "Mean and deviation of the group, mean only, leave-one-out, the group's mean with"
                      + " the step's deviation, or term by term.",
              byDefault = "grpo")
          AdvantageKind kind,
      @Field(
              doc = "Added to the standard deviation.",
              byDefault = "0.0001",
              min = 0,
              openMin = true,
              max = 1)
          double epsilon,
      @Field(
              doc = "Degrees of freedom taken off in the standard deviation.",
              byDefault = "1",
              min = 0,
              max = 1)
          int ddof) {}

  /** One reward design. After reading it holds all of the design: {@code design} is then null. */
  public record Arm(
      @Field(doc = "Name in ids and tables.", pattern = "[a-z][a-z0-9_]{1,40}") String name,
      @Field(
              doc =
                  "Prompt template of training: a template, or a design whose prompt is taken. With"
                      + " a prompt of its own: what that is called.",
              byDefault = "probe")
          String template,
      @Field(doc = "The reward: a weighted sum of terms. Left out with a design.", byDefault = "[]")
          List<Term> terms,
      @Field(
              doc = "Control: permute the rewards of a step among its completions.",
              byDefault = "false")
          boolean shuffleRewards,
      @Field(
              doc =
                  "A reward design by name (`sightline reward list`) or as a YAML file beside this"
                      + " one; gives terms, clip and, unless template is written, the prompt.",
              byDefault = "null",
              sparse = true)
          @Nullable String design,
      @Field(doc = "A prompt of its own.", byDefault = "null", sparse = true)
          @Nullable Prompt prompt,
      @Field(doc = "Bounds of the whole reward.", byDefault = "null", sparse = true)
          @Nullable Clip clip,
      @Field(
              doc = "Kind of the advantages; left out: training.advantage.kind.",
              byDefault = "null",
              sparse = true)
          @Nullable AdvantageKind advantages,
      @Field(
              doc =
                  "Fields of the experiment that this arm has otherwise, by path:"
                      + " `{training.learningRate: 1e-5}`.",
              byDefault = "null",
              sparse = true)
          @Nullable Map<String, Object> set,
      @Field(
              doc =
                  "Share of the optimizer steps, from the first on, that are supervised ones on the"
                      + " right completion of the step's prompts; absent = none.",
              byDefault = "null",
              min = 0,
              openMin = true,
              max = 1,
              sparse = true)
          @Nullable Double supervised) {
    public Arm {
      terms = List.copyOf(terms);
      set = set == null || set.isEmpty() ? null : Trees.copyMap(set);
    }

    /** A known template and terms. */
    public Arm(String name, String template, List<Term> terms, boolean shuffleRewards) {
      this(name, template, terms, shuffleRewards, null, null, null, null, null, null);
    }

    /** The same reward asked for in another way. */
    Arm asking(String otherTemplate, @Nullable Prompt otherPrompt) {
      return new Arm(
          name,
          otherTemplate,
          terms,
          shuffleRewards,
          design,
          otherPrompt,
          clip,
          advantages,
          set,
          supervised);
    }

    /** The same arm under another name. */
    Arm named(String other) {
      return new Arm(
          other,
          template,
          terms,
          shuffleRewards,
          design,
          prompt,
          clip,
          advantages,
          set,
          supervised);
    }

    /** The same reward with settings of the experiment of its own. */
    Arm setting(@Nullable Map<String, Object> settings) {
      return new Arm(
          name,
          template,
          terms,
          shuffleRewards,
          design,
          prompt,
          clip,
          advantages,
          settings,
          supervised);
    }

    /** How many of the first optimizer steps are supervised. */
    public int supervisedSteps(Training training) {
      return supervised == null
          ? 0
          : Math.clamp(Math.round(supervised * training.steps()), 1, training.steps());
    }

    /** Kind of the advantages in this arm. */
    public AdvantageKind advantageKind(Training training) {
      return advantages == null ? training.advantage().kind() : advantages;
    }
  }

  /** A prompt of one's own. */
  public record Prompt(
      @Field(
              doc =
                  "The elements that are asked for, in order, answer last: description (in the"
                      + " family's grammar), image_description, think, rethink, visual (inside"
                      + " think), answer.",
              minItems = 1,
              distinct = true)
          List<String> tags,
      @Field(
              doc =
                  "What follows the question and asks for every tag; {subject} and {grammar} stand"
                      + " for the family's words.")
          String text) {
    public Prompt {
      tags = List.copyOf(tags);
    }
  }

  /** Lower and upper bound. */
  public record Clip(
      @Field(doc = "Smaller values become this.") double low,
      @Field(doc = "Greater values become this.") double high) {}

  /** A point of a weight's course. */
  public record Knot(
      @Field(doc = "Optimizer step, from 0.", min = 0, max = 1_000_000) int step,
      @Field(doc = "The weight is multiplied by this.", min = -1000, max = 1000) double factor) {}

  /** One weighted reward term. */
  public record Term(
      @Field(doc = "Name of the term.") String term,
      @Field(doc = "Weight in the sum; may be negative.", min = -1000, max = 1000) double weight,
      @Field(doc = "What the term needs to know; only some take one.", byDefault = "null")
          @Nullable String parameter,
      @Field(
              doc = "The term's own settings; the others keep the term's defaults.",
              byDefault = "null",
              sparse = true)
          @Nullable Map<String, Object> settings,
      @Field(
              doc =
                  "Course of the weight over optimizer steps: factors at growing steps, a line"
                      + " between two, flat outside.",
              byDefault = "null",
              sparse = true,
              minItems = 1)
          @Nullable List<Knot> schedule,
      @Field(
              doc = "Bounds of the raw value, before it is weighted.",
              byDefault = "null",
              sparse = true)
          @Nullable Clip clip) {
    public Term {
      settings = settings == null ? null : Collections.unmodifiableMap(new TreeMap<>(settings));
      schedule = schedule == null ? null : List.copyOf(schedule);
    }

    /** The name in records and tables: with the parameter where there is one. */
    public String key() {
      return parameter == null ? term : term + "(" + parameter + ")";
    }

    /** With the term's default settings and an even weight. */
    public Term(String term, double weight, @Nullable String parameter) {
      this(term, weight, parameter, null, null, null);
    }
  }

  /** How checkpoints are evaluated: greedy, one completion for each item. */
  public record Evaluation(
      @Field(doc = "Template used for the start and for all arms.", byDefault = "probe")
          String template,
      @Field(doc = "Longest completion, in tokens.", byDefault = "40", min = 1, max = 32768)
          int maxNewTokens,
      @Field(
              doc = "Items of one rollout job. In the digest, for it may change the last bits.",
              byDefault = "64",
              min = 1,
              max = 4096)
          int batchItems,
      @Field(
              doc =
                  "What the model is shown between rounds; own-description needs image beside it.",
              byDefault = "[image]",
              minItems = 1,
              distinct = true)
          List<EvaluationMode> devModes,
      @Field(
              doc =
                  "What the model is shown in the end. All but image and text are asked with"
                      + " evaluation.template only.",
              byDefault = "[image, text]",
              minItems = 1,
              distinct = true)
          List<EvaluationMode> testModes,
      @Field(
              doc = "Resamples of every bootstrap interval.",
              byDefault = "2000",
              min = 100,
              max = 1_000_000)
          int bootstrapSamples,
      @Field(
              doc =
                  "A published test set that is the primary one; the data set's own test split is"
                      + " then its replication.",
              byDefault = "null",
              pattern = "[a-z][a-z0-9-]{1,40}",
              sparse = true)
          @Nullable String imported) {
    public Evaluation {
      devModes = List.copyOf(devModes);
      testModes = List.copyOf(testModes);
    }

    /** What is asked on a split with a template: interventions only with the evaluation's own. */
    public List<EvaluationMode> modes(Split split, String asked) {
      List<EvaluationMode> modes = split == Split.DEV ? devModes : testModes;
      if (asked.equals(template)) {
        return modes;
      }
      List<EvaluationMode> plain = modes.stream().filter(mode -> !mode.intervention()).toList();
      return plain.isEmpty() ? List.of(EvaluationMode.IMAGE) : plain;
    }
  }

  /** How arms are compared. */
  public record Statistics(
      @Field(doc = "The arm that all others are compared with.") String reference,
      @Field(
              doc = "Level of all intervals.",
              byDefault = "0.95",
              min = 0.5,
              max = 1,
              openMin = true,
              openMax = true)
          double confidence,
      @Field(
              doc = "Margin of practical equivalence, as a share; null = never say equivalent.",
              byDefault = "null",
              min = 0,
              max = 1,
              openMin = true,
              openMax = true)
          @Nullable Double delta) {}

  /** What the operator may change without changing a number. */
  public record Operations(
      @Field(
              doc = "Threads of the policy server; 0 = its own choice.",
              byDefault = "0",
              min = 0,
              max = 1024)
          int threads,
      @Field(doc = "Retries of an activity before an operator is asked.") Retry retry,
      @Field(
              doc = "Newest checkpoints kept of a run; those that the report names always stay.",
              byDefault = "2",
              min = 1,
              max = 1000)
          int keepCheckpoints,
      @Field(
              doc = "Checkpoints kept besides, those with the best accuracy on dev.",
              byDefault = "1",
              min = 0,
              max = 1000)
          int keepBestCheckpoints,
      @Field(
              doc =
                  "What the experiment may spend; looked at before each round, evaluation and stage.",
              byDefault = "null",
              sparse = true)
          @Nullable Budgets budgets) {}

  /** Limits of a whole experiment; null: none. Each can be raised while it runs. */
  public record Budgets(
      @Field(
              doc = "Seconds that the policy servers' jobs may take.",
              byDefault = "null",
              min = 0,
              openMin = true)
          @Nullable Double gpuSeconds,
      @Field(
              doc = "Seconds since it was submitted first, pauses included.",
              byDefault = "null",
              min = 0,
              openMin = true)
          @Nullable Double wallSeconds,
      @Field(
              doc = "Tokens of completions that the policy servers sample, for training and tests.",
              byDefault = "null",
              min = 0,
              openMin = true)
          @Nullable Double tokens,
      @Field(
              doc = "Bytes of the checkpoints that are kept.",
              byDefault = "null",
              min = 0,
              openMin = true)
          @Nullable Double storageBytes,
      @Field(
              doc = "Failed attempts because of machines, servers, stores or networks.",
              byDefault = "null",
              min = 1)
          @Nullable Integer infraFailures,
      @Field(
              doc = "Failed attempts because of the experiment's own items and numbers.",
              byDefault = "null",
              min = 1)
          @Nullable Integer dataFailures,
      @Field(
              doc = "Share of a limit from which people are warned.",
              byDefault = "0.8",
              min = 0,
              openMin = true,
              max = 1)
          double warnAt,
      @Field(
              doc = "ask waits for an operator; stop aborts with a partial report.",
              byDefault = "ask")
          OnExhausted onExhausted) {
    /** The limit; null: none. */
    public @Nullable Double limit(BudgetKind kind) {
      return switch (kind) {
        case GPU_SECONDS -> gpuSeconds;
        case WALL_SECONDS -> wallSeconds;
        case TOKENS -> tokens;
        case STORAGE_BYTES -> storageBytes;
        case INFRA_FAILURES -> number(infraFailures);
        case DATA_FAILURES -> number(dataFailures);
      };
    }

    private static @Nullable Double number(@Nullable Integer count) {
      return count == null ? null : Double.valueOf(count);
    }
  }

  /** Retries with doubling pauses. */
  public record Retry(
      @Field(doc = "Attempts, the first included.", byDefault = "6", min = 1, max = 1000)
          int maximumAttempts,
      @Field(doc = "First pause, ISO 8601.", byDefault = "PT1S") Duration initialInterval,
      @Field(doc = "Longest pause, ISO 8601.", byDefault = "PT30S") Duration maximumInterval) {}
}
