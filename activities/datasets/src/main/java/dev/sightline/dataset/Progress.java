package dev.sightline.dataset;

/** Told how far long work has come; called often, from several threads. */
@FunctionalInterface
public interface Progress {
  /** Tells nobody. */
  Progress NONE = (stage, done, total) -> {};

  /**
   * @param stage words such as "making items"
   * @param total 0 where it is not known
   */
  void report(String stage, long done, long total);
}
