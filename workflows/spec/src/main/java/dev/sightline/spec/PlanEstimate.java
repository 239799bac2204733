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
