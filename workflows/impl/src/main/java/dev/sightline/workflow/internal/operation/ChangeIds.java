package dev.sightline.workflow.internal.operation;

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

  private ChangeIds() {}
}
