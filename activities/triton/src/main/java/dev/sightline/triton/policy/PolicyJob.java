package dev.sightline.triton.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job as Java describes it. Either a payload that is uploaded, or a few parameters. */
public sealed interface PolicyJob {
  JobKind kind();

  /** Uploaded as canonical JSON, so that equal content has one digest. */
  sealed interface WithPayload extends PolicyJob
      permits RolloutPayload, ScorePayload, TrainPayload, FitPayload {
    Map<String, @Nullable Object> toTree();

    /** Canonical JSON with its digest: what is stored, uploaded and replayed. */
    default Payload payload() {
      return Payload.canonical(toTree());
    }
  }

  /** Carried in the submit itself. */
  sealed interface WithParameters extends PolicyJob
      permits CheckpointRequest, RestoreRequest, ResetRequest, ExportRequest {
    Map<String, @Nullable Object> parameters();
  }
}
