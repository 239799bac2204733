package dev.sightline.spec;

import java.util.List;

/**
 * How long a plan may take. An estimate, never part of a digest or of results.
 *
 * @param basis what the rates were measured on
 * @param stages seconds of each stage, in the plan's order
 */
public record PlanEstimate(String basis, List<StageEstimate> stages) {
  public PlanEstimate {
    stages = List.copyOf(stages);
  }

  /** Seconds of one stage, one after the other on one policy server. */
  public record StageEstimate(String target, double seconds) {}

  /**
   * Seconds for each unit of work.
   *
   * @param name what they were measured on
   * @param rolledOutCompletion rollout and gradient together
   */
  public record Rates(
      String name, double fittedExample, double rolledOutCompletion, double evaluatedCompletion) {

    /**
     * Measured with the sizes of {@code quickstart.yaml}: a supervised step of 32 takes 0.24 s, a
     * policy-gradient step of 128 completions 1.5 s, an evaluated item 0.02 s.
     */
    public static final Rates TINY_VL_TWO_CORES =
        new Rates("tiny-vl on 2 quiet CPU cores", 0.24 / 32, 1.5 / 128, 0.02);

    /**
     * Reckoned, not measured, in seconds of one GPU of 989 dense bfloat16 TFLOP/s (H100, H200): 8.3
     * billion parameters, all trained; 500 prompt tokens (a picture of 262,144 pixels is 334) and
     * 512 drawn ones; 1,500 tokens drawn a second and GPU over the whole batch; 40 % of the peak in
     * passes; 6 FLOP a parameter and token for a step, a third more for recomputed activations, 2
     * more for the old log-probabilities. A step with n tokens takes n x 8.3e9 x 10 / (0.4 x
     * 989e12) seconds.
     */
    public static final Rates QWEN_7B_GPU =
        new Rates(
            "qwen2.5-vl-7b, reckoned for one GPU of 989 bfloat16 TFLOP/s: 40 % of it in passes, 1,500"
                + " drawn tokens a second, 500 prompt and 512 drawn tokens a completion, all"
                + " weights trained",
            pass(1012, 8), 512 / 1500.0 + pass(1012, 10), 512 / 1500.0);

    /** Nobody has said how large the folder's model is; it is reckoned as the one above. */
    public static final Rates FOLDER_AS_QWEN_7B =
        new Rates(
            "a model from a folder, reckoned as if it were " + QWEN_7B_GPU.name(),
            QWEN_7B_GPU.fittedExample(),
            QWEN_7B_GPU.rolledOutCompletion(),
            QWEN_7B_GPU.evaluatedCompletion());

    private static double pass(int tokens, int flopEach) {
      return tokens * 8.3e9 * flopEach / (0.4 * 989e12);
    }

    /** The rates of a model. */
    public static Rates of(ModelKind model) {
      return switch (model) {
        case TINY_VL -> TINY_VL_TWO_CORES;
        case QWEN_2_5_VL_7B -> QWEN_7B_GPU;
        case FOLDER -> FOLDER_AS_QWEN_7B;
      };
    }

    double seconds(Work work) {
      return work.fittedExamples() * fittedExample
          + work.rolledOutCompletions() * rolledOutCompletion
          + work.evaluatedCompletions() * evaluatedCompletion;
    }
  }

  public static PlanEstimate of(ExperimentPlan plan, Rates rates) {
    return new PlanEstimate(
        rates.name(),
        plan.stages().stream()
            .map(stage -> new StageEstimate(stage.target(), rates.seconds(stage.work())))
            .toList());
  }

  public double totalSeconds() {
    return stages.stream().mapToDouble(StageEstimate::seconds).sum();
  }
}
