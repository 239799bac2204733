package dev.sightline.activity.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.activity.Trees;
import dev.sightline.activity.policy.PolicyKeeper;
import dev.sightline.activity.policy.PolicySession;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.LossAggregation;
import dev.sightline.spec.ZeroAdvantage;
import dev.sightline.storage.ArtifactStore;
import dev.sightline.storage.StepIdentity;
import dev.sightline.storage.StepLedger;
import dev.sightline.triton.policy.ClippedLoss;
import dev.sightline.triton.policy.JobKind;
import dev.sightline.triton.policy.Lineage;
import dev.sightline.triton.policy.Payload;
import dev.sightline.triton.policy.Prompt;
import dev.sightline.triton.policy.RolloutResult;
import dev.sightline.triton.policy.StepResult;
import dev.sightline.triton.policy.TrainPayload;
import dev.sightline.workflow.activity.StepRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One optimizer step, effectively once: the batch is stored and planned in the ledger, then applied
 * under its identity, then committed with what the policy answered. A repeat at any point ends in
 * the same row.
 */
final class OptimizerSteps {
  /**
   * Completions of a micro-batch; the ledger's plan is what is replayed, whatever this says later.
   */
  private static final int MICRO_BATCH = 128;

  private final StepLedger ledger;
  private final ArtifactStore artifacts;

  OptimizerSteps(StepLedger ledger, ArtifactStore artifacts) {
    this.ledger = ledger;
    this.artifacts = artifacts;
  }

  /**
   * What a committed step left.
   *
   * @param reward mean total reward, 0 for supervised steps
   */
  record Applied(Digest lineage, double loss, double reward) {}

  /** Identities count steps from 1, the way the ledger counts those that are done. */
  static StepIdentity identity(StepRequest request, long step) {
    return new StepIdentity(
        request.run(), (int) request.branch(), (int) request.round(), (int) step + 1);
  }

  /** What a step left that is in the ledger already. */
  Optional<Applied> committed(StepIdentity identity) {
    return ledger
        .find(identity)
        .filter(step -> step.state() == StepLedger.State.COMMITTED && !step.superseded())
        .map(OptimizerSteps::applied);
  }

  Applied fit(
      PolicySession session, StepIdentity identity, FitBatches batches, int step, Digest parent) {
    var payload = batches.at(wire(identity), step);
    return apply(
        session,
        identity,
        parent,
        JobKind.FIT,
        payload.payload(),
        payload.microBatches(),
        null,
        null,
        Map.of());
  }

  Applied train(PolicySession session, StepRequest request, TrainingContext context) {
    StepIdentity identity = identity(request, request.step());
    Digest rolloutDigest = new Digest(request.rollout());
    Digest scoreDigest = new Digest(request.score());
    RolloutResult rollout = RolloutResult.read(artifacts.get(rolloutDigest));
    StepScores scores = StepScores.read(artifacts.get(scoreDigest));
    TrainPayload payload = payload(identity, context, rollout, scores, (int) request.step());
    return apply(
        session,
        identity,
        new Digest(request.lineage()),
        JobKind.TRAIN,
        payload.payload(),
        payload.microBatches(),
        rolloutDigest,
        scoreDigest,
        scores.metrics());
  }

  private static TrainPayload payload(
      StepIdentity identity,
      TrainingContext context,
      RolloutResult rollout,
      StepScores scores,
      int step) {
    ExperimentSpec.Training training = context.spec().training();
    List<Prompt> prompts = RolloutPlan.of(context, step).payload().prompts();
    List<TrainPayload.WeightedCompletion> completions = new ArrayList<>();
    for (int i = 0; i < rollout.completions().size(); i++) {
      RolloutResult.Completion completion = rollout.completions().get(i);
      completions.add(
          new TrainPayload.WeightedCompletion(
              completion.prompt(),
              completion.sample(),
              completion.tokens(),
              completion.logProbs(),
              scores.advantages().get(i)));
    }
    return new TrainPayload(
        wire(identity),
        loss(training),
        training.temperature(),
        context.learningRate(step),
        training.maxGradientNorm(),
        training.zeroAdvantage() == ZeroAdvantage.SKIP
            ? TrainPayload.ZeroAdvantage.SKIP
            : TrainPayload.ZeroAdvantage.APPLY,
        prompts,
        completions,
        microBatches(completions.size(), training.groupSize()));
  }

