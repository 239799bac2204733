package dev.sightline.triton.policy;

/** What a job does, with its wire name. */
public enum JobKind {
  ROLLOUT("rollout"),
  SCORE("score"),
  TRAIN("train"),
  FIT("fit"),
  CHECKPOINT("checkpoint"),
  RESTORE("restore"),
  RESET("reset"),
  EXPORT("export");

  private final String wireName;

  JobKind(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
