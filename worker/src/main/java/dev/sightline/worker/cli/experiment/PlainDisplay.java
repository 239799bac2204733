package dev.sightline.worker.cli.experiment;

import dev.sightline.worker.cli.view.ExperimentView;
import dev.sightline.worker.cli.view.ProgressLine;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lines for logs and pipes: changes of state at once, steps at most every few seconds. */
public final class PlainDisplay implements Display {
  private static final double STEPS_EVERY_SECONDS = 5;

  private final Consumer<String> out;
  private @Nullable ExperimentView before;
  private double stepsAt = Double.NEGATIVE_INFINITY;

  public PlainDisplay(Consumer<String> out) {
    this.out = out;
  }

  @Override
  public void show(ExperimentView view, String timeLeft, double at) {
    boolean steps = at - stepsAt >= STEPS_EVERY_SECONDS;
    ProgressLine.changes(
            before, view, timeLeft, steps ? ProgressLine.Detail.STEPS : ProgressLine.Detail.STATES)
        .forEach(out);
    if (steps) {
      stepsAt = at;
      before = view;
    } else {
      // Steps that were not told yet must still count as changes at the next turn.
      before = before == null ? view : view.withSteps(before);
    }
  }

  @Override
  public void say(String text) {
    out.accept(text);
  }

  @Override
  public void close() {}
}
