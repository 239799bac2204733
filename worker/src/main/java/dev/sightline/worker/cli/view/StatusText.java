package dev.sightline.worker.cli.view;

import dev.sightline.spec.BudgetKind;
import dev.sightline.storage.ExperimentStore;
import dev.sightline.workflow.Progress;
import dev.sightline.workflow.client.Runbook;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One experiment, or all, as lines of at most 100 columns. */
public final class StatusText {
  private static final int BAR = 20;

  private StatusText() {}

  /** A line for each experiment, the newest first. */
  public static List<String> list(List<ExperimentStore.Experiment> experiments) {
    Columns table = new Columns("llll");
    table.row("experiment", "state", "stage", "changed (UTC)");
    for (ExperimentStore.Experiment experiment : experiments) {
      table.row(
          experiment.id(),
          Words.of(experiment.state()),
          experiment.stage(),
          DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
              .format(
                  experiment.updatedAt().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC)));
    }
    return table.lines("");
  }

  /**
   * Everything about one experiment.
   *
   * @param timeLeft words, empty for none
   */
  public static List<String> one(ExperimentView view, String timeLeft) {
    List<String> lines = new ArrayList<>(head(view, timeLeft));
    lines.addAll(spent(view));
    lines.add("");
    Columns stages = new Columns("ll");
    for (StageView stage : view.stages()) {
      stages.row(stage.target(), Words.of(stage.standing()));
    }
    lines.addAll(stages.lines("  "));
    if (!view.runs().isEmpty()) {
      lines.add("");
      lines.addAll(runs(view));
    }
    lines.addAll(waiting(view));
    return lines;
  }

  /** What is redrawn while it runs: short, so that it fits a small terminal. */
  public static List<String> live(ExperimentView view, String timeLeft) {
    List<String> lines = new ArrayList<>(head(view, timeLeft));
    if (!view.runs().isEmpty()) {
      lines.add("");
      lines.addAll(runs(view));
    }
    lines.addAll(waiting(view));
    return lines;
  }

  private static List<String> head(ExperimentView view, String timeLeft) {
    List<String> lines = new ArrayList<>();
    lines.add(Columns.cut(view.id() + "  " + view.title(), Columns.WIDTH).stripTrailing());
    double all = view.stages().stream().mapToDouble(StageView::seconds).sum();
    double share = all <= 0 ? 0 : 1 - view.estimatedLeft() / all;
    String bar = "#".repeat((int) (BAR * share)) + ".".repeat(BAR - (int) (BAR * share));
    String state =
        "["
            + bar
            + "]  "
            + Words.of(view.state())
            + "  "
            + (view.over() ? "" : view.stage() + "  ")
            + view.stagesDone()
            + "/"
            + view.stages().size()
            + " stages"
            + (view.over() || timeLeft.isEmpty() ? "" : "  " + timeLeft);
    lines.add(Columns.cut(state, Columns.WIDTH));
    if (view.reason() != null) {
      lines.addAll(Columns.wrap("  ", view.reason()));
    }
    return lines;
  }

  /** What is not 0; time that only passed, where it is limited. */
  private static List<String> spent(ExperimentView view) {
    String text =
        view.budgets().stream()
            .filter(line -> line.spent() > 0)
            .filter(
                line ->
                    line.limit() != null || !BudgetKind.WALL_SECONDS.wire().equals(line.budget()))
            .map(StatusText::spent)
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? List.of() : Columns.wrap("  ", "spent: " + text);
  }

  private static String spent(Progress.BudgetLine line) {
    String spent = String.format(Locale.ROOT, "%s %.0f", line.budget(), line.spent());
    Double limit = line.limit();
    return limit == null
        ? spent
        : spent
            + String.format(Locale.ROOT, " of %.0f (%.0f %%)", limit, 100 * line.spent() / limit);
  }

  private static List<String> runs(ExperimentView view) {
    Columns table = new Columns("lrrrrrrll");
    table.row("run", "step", "round", "reward", "loss", "dev A", "dev P", "state", "policy");
    for (RunView run : view.runs()) {
      table.row(
          run.label(),
          run.step() + "/" + run.steps(),
          Math.min(run.round() + 1, run.rounds()) + "/" + run.rounds(),
          Words.rate(run.reward()),
          Words.rate(run.loss()),
          Words.rate(run.accuracy()),
          Words.rate(run.perception()),
          Words.of(run.state()) + (run.tested() ? ", tested" : ""),
          run.lease());
    }
    return table.lines("  ");
  }

  private static List<String> waiting(ExperimentView view) {
    List<String> lines = new ArrayList<>();
    if (!view.waiting().isEmpty()) {
      lines.add("");
      lines.add("Waiting for an operator:");
      for (String line : view.waiting()) {
        lines.addAll(Columns.wrap("  ", line));
        Runbook.row(line).ifPresent(row -> lines.add("  what it means: " + row));
      }
      lines.add("  when the cause is gone: sightline retry " + view.id());
    }
    return lines;
  }
}
