package dev.sightline.worker.cli;

import dev.sightline.worker.cli.experiment.Watcher;
import dev.sightline.worker.cli.view.ExperimentView;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a followed experiment ended, in words and as an exit status. */
final class Endings {
  private Endings() {}

  /** Says it, and answers the exit status. */
  static int say(Output output, String experiment, Watcher.Ending ending) {
    return switch (ending.end()) {
      case COMPLETED -> {
        output.line(experiment + " is done; its report: sightline report " + experiment);
        yield ExitStatus.DONE;
      }
      case FAILED, INTERRUPTED -> {
        output.problem(ending.message());
        yield ExitStatus.FAILED;
      }
      case WAITING_FOR_OPERATOR -> {
        output.problem(experiment + " waits for an operator: " + ending.message());
        output.problem("when the cause is gone: sightline retry " + experiment);
        yield ExitStatus.WAITING_FOR_OPERATOR;
      }
    };
  }

  @SuppressWarnings("NullAway") // an experiment that was never seen is JSON's null
  static Map<String, Object> tree(Watcher.Ending ending) {
    @Nullable ExperimentView view = ending.view();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("end", ending.end());
    tree.put("message", ending.message());
    tree.put("status", view);
    return tree;
  }
}
