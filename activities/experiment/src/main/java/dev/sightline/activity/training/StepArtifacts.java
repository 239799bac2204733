package dev.sightline.activity.training;

import dev.sightline.activity.Recovery;
import dev.sightline.activity.policy.PolicySession;
import dev.sightline.activity.policy.StepBatches;
import dev.sightline.foundation.Digest;
import dev.sightline.storage.StepIdentity;
import dev.sightline.storage.StepLedger;
import dev.sightline.triton.policy.Payload;
import dev.sightline.triton.policy.RolloutResult;
import dev.sightline.triton.policy.ScoreResult;
import dev.sightline.workflow.activity.StepRequest;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What steps have stored. Supervised batches follow from spec and data set, scores from a rollout,
 * policy-gradient batches from rollout and scores: where the store lost one, it is made again. What
 * was sampled is not.
 */
final class StepArtifacts implements StepBatches {
  static final String ROLLOUT = "the rollout";
  static final String SCORES = "the scores";
  static final String BATCH = "the batch";

  private final Recovery recovery;
  private final Function<String, TrainingContext> contexts;

  /**
   * @param contexts by run
   */
  StepArtifacts(Recovery recovery, Function<String, TrainingContext> contexts) {
    this.recovery = recovery;
    this.contexts = contexts;
  }

  /** All that a step has sampled before it is scored. */
  Sampled sampled(StepRequest request) {
    byte[] rollout = rollout(request);
    Readings readings =
        request.readings().isEmpty()
            ? Readings.NONE
            : Readings.read(
                sampled(
                    OptimizerSteps.identity(request, request.step()),
                    new Digest(request.readings()),
                    "the readers' answers"));
    return new Sampled(RolloutResult.read(rollout), Redraws.of(rollout), readings);
  }

  byte[] rollout(StepRequest request) {
    return rollout(OptimizerSteps.identity(request, request.step()), new Digest(request.rollout()));
  }

  byte[] rollout(StepIdentity identity, Digest digest) {
    return sampled(identity, digest, ROLLOUT);
  }

  private byte[] sampled(StepIdentity identity, Digest digest, String what) {
    return recovery.unique(digest, part(identity, what), beginAnew(identity));
  }

  private static String beginAnew(StepIdentity identity) {
    return "begin its round anew by `sightline reset run/%s --round %d`"
        .formatted(identity.run(), identity.round());
  }

  /** Scores that were stored before. */
  StepScores scores(StepRequest request, Digest digest) {
    return StepScores.read(
        recovery.get(
            digest,
            part(OptimizerSteps.identity(request, request.step()), SCORES),
            () -> {
              TrainingContext context = contexts.apply(request.run());
              RolloutPlan plan = RolloutPlan.of(context, (int) request.step());
              return StepScores.of(context, plan, sampled(request), (int) request.step()).bytes();
            }));
  }

  @Override
  public byte[] of(StepLedger.Step step, Supplier<PolicySession> policy) {
    return recovery.get(
        step.batchDigest(), part(step.identity(), BATCH), () -> batch(policy, step));
  }

  private byte[] batch(Supplier<PolicySession> policy, StepLedger.Step step) {
    TrainingContext context = contexts.apply(step.identity().run());
    Payload payload =
        step.rolloutDigest() == null
            ? new FitBatches(context).at(OptimizerSteps.wire(step.identity()), at(step)).payload()
            : trained(policy, context, step, step.rolloutDigest());
    // Memory may have cut the plan since; a plan is part of its batch.
    return MicroBatchPlans.with(payload, step.microBatches()).bytes();
  }

  private Payload trained(
      Supplier<PolicySession> policy,
      TrainingContext context,
      StepLedger.Step step,
      Digest rolloutDigest) {
    RolloutPlan plan = RolloutPlan.of(context, at(step));
    RolloutResult rollout = RolloutResult.read(rollout(step.identity(), rolloutDigest));
    StepScores scores = scores(step);
    @Nullable ScoreResult reference =
        context.spec().training().loss().kl() == null
            ? null
            : OptimizerSteps.reference(policy.get(), step.identity(), context, plan, rollout);
    return TrainBatches.payload(
            OptimizerSteps.wire(step.identity()),
            context,
            plan,
            rollout,
            scores,
            reference,
            at(step))
        .payload();
  }

  /** Those of a step that the ledger has. */
  StepScores scores(StepLedger.Step step) {
    Digest digest = Objects.requireNonNull(step.scoreDigest(), "a rollout has scores");
    Recovery.Part part = part(step.identity(), SCORES);
    TrainingContext context = contexts.apply(step.identity().run());
    // The ledger does not say which answers of readers a step was scored with.
    return StepScores.read(
        Reader.asked(context.design())
            ? recovery.unique(digest, part, beginAnew(step.identity()))
            : recovery.get(digest, part, () -> scored(context, step)));
  }

  private byte[] scored(TrainingContext context, StepLedger.Step step) {
    byte[] rollout =
        rollout(step.identity(), Objects.requireNonNull(step.rolloutDigest(), "scores are of one"));
    Sampled sampled = new Sampled(RolloutResult.read(rollout), Redraws.of(rollout), Readings.NONE);
    return StepScores.of(context, RolloutPlan.of(context, at(step)), sampled, at(step)).bytes();
  }

  /** Steps of the ledger count from 1, those of plans from 0. */
  private static int at(StepLedger.Step step) {
    return step.identity().step() - 1;
  }

  static Recovery.Part part(StepIdentity identity, String what) {
    return new Recovery.Part(
        "run/" + identity.run(), "%s of step %d".formatted(what, identity.step()));
  }
}
