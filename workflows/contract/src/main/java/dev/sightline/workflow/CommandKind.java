package dev.sightline.workflow;

/** The six things an operator can do; the wire name is that of the update and of the signal. */
public enum CommandKind {
  PAUSE("pause"),
  RESUME("resume"),
  RETRY_STAGE("retryStage"),
  SKIP_ARM("skipArm"),
  EXTEND_BUDGET("extendBudget"),
  ABORT("abort");

  private final String wireName;

  CommandKind(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
