package dev.sightline.workflow;

/**
 * What a workflow is doing: the value of the search attribute SightlineState (by {@link #label}).
 */
public enum StageState {
  RUNNING("Running"),
  PAUSED("Paused"),
  WAITING_FOR_POLICY("WaitingForPolicy"),
  WAITING_FOR_STAGE("WaitingForStage"),
  WAITING_FOR_OPERATOR("WaitingForOperator"),
  DONE("Done"),
  SKIPPED("Skipped"),
  ABORTED("Aborted"),
  FAILED("Failed");

  private final String label;

  StageState(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
