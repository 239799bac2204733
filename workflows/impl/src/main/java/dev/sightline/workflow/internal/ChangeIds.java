package dev.sightline.workflow.internal;

/**
 * Names of changes that alter the commands of a workflow, for {@code Workflow.getVersion}. Listed
 * in the module's README with the histories that they tell apart; a name is never used again.
 */
final class ChangeIds {
  /** A training run admits its experiment in its first history only. */
  static final String ADMIT_ONCE = "admit-once";

  private ChangeIds() {}
}
