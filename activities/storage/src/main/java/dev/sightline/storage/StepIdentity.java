package dev.sightline.storage;

/** The identity of one optimizer step; it enters the lineage. */
public record StepIdentity(String run, int branch, int round, int step) {
  public StepIdentity {
    if (run.isBlank() || branch < 0 || round < 0 || step < 0) {
      throw new IllegalArgumentException(
          "a step needs a run and numbers from 0: %s/%d/%d/%d".formatted(run, branch, round, step));
    }
  }

  @Override
  public String toString() {
    return "%s branch %d round %d step %d".formatted(run, branch, round, step);
  }
}
