package dev.sightline.worker.cli.experiment;

import dev.sightline.worker.cli.view.ExperimentView;

/** Where a watched experiment is shown. */
public interface Display extends AutoCloseable {
  /**
   * Shows where the experiment stands.
   *
   * @param timeLeft words such as {@code about 2 min left}
   * @param at seconds of the watcher's clock
   */
  void show(ExperimentView view, String timeLeft, double at);

  /** A remark between two views. */
  void say(String text);

  @Override
  void close();
}
