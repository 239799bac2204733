package dev.sightline.triton.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which optimizer step this is; the same identity with another batch is a STEP_CONFLICT. */
public record StepIdentity(String run, int branch, int round, int step) {
  public StepIdentity {
    if (run.isBlank()) {
      throw new IllegalArgumentException("a step's run id is blank");
    }
    if (branch < 0 || round < 0 || step < 0) {
      throw new IllegalArgumentException(
          "branch, round and step are counted from 0, not %d, %d, %d"
              .formatted(branch, round, step));
    }
  }

  Map<String, @Nullable Object> toTree() {
    return Trees.of("run", run, "branch", branch, "round", round, "step", step);
  }

  static StepIdentity read(JsonFields fields) {
    return new StepIdentity(
        fields.text("run"), fields.whole("branch"), fields.whole("round"), fields.whole("step"));
  }
}
