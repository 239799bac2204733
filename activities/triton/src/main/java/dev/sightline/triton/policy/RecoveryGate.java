package dev.sightline.triton.policy;

import org.jspecify.annotations.Nullable;

/** Decides who reloads a model: two recoveries at once would unload each other's work. */
public interface RecoveryGate {
  /**
   * Whether this caller may reload the server whose model had this incarnation. True for one caller
   * at a time; true again after {@link #done}, for the new incarnation, and after an
   * implementation's own time limit, for a holder that died or gave up.
   *
   * @param incarnationSeen null when no incarnation was ever seen
   */
  boolean begin(@Nullable String incarnationSeen);

  /** The model is loaded again, under this incarnation. */
  void done(String newIncarnation);
}
