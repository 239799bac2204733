package dev.sightline.worker.cli.view;

/**
 * One planned stage.
 *
 * @param target its path
 * @param standing how far it is
 * @param seconds what it was estimated to take in all
 * @param left what is left of that
 */
public record StageView(String target, Standing standing, double seconds, double left) {
  /** How far a stage is. */
  public enum Standing {
    PENDING,
    RUNNING,
    DONE,
    ENDED_EARLY
  }
}
