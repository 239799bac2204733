package dev.sightline.workflow.internal.command;

import dev.sightline.workflow.StageState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What decides whether a command is legal.
 *
 * @param self stage path of the workflow itself, which a command may name as its target
 * @param state what the workflow does now
 * @param paused whether an operator paused it; it may still be on the way to a safe point
 * @param ending whether it was aborted or skipped already
 * @param skippable whether the workflow itself serves one arm and can be skipped
 * @param seen ids of commands that took effect
 * @param targets the stages that it drives, by path in plan order; empty for a single stage
 */
public record CommandContext(
    String self,
    StageState state,
    boolean paused,
    boolean ending,
    boolean skippable,
    List<String> seen,
    Map<String, Target> targets) {
  public CommandContext {
    seen = List.copyOf(seen);
    targets = Collections.unmodifiableMap(new LinkedHashMap<>(targets));
  }

  /** Whether the work is over, and only its end is still being written. */
  public boolean ended() {
    return switch (state) {
      case DONE, SKIPPED, ABORTED, FAILED -> true;
      case RUNNING, PAUSED, WAITING_FOR_POLICY, WAITING_FOR_STAGE, WAITING_FOR_OPERATOR -> false;
    };
  }

  /**
   * A stage that can be named.
   *
   * @param progress where it stands
   * @param arm whether it serves one arm, so that the experiment can do without it
   */
  public record Target(Standing progress, boolean arm) {}

  /** Where a driven stage stands. */
  public enum Standing {
    PENDING,
    RUNNING,
    PAUSED,
    FAILED,
    DONE,
    SKIPPED;

    public boolean ended() {
      return this == DONE || this == SKIPPED;
    }

    public boolean running() {
      return this == RUNNING || this == PAUSED;
    }
  }
}
