package dev.sightline.worker.cli.experiment;

import dev.sightline.spec.Ids;
import dev.sightline.storage.EvaluationStore;
import dev.sightline.storage.ExperimentStore;
import dev.sightline.storage.RunStore;
import dev.sightline.worker.cli.view.RunView;
import dev.sightline.worker.cli.view.StageView;
import dev.sightline.worker.cli.view.StageView.Standing;
import dev.sightline.workflow.activity.PlannedStage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far a stage of the stored plan is, by what is published. Pure. */
final class StageProgress {
  private static final String BASELINE = "baseline";

  private StageProgress() {}

  static StageView view(PlannedStage stage, ExperimentReader.Rows rows, double seconds) {
    double share = share(stage, rows);
    return new StageView(
        stage.target(), standing(stage, rows, share), seconds, seconds * (1 - share));
  }

  static boolean trains(PlannedStage stage) {
    return switch (stage.kind()) {
      case WARM_START, TRAINING -> true;
      case DATASET, EVALUATION, RUNG, REPORT -> false;
    };
  }

  /** The run that a stage makes or reads; an id that no run has when there is none. */
  static String runOf(PlannedStage stage, String experiment) {
    String arm = stage.arm();
    Long seed = stage.seed();
    if (arm == null || seed == null) {
      return "";
    }
    return Ids.runId(experiment, arm.equals(BASELINE) ? Ids.WARM_START : arm, seed);
  }

  private static double share(PlannedStage stage, ExperimentReader.Rows rows) {
    if (rows.experiment().state() == ExperimentStore.State.COMPLETED) {
      return 1;
    }
    @Nullable RunView run = rows.runs().get(runOf(stage, rows.experiment().id()));
    return switch (stage.kind()) {
      case DATASET -> rows.dataset() ? 1 : 0;
      case WARM_START, TRAINING -> run == null ? 0 : run.share();
      case EVALUATION -> leftOut(run) || tested(stage, rows) ? 1 : 0;
      case RUNG -> stage.target().equals(rows.undecided()) ? 0 : 1;
      case REPORT -> rows.experiment().reportDigest() != null ? 1 : 0;
    };
  }

  private static Standing standing(PlannedStage stage, ExperimentReader.Rows rows, double share) {
    @Nullable RunView run = rows.runs().get(runOf(stage, rows.experiment().id()));
    if (restsBehind(stage, run)) {
      return Standing.DONE;
    }
    if (leftOut(run)) {
      return Standing.ENDED_EARLY;
    }
    if (trains(stage)) {
      return run == null ? Standing.PENDING : run.over() ? Standing.DONE : Standing.RUNNING;
    }
    if (share >= 1) {
      return Standing.DONE;
    }
    return rows.experiment().stage().equals(stage.target()) ? Standing.RUNNING : Standing.PENDING;
  }

  /** A run that rests at a rung is stopped, and this part of it done. */
  private static boolean restsBehind(PlannedStage stage, @Nullable RunView run) {
    Long until = stage.untilStep();
    return until != null && run != null && run.step() >= until;
  }

  private static boolean leftOut(@Nullable RunView run) {
    return run != null
        && switch (run.state()) {
          case SKIPPED, STOPPED, FAILED -> true;
          case CREATED, RUNNING, PAUSED, WAITING_FOR_POLICY, WAITING_FOR_OPERATOR, COMPLETED ->
              false;
        };
  }

  private static boolean tested(PlannedStage stage, ExperimentReader.Rows rows) {
    List<EvaluationStore.Evaluation> published =
        rows.evaluations().getOrDefault(runOf(stage, rows.experiment().id()), List.of());
    // Freshly initialised weights belong to no run; that arms train shows that they were evaluated.
    boolean unowned = BASELINE.equals(stage.arm()) && rows.spec().warmStart() == null;
    if (unowned) {
      return rows.runs().values().stream().anyMatch(run -> run.state() != RunStore.State.CREATED);
    }
    return published.stream()
        .anyMatch(
            row ->
                row.state() == EvaluationStore.State.PUBLISHED
                    && row.spec().path("split").asText().equals("test")
                    && row.spec().path("template").asText().equals(stage.template()));
  }
}
