package dev.sightline.triton.policy;

/** How an attempt to bring the policy model back ended. */
public sealed interface RecoveryOutcome {
  /** This caller reloaded the model. */
  record Reloaded(String incarnation) implements RecoveryOutcome {}

  /** Someone else had reloaded it already. */
  record AlreadyReplaced(String incarnation) implements RecoveryOutcome {}

  /** The incarnation answers: nothing was done. */
  record Healthy(String incarnation) implements RecoveryOutcome {}

  /** Someone else is at it: wait and ask again. */
  record InOtherHands() implements RecoveryOutcome {}
}
