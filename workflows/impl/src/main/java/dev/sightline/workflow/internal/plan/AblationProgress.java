package dev.sightline.workflow.internal.plan;

import dev.sightline.workflow.StageState;
import dev.sightline.workflow.activity.PlannedStage;
import dev.sightline.workflow.activity.StageKind;
import dev.sightline.workflow.internal.command.CommandContext.Standing;
import dev.sightline.workflow.internal.command.CommandContext.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the stages of an ablation stand, and which may start. Groups run one after another; within
 * a group, stages run side by side. Holds no clock and no Temporal.
 */
public final class AblationProgress {
  /** One stage with what is known of it. */
  public static final class Entry {
    private final PlannedStage stage;
    private Standing standing = Standing.PENDING;
    private @Nullable String workflowId;
    private @Nullable String message;
    private String reference = "";
    private boolean begunBefore;
    private boolean pausedBefore;

    private Entry(PlannedStage stage) {
      this.stage = stage;
    }

    public PlannedStage stage() {
      return stage;
    }

    public Standing standing() {
      return standing;
    }

    public @Nullable String workflowId() {
      return workflowId;
    }

    public @Nullable String message() {
      return message;
    }

    public String reference() {
      return reference;
    }
  }

  private List<List<PlannedStage>> groups;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  /**
   * @param carried states from before a continue-as-new, by target; those that ran are to be
   *     started again, which attaches to them
   */
  public AblationProgress(List<List<PlannedStage>> groups, Map<String, StageState> carried) {
    this.groups = groups.stream().map(List::copyOf).toList();
    for (List<PlannedStage> group : this.groups) {
      for (PlannedStage stage : group) {
        if (entries.putIfAbsent(stage.target(), new Entry(stage)) != null) {
          throw new IllegalArgumentException("the plan names " + stage.target() + " twice");
        }
      }
    }
    carried.forEach(
        (target, state) -> {
          Entry entry = entries.get(target);
          if (entry != null) {
            entry.standing = restored(state);
            entry.begunBefore = entry.standing == Standing.PENDING;
            entry.pausedBefore = state == StageState.PAUSED;
          }
        });
  }

  /**
   * Goes on with a longer plan, as a rung's decision gives it.
   *
   * @throws IllegalArgumentException when it is no continuation of the plan so far
   */
  public void extend(List<List<PlannedStage>> longer) {
    if (longer.size() < groups.size() || !longer.subList(0, groups.size()).equals(groups)) {
      throw new IllegalArgumentException("the longer plan begins otherwise than the one before");
    }
    groups = longer.stream().map(List::copyOf).toList();
    for (List<PlannedStage> group : groups) {
      for (PlannedStage stage : group) {
        entries.putIfAbsent(stage.target(), new Entry(stage));
      }
    }
  }

  private static Standing restored(StageState state) {
    return switch (state) {
      case DONE -> Standing.DONE;
      case SKIPPED -> Standing.SKIPPED;
      case WAITING_FOR_OPERATOR, FAILED, ABORTED -> Standing.FAILED;
      case RUNNING, PAUSED, WAITING_FOR_POLICY, WAITING_FOR_STAGE -> Standing.PENDING;
    };
  }

  /** Stages that ran before a continue-as-new and are not attached to yet. */
  public List<PlannedStage> begunBefore() {
    return entries.values().stream()
        .filter(entry -> entry.begunBefore && entry.standing == Standing.PENDING)
        .map(Entry::stage)
        .toList();
  }

  /** Stages that may start now, in plan order. */
  public List<PlannedStage> ready() {
    for (List<PlannedStage> group : groups) {
      if (group.stream().anyMatch(stage -> !entry(stage.target()).standing.ended())) {
        return group.stream()
            .filter(stage -> entry(stage.target()).standing == Standing.PENDING)
            .toList();
      }
    }
    return List.of();
  }

  public void running(String target, String workflowId, @Nullable String message) {
    Entry entry = entry(target);
    if (entry.standing != Standing.PAUSED) {
      entry.standing = entry.pausedBefore ? Standing.PAUSED : Standing.RUNNING;
    }
    entry.pausedBefore = false;
    entry.workflowId = workflowId;
    entry.message = message;
  }

  /** Notes that a running stage was asked to pause or to go on. */
  public void paused(String target, boolean paused) {
    Entry entry = entry(target);
    if (entry.standing.running()) {
      entry.standing = paused ? Standing.PAUSED : Standing.RUNNING;
    }
  }

  public void done(String target, String reference) {
    Entry entry = entry(target);
    entry.standing = Standing.DONE;
    entry.reference = reference;
    entry.message = null;
  }

  public void failed(String target, String message) {
    Entry entry = entry(target);
    entry.standing = Standing.FAILED;
    entry.message = message;
  }

  /** Lets a failed stage start again. */
  public void again(String target) {
    Entry entry = entry(target);
    if (entry.standing == Standing.FAILED) {
      entry.standing = Standing.PENDING;
      entry.message = null;
    }
  }

  /** Skips a stage, and every later one of the same arm and seed, which could only fail. */
  public void skip(String target, String message) {
    PlannedStage skipped = entry(target).stage;
    boolean after = false;
    for (Entry entry : entries.values()) {
      after = after || entry.stage.target().equals(target);
      boolean needs =
          skipped.kind() == StageKind.TRAINING
              && after
              && Objects.equals(entry.stage.arm(), skipped.arm())
              && Objects.equals(entry.stage.seed(), skipped.seed());
      if ((needs || entry.stage.target().equals(target)) && !entry.standing.ended()) {
        entry.standing = Standing.SKIPPED;
        entry.message = message;
      }
    }
  }

  public boolean finished() {
    return entries.values().stream().allMatch(entry -> entry.standing.ended());
  }

  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  public List<Entry> running() {
    return entries.values().stream().filter(entry -> entry.standing.running()).toList();
  }

  public List<Entry> failed() {
    return entries.values().stream().filter(entry -> entry.standing == Standing.FAILED).toList();
  }

  public List<String> skipped() {
    return entries.values().stream()
        .filter(entry -> entry.standing == Standing.SKIPPED)
        .map(entry -> entry.stage.target())
        .toList();
  }

  /** What an operator may name. */
  public Map<String, Target> targets() {
    Map<String, Target> targets = new LinkedHashMap<>();
    entries.forEach(
        (target, entry) ->
            targets.put(
                target,
                new Target(
                    entry.standing,
                    entry.stage.kind() == StageKind.TRAINING
                        || entry.stage.kind() == StageKind.EVALUATION)));
    return targets;
  }

  /** The states to carry over a continue-as-new; stages not started are left out. */
  public Map<String, StageState> states() {
    Map<String, StageState> states = new LinkedHashMap<>();
    entries.forEach(
        (target, entry) -> {
          if (entry.standing != Standing.PENDING) {
            states.put(target, state(entry.standing));
          }
        });
    return states;
  }

  /** A standing in the words that people read. */
  public static StageState state(Standing standing) {
    return switch (standing) {
      case PENDING -> StageState.WAITING_FOR_STAGE;
      case RUNNING -> StageState.RUNNING;
      case PAUSED -> StageState.PAUSED;
      case FAILED -> StageState.WAITING_FOR_OPERATOR;
      case DONE -> StageState.DONE;
      case SKIPPED -> StageState.SKIPPED;
    };
  }

  public Entry entry(String target) {
    Entry entry = entries.get(target);
    if (entry == null) {
      throw new NoSuchElementException("the plan has no stage " + target);
    }
    return entry;
  }
}
