package dev.sightline.triton.policy;

/** Decides who reloads a model: two recoveries at once would unload each other's work. */
public interface RecoveryGate {
  /**
   * Whether this caller may reload the server whose model had this incarnation. True for one caller
   * at a time; true again after {@link #done}, for the new incarnation, and after an
   * implementation's own time limit, for a holder that died.
   */
  boolean begin(String incarnationSeen);

  /** The model is loaded again, under this incarnation. */
  void done(String newIncarnation);
}
