package dev.sightline.activity.policy;

import dev.sightline.storage.StepLedger;
import java.util.function.Supplier;

/** The batches that the ledger's steps were made of. */
public interface StepBatches {
  /**
   * The bytes of a planned or committed step's batch.
   *
   * @param policy of the step's run, where it must be asked to make one again
   * @throws dev.sightline.foundation.SightlineException ARTIFACT_MISSING or ARTIFACT_CORRUPT where
   *     the batch is lost and cannot be made again
   */
  byte[] of(StepLedger.Step step, Supplier<PolicySession> policy);
}
