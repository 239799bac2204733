package dev.sightline.worker.cli.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Progress for places that cannot be redrawn: one line for each thing that changed. */
public final class ProgressLine {
  private ProgressLine() {}

  /** Which changes are worth a line now. */
  public enum Detail {
    /** Stages and states; steps wait for their turn. */
    STATES,
    /** Steps too. */
    STEPS
  }

  /**
   * @param before what was shown last, null at first
   * @param timeLeft words such as {@code about 2 min left}
   */
  public static List<String> changes(
      @Nullable ExperimentView before, ExperimentView now, String timeLeft, Detail detail) {
    List<String> lines = new ArrayList<>();
    Map<String, RunView> runs =
        before == null
            ? Map.of()
            : before.runs().stream().collect(Collectors.toMap(RunView::id, Function.identity()));
    Map<String, StageView> stages =
        before == null
            ? Map.of()
            : before.stages().stream()
                .collect(Collectors.toMap(StageView::target, Function.identity()));
    if (before == null || before.state() != now.state()) {
      lines.add(
          line("experiment", Words.of(now.state()), now.reason() == null ? "" : now.reason()));
    }
    for (StageView stage : now.stages()) {
      @Nullable RunView run =
          now.runs().stream()
              .filter(each -> each.target().equals(stage.target()))
              .findFirst()
              .orElse(null);
      if (run != null) {
        lines.addAll(runChange(runs.get(run.id()), run, timeLeft, detail));
      } else if (stage.standing() != StageView.Standing.PENDING) {
        @Nullable StageView old = stages.get(stage.target());
        if (old == null || old.standing() != stage.standing()) {
          lines.add(line(stage.target(), Words.of(stage.standing()), ""));
        }
      }
    }
    return lines.stream().map(line -> Columns.cut(line, Columns.WIDTH)).toList();
  }

  private static List<String> runChange(
      @Nullable RunView old, RunView run, String timeLeft, Detail detail) {
    if (old == null || old.state() != run.state()) {
      return List.of(stateLine(run, timeLeft));
    }
    return detail == Detail.STEPS && old.step() != run.step()
        ? List.of(stepLine(run, timeLeft))
        : List.of();
  }

  private static String stateLine(RunView run, String timeLeft) {
    return switch (run.state()) {
      case RUNNING -> stepLine(run, timeLeft);
      case COMPLETED -> line(run.label(), "done", join(steps(run), run.measure(), run.dev()));
      case CREATED, PAUSED, WAITING_FOR_POLICY, WAITING_FOR_OPERATOR, FAILED, SKIPPED, STOPPED ->
          line(run.label(), Words.of(run.state()), run.reason() == null ? "" : run.reason());
    };
  }

  /** Arm, step, reward, dev numbers, time left. */
  static String stepLine(RunView run, String timeLeft) {
    return line(run.label(), steps(run), join(run.measure(), run.dev(), timeLeft));
  }

  private static String steps(RunView run) {
    return String.format(Locale.ROOT, "step %d/%d", run.step(), run.steps());
  }

  private static String join(String... parts) {
    return List.of(parts).stream()
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining("  "));
  }

  private static String line(String what, String how, String more) {
    return String.format(Locale.ROOT, "%-28s  %-14s  %s", what, how, more).stripTrailing();
  }
}
