package dev.sightline.activity.training;

import dev.sightline.activity.policy.PolicySession;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.ArtifactStore;
import dev.sightline.storage.InterruptionStore;
import dev.sightline.triton.policy.JobStatus;
import dev.sightline.triton.policy.ProgressListener;
import dev.sightline.triton.policy.RolloutPayload;
import dev.sightline.triton.policy.RolloutResult;
import dev.sightline.workflow.activity.StepRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws of completions, each with its row from before it begins: a draw that a dead policy server
 * took with it is known, and as much of its lengths as was seen.
 */
final class Draws {
  private static final Logger LOG = LoggerFactory.getLogger(Draws.class);

  /** How often a look is stored: whoever dies together with the server knows no more. */
  private static final Duration STORE_EVERY = Duration.ofSeconds(5);

  private final InterruptionStore interruptions;
  private final ArtifactStore artifacts;

  Draws(InterruptionStore interruptions, ArtifactStore artifacts) {
    this.interruptions = interruptions;
    this.artifacts = artifacts;
  }

  /**
   * Draws, or adopts the draw that an earlier attempt began.
   *
   * @param key of the policy's job
   * @param wave 0 for the step's own draw
   * @return where the completions are stored
   */
  Digest of(
      PolicySession session, StepRequest request, String key, int wave, RolloutPayload payload) {
    Watch watch = new Watch(session, request, wave, payload.prompts().size() * payload.samples());
    try {
      byte[] result = session.run(key, payload, new Digest(request.lineage()), watch);
      Digest stored = artifacts.put(result);
      interruptions.drawn(watch.identity(), RolloutResult.lengths(result), stored, session.token());
      watch.came = true;
      return stored;
    } finally {
      watch.end();
    }
  }

  /** One attempt's eye on a draw. */
  private final class Watch implements ProgressListener {
    private final PolicySession session;
    private final StepRequest request;
    private final int wave;
    private final int samples;
    private InterruptionStore.@Nullable DrawIdentity begun;
    private InterruptionStore.@Nullable Look last;
    private long storedAt = System.nanoTime();
    private boolean came;

    Watch(PolicySession session, StepRequest request, int wave, int samples) {
      this.session = session;
      this.request = request;
      this.wave = wave;
      this.samples = samples;
    }

    @Override
    public void onProgress(JobStatus status) {
      if (status.incarnation() == null) {
        return;
      }
      if (begun == null) {
        begun = identity();
        interruptions.drawing(begun, samples, session.token());
      }
      JobStatus.Sampled sampled = status.sampled();
      if (sampled == null) {
        return;
      }
      last = new InterruptionStore.Look(sampled.lengths(), sampled.growing());
      if (System.nanoTime() - storedAt > STORE_EVERY.toNanos()) {
        interruptions.looked(begun, last);
        storedAt = System.nanoTime();
      }
    }

    InterruptionStore.DrawIdentity identity() {
      return new InterruptionStore.DrawIdentity(
          request.run(),
          (int) request.branch(),
          (int) request.round(),
          OptimizerSteps.identity(request, request.step()).step(),
          wave,
          session.incarnation());
    }

    /** Stores the last look at a draw that did not come to this attempt. */
    void end() {
      if (came || begun == null || last == null) {
        return;
      }
      try {
        interruptions.looked(begun, last);
      } catch (SightlineException unavailable) {
        // What failed is on its way to Temporal; the draw then counts as one that nobody saw.
        LOG.warn("last look at {} not stored: {}", begun, unavailable.getMessage());
      }
    }
  }
}
