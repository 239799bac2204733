package dev.sightline.workflow.internal.operation;

import io.temporal.workflow.Workflow;

/**
 * Names of changes that alter the commands of a workflow, for {@code Workflow.getVersion}. Listed
 * in the module's README with the histories that they tell apart; a name is never used again.
 *
 * <p>Each is asked once an execution and the answer kept: of a history without the change, a second
 * question behind its end is answered as if it were new.
 */
public final class ChangeIds {
  /** A training run admits its experiment in its first history only. */
  public static final String ADMIT_ONCE = "admit-once";

  /** A step is scored by the activity that applies it. */
  public static final String SCORES_IN_APPLY = "scores-in-apply";

  /** A step is sampled by the activity that applies it, and scored too. */
  public static final String SAMPLES_IN_APPLY = "samples-in-apply";

  /** Workflows look at what is spent; histories without it look at no budget. */
  static final String BUDGETS = "budgets";

  /** An ablation reads its details a last time when everything else is written. */
  public static final String LAST_DETAILS = "last-details";

  /** A paused or exhausted ablation attaches again to what it began before it was continued. */
  public static final String ATTACHES_FIRST = "attaches-first";

  /** A workflow that ends gives back a place in a queue, and a lease that it had kept, too. */
  static final String CLAIMS_GIVEN_BACK = "claims-given-back";

  private ChangeIds() {}

  /** Asks for a change; its first version is the only one. */
  public static boolean isNew(String change) {
    return Workflow.getVersion(change, Workflow.DEFAULT_VERSION, 1) >= 1;
  }
}
