package dev.sightline.activity.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.activity.Trees;
import dev.sightline.activity.policy.PolicyKeeper;
import dev.sightline.activity.policy.PolicySession;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.ArtifactStore;
import dev.sightline.storage.StepIdentity;
import dev.sightline.storage.StepLedger;
import dev.sightline.triton.policy.JobKind;
import dev.sightline.triton.policy.Lineage;
import dev.sightline.triton.policy.Payload;
import dev.sightline.triton.policy.RolloutResult;
import dev.sightline.triton.policy.ScoreResult;
import dev.sightline.triton.policy.StepResult;
import dev.sightline.triton.policy.TrainPayload;
import dev.sightline.workflow.activity.StepRequest;
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
    StepScores scores = StepScores.read(artifacts.get(scoreDigest));
    Digest parent = new Digest(request.lineage());
    Optional<StepLedger.Step> planned = planned(identity, parent, rolloutDigest, scoreDigest);
    if (planned.isPresent()) {
      StepLedger.Step step = planned.get();
      return apply(
          session,
          identity,
          parent,
          JobKind.TRAIN,
          Payload.of(artifacts.get(step.batchDigest())),
          step.microBatches(),
          rolloutDigest,
          scoreDigest,
          scores.metrics());
    }
    RolloutResult rollout = RolloutResult.read(artifacts.get(rolloutDigest));
    int step = (int) request.step();
    @Nullable ScoreResult reference =
        context.spec().training().loss().kl() == null
            ? null
            : reference(session, identity, context, rollout, step);
    TrainPayload payload =
        TrainBatches.payload(wire(identity), context, rollout, scores, reference, step);
    return apply(
        session,
        identity,
        parent,
        JobKind.TRAIN,
        payload.payload(),
        payload.microBatches(),
        rolloutDigest,
        scoreDigest,
        scores.metrics());
  }

  /**
   * The step as an earlier attempt planned it from the same parts. Its stored batch is what counts:
   * on a GPU the reference could be asked for again and come out otherwise in the last bits.
   */
  private Optional<StepLedger.Step> planned(
      StepIdentity identity, Digest parent, Digest rollout, Digest score) {
    return ledger
        .find(identity)
        .filter(step -> step.state() == StepLedger.State.PLANNED && !step.superseded())
        .filter(
            step ->
                step.parentLineage().equals(parent)
                    && rollout.equals(step.rolloutDigest())
                    && score.equals(step.scoreDigest()));
  }

  /** The start's log-probabilities; a pure function of the rollout, so any attempt may ask. */
  private static ScoreResult reference(
      PolicySession session,
      StepIdentity identity,
      TrainingContext context,
      RolloutResult rollout,
      int step) {
    return ScoreResult.read(
        session.run(
            PolicyKeeper.key(identity) + "/reference",
            TrainBatches.atStart(context, rollout, step),
            null));
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
    all.put("clipLowShare", policy.clipLowShare());
    all.put("clipHighShare", policy.clipHighShare());
    all.put("meanRatio", policy.meanRatio());
    all.put("maxRatio", policy.maxRatio());
    if (policy.kl() != null) {
      all.put("kl", policy.kl());
    }
    if (policy.meanCorrection() != null) {
      all.put("meanCorrection", policy.meanCorrection());
    }
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
