package dev.sightline.spec;

import dev.sightline.foundation.Digest;
import java.util.Optional;

/** Names of experiments and of the workflows that serve them (design, section 3). */
public final class Ids {
  /** Stands where a run's arm stands; no arm can have this name. */
  public static final String WARM_START = "warm-start";

  private static final String RUN = "run/";

  private Ids() {}

  /** {@code <name>-<first 12 hex of the spec digest>}. */
  public static String experiment(String name, Digest specDigest) {
    return name + "-" + specDigest.shortForm();
  }

  public static String ablation(String experiment) {
    return "ablation/" + experiment;
  }

  public static String dataset(Digest datasetDigest) {
    return "dataset/" + datasetDigest.hex();
  }

  public static String run(String experiment, String arm, long seed) {
    return RUN + runId(experiment, arm, seed);
  }

  /** The run that a workflow trains; empty for other workflows. */
  public static Optional<String> runOf(String workflow) {
    return workflow.startsWith(RUN)
        ? Optional.of(workflow.substring(RUN.length()))
        : Optional.empty();
  }

  /** The warm start's run; its seed is the policy's. */
  public static String warmStart(String experiment, long policySeed) {
    return run(experiment, WARM_START, policySeed);
  }

  public static String evaluation(Digest evaluationDigest) {
    return "evaluation/" + evaluationDigest.hex();
  }

  /** A run's name in tables and on the policy server: the workflow id without its type. */
  public static String runId(String experiment, String arm, long seed) {
    return experiment + "/" + arm + "/" + seed;
  }
}