  private static ClippedLoss loss(ExperimentSpec.Training training) {
    ClippedLoss.Aggregation aggregation =
        switch (training.loss().aggregation()) {
          case SEQUENCE_MEAN -> ClippedLoss.Aggregation.SEQUENCE_MEAN;
          case TOKEN_MEAN -> ClippedLoss.Aggregation.TOKEN_MEAN;
          case CONSTANT -> ClippedLoss.Aggregation.CONSTANT;
        };
    return new ClippedLoss(
        training.loss().clipLow(),
        training.loss().clipHigh(),
        aggregation,
        training.loss().aggregation() == LossAggregation.CONSTANT
            ? (Integer) training.maxNewTokens()
            : null);
  }

  /** Whole groups together, so that a prompt is encoded once. */
  private static List<List<Integer>> microBatches(int completions, int groupSize) {
    int size = Math.max(1, MICRO_BATCH / groupSize) * groupSize;
    List<List<Integer>> plan = new ArrayList<>();
    for (int first = 0; first < completions; first += size) {
      List<Integer> batch = new ArrayList<>();
      for (int i = first; i < Math.min(completions, first + size); i++) {
        batch.add(i);
      }
      plan.add(batch);
    }
    return plan;
  }

  private Applied apply(
      PolicySession session,
      StepIdentity identity,
      Digest parent,
      JobKind kind,
      Payload payload,
      List<List<Integer>> microBatches,
      @Nullable Digest rollout,
      @Nullable Digest score,
      Map<String, Object> scoreMetrics) {
    Digest batch = artifacts.put(payload.bytes());
    StepLedger.Step planned =
        ledger.plan(
            new StepLedger.NewStep(identity, parent, batch, rollout, score, microBatches),
            session.token());
    if (planned.state() == StepLedger.State.COMMITTED) {
      return applied(planned);
    }
    StepResult result =
        StepResult.read(
            session.runStored(PolicyKeeper.key(identity), kind, payload.bytes(), parent));
    Digest expected = Lineage.next(parent, batch, wire(identity));
    if (!result.lineage().equals(expected)) {
      throw new SightlineException(
          FailureType.STATE_DIVERGED,
          identity + ": the policy says lineage " + result.lineage() + " instead of " + expected);
    }
    return applied(
        ledger.commit(
            new StepLedger.Commit(
                identity,
                result.lineage(),
                result.stateDigest(),
                metrics(result, scoreMetrics),
                session.client().ping().incarnation()),
            session.token()));
  }

  private static JsonNode metrics(StepResult result, Map<String, Object> scores) {
    StepResult.Metrics policy = result.metrics();
    Map<String, Object> all = new LinkedHashMap<>(scores);
    all.put("loss", policy.loss());
    all.put("gradientNorm", policy.gradientNorm());
    all.put("learningRate", policy.learningRate());
    all.put("tokens", policy.tokens());
    all.put("clipShare", policy.clipShare());
    all.put("meanRatio", policy.meanRatio());
    all.put("entropy", policy.entropy());
    all.put("skipped", result.skipped());
    return Trees.node(all);
  }

  private static Applied applied(StepLedger.Step step) {
    JsonNode metrics = Objects.requireNonNull(step.metrics(), "a committed step has metrics");
    return new Applied(
        Objects.requireNonNull(step.lineage(), "a committed step has a lineage"),
        metrics.path("loss").asDouble(),
        metrics.path("reward").asDouble());
  }

  private static dev.sightline.triton.policy.StepIdentity wire(StepIdentity identity) {
    return new dev.sightline.triton.policy.StepIdentity(
        identity.run(), identity.branch(), identity.round(), identity.step());
  }
}
