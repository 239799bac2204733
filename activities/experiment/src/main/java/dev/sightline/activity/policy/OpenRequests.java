package dev.sightline.activity.policy;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Trainable;
import dev.sightline.triton.policy.AdamW;
import dev.sightline.triton.policy.OpenRequest;
import dev.sightline.triton.policy.PolicyModel;
import org.jspecify.annotations.Nullable;

/** What a run is opened with. */
public final class OpenRequests {
  private static final int PATCH = 14;
  private static final int MERGE = 2;

  private OpenRequests() {}

  /**
   * @param checkpoint what to start from, null for freshly initialised weights
   * @param runDigest of all that defines the run
   */
  public static OpenRequest of(ExperimentSpec spec, @Nullable Digest checkpoint, Digest runDigest) {
    ExperimentSpec.Policy policy = spec.policy();
    ExperimentSpec.Optimizer optimizer = policy.optimizer();
    return new OpenRequest(
        switch (policy.model()) {
          case TINY_VL ->
              new PolicyModel.TinyVl(
                  policy.seed(),
                  policy.hiddenSize(),
                  policy.textLayers(),
                  policy.visionLayers(),
                  policy.heads(),
                  policy.keyValueHeads(),
                  policy.intermediateSize(),
                  PATCH,
                  MERGE);
          case QWEN_2_5_VL_7B, FOLDER -> folder(spec);
        },
        checkpoint,
        new AdamW(
            optimizer.beta1(), optimizer.beta2(), optimizer.epsilon(), optimizer.weightDecay()),
        runDigest);
  }

  private static PolicyModel folder(ExperimentSpec spec) {
    ExperimentSpec.ModelFolder folder = spec.policy().folder();
    if (folder == null) {
      throw new SightlineException(
          FailureType.INVALID_SPEC, String.join("\n", Trainable.missing(spec)));
    }
    return new PolicyModel.Folder(
        folder.path(),
        folder.digest() == null ? null : new Digest(folder.digest()),
        folder.dtype().wire(),
        folder.gradientCheckpointing());
  }
}
