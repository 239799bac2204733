package dev.sightline.worker.cli.view;

import dev.sightline.storage.ExperimentStore;
import dev.sightline.storage.RunStore;
import dev.sightline.worker.cli.view.StageView.Standing;
import java.util.List;

/** Experiments to show. */
public final class Views {
  private Views() {}

  /** A run of one arm at a step, of 40 in 4 rounds. */
  public static RunView run(String arm, RunStore.State state, int step) {
    return new RunView(
        "demo-0123456789ab/" + arm + "/1",
        "train/" + arm + "/1",
        arm,
        1,
        state,
        state == RunStore.State.WAITING_FOR_OPERATOR ? "POLICY_UNAVAILABLE: no answer" : null,
        step,
        40,
        step / 10,
        4,
        step == 0 ? null : 0.5,
        step == 0 ? null : -0.0001,
        step < 10 ? null : 0.71,
        step < 10 ? null : 0.9375,
        false,
        state == RunStore.State.RUNNING ? "holds policy" : "");
  }

  /** An experiment of a data set, one run each for the arms that are given, and a report. */
  public static ExperimentView experiment(ExperimentStore.State state, RunView... runs) {
    List<StageView> training =
        List.of(runs).stream()
            .map(
                run ->
                    new StageView(
                        run.target(),
                        run.over() ? Standing.DONE : Standing.RUNNING,
                        60,
                        60 * (1 - run.share())))
            .toList();
    List<StageView> stages = new java.util.ArrayList<>();
    stages.add(new StageView("dataset", Standing.DONE, 0, 0));
    stages.addAll(training);
    stages.add(new StageView("report", Standing.PENDING, 0, 0));
    return new ExperimentView(
        "demo-0123456789ab",
        "Does it show?",
        state,
        "train/only_accuracy/1",
        null,
        false,
        stages,
        List.of(runs),
        List.of());
  }
}
