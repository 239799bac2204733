package dev.sightline.activity.policy;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SeedTree;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.LoraTarget;
import dev.sightline.spec.Trainable;
import dev.sightline.spec.VisionTower;
import dev.sightline.triton.policy.AdamW;
import dev.sightline.triton.policy.OpenRequest;
import dev.sightline.triton.policy.PolicyModel;
import dev.sightline.triton.policy.Trained;
import org.jspecify.annotations.Nullable;

/** What a run is opened with. */
public final class OpenRequests {
  private static final int PATCH = 14;
  private static final int MERGE = 2;

  private OpenRequests() {}

  /**
   * A policy that makes no step: of whatever kind the experiment's optimizer is, none is readied.
   *
   * @param checkpoint what to start from, null for freshly initialised weights
   * @param runDigest of all that defines the run
   */
  public static OpenRequest of(ExperimentSpec spec, @Nullable Digest checkpoint, Digest runDigest) {
    return of(spec, checkpoint, runDigest, false);
  }

  /** As {@link #of}, for a run that trains all weights. */
  public static OpenRequest warmStart(
      ExperimentSpec spec, @Nullable Digest checkpoint, Digest runDigest) {
    return of(spec, checkpoint, runDigest, spec.policy().optimizer().eightBit());
  }

  private static OpenRequest of(
      ExperimentSpec spec, @Nullable Digest checkpoint, Digest runDigest, boolean eightBit) {
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
            optimizer.beta1(),
            optimizer.beta2(),
            optimizer.epsilon(),
            optimizer.weightDecay(),
            eightBit),
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

  /**
   * As {@link #of}, for a run that trains what its arm says.
   *
   * @param seeds the run's; the first values of an adapter come from them
   */
  public static OpenRequest training(
      ExperimentSpec spec, @Nullable Digest checkpoint, Digest runDigest, SeedTree seeds) {
    OpenRequest plain = warmStart(spec, checkpoint, runDigest);
    return new OpenRequest(
        plain.model(),
        plain.baseCheckpoint(),
        plain.optimizer(),
        plain.runDigest(),
        trained(spec.policy(), seeds));
  }

  private static @Nullable Trained trained(ExperimentSpec.Policy policy, SeedTree seeds) {
    ExperimentSpec.Lora lora = policy.lora();
    if (lora != null) {
      return new Trained.Lora(
          lora.rank(),
          lora.alpha(),
          lora.targets().stream().map(LoraTarget::wire).toList(),
          seeds.child("adapter").seed());
    }
    return policy.visionTower() == VisionTower.FROZEN ? new Trained.FrozenTower() : null;
  }
}
