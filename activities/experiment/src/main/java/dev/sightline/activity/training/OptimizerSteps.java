package dev.sightline.activity.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.activity.Trees;
import dev.sightline.activity.policy.PolicyKeeper;
import dev.sightline.activity.policy.PolicySession;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.ArtifactStore;
import dev.sightline.storage.AttemptLog;
import dev.sightline.storage.StepIdentity;
import dev.sightline.storage.StepLedger;
import dev.sightline.triton.policy.FitPayload;
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
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One optimizer step, effectively once: the batch is stored and planned in the ledger, then applied
 * under its identity, then committed with what the policy answered. A repeat at any point ends in
 * the same row. Where the policy's memory does not do for the largest micro-batch, the plan is cut
 * to half of it, in the ledger first; the steps after it begin with what fitted.
 */
final class OptimizerSteps {
  private static final String LIMIT = "microBatchLimit";

  private final StepLedger ledger;
  private final AttemptLog attempts;
  private final ArtifactStore artifacts;
  private final StepArtifacts stored;

  OptimizerSteps(
      StepLedger ledger, AttemptLog attempts, ArtifactStore artifacts, StepArtifacts stored) {
    this.ledger = ledger;
    this.attempts = attempts;
    this.artifacts = artifacts;
    this.stored = stored;
  }

  /**
   * What a step is made from.
   *
   * @param rollout null for supervised steps, as is {@code score}
   * @param metrics what the scores tell
   * @param group completions that share a prompt
   */
  private record Source(
      JobKind kind,
      Digest parent,
      @Nullable Digest rollout,
      @Nullable Digest score,
      Map<String, Object> metrics,
      int group) {}

  /** A batch as it is planned: {@code batch} holds {@code microBatches} too. */
  private record Batch(Payload payload, List<List<Integer>> microBatches) {
    Batch limited(int limit, int group) {
      List<List<Integer>> plan = MicroBatchPlans.limited(microBatches, limit, group);
      return plan.equals(microBatches)
          ? this
          : new Batch(MicroBatchPlans.with(payload, plan), plan);
    }
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

  /** What earlier attempts of a step from this parent left in the ledger. */
  Optional<StepLedger.Step> before(StepIdentity identity, Digest parent) {
    return ledger
        .find(identity)
        .filter(step -> !step.superseded() && step.parentLineage().equals(parent));
  }

  /** The scores that they planned the step with from this rollout; another build's may differ. */
  static Optional<Digest> scoreOf(Optional<StepLedger.Step> before, StepRequest sampled) {
    return before
        .filter(step -> new Digest(sampled.rollout()).equals(step.rolloutDigest()))
        .map(StepLedger.Step::scoreDigest);
  }

  /** What a step left that they did. */
  static Optional<Applied> committed(Optional<StepLedger.Step> before) {
    return before
        .filter(step -> step.state() == StepLedger.State.COMMITTED)
        .map(OptimizerSteps::applied);
  }

  /**
   * @param before what earlier attempts of the step left
   */
  Applied fit(
      PolicySession session,
      StepIdentity identity,
      FitBatches batches,
      int step,
      Digest parent,
      Optional<StepLedger.Step> before) {
    Source source = new Source(JobKind.FIT, parent, null, null, Map.of(), 1);
    Optional<Batch> planned = planned(session, before, source);
    if (planned.isPresent()) {
      return apply(session, identity, source, planned.get(), limit(identity.run()));
    }
    FitPayload payload = batches.at(wire(identity), step);
    return first(session, identity, source, payload.payload(), payload.microBatches());
  }

  /**
   * @param plan of the step's rollout
   * @param scoreDigest of its stored scores
   * @param before what earlier attempts of the step left
   */
  Applied train(
      PolicySession session,
      StepRequest request,
      TrainingContext context,
      RolloutPlan plan,
      Digest scoreDigest,
      Optional<StepLedger.Step> before) {
    StepIdentity identity = identity(request, request.step());
    Digest rolloutDigest = new Digest(request.rollout());
    StepScores scores = stored.scores(request, scoreDigest);
    Source source =
        new Source(
            JobKind.TRAIN,
            new Digest(request.lineage()),
            rolloutDigest,
            scoreDigest,
            scores.metrics(),
            context.spec().training().groupSize());
    Optional<Batch> planned = planned(session, before, source);
    if (planned.isPresent()) {
      return apply(session, identity, source, planned.get(), limit(identity.run()));
    }
    RolloutResult rollout = RolloutResult.read(stored.rollout(request));
    int step = (int) request.step();
    @Nullable ScoreResult reference =
        context.spec().training().loss().kl() == null
            ? null
            : reference(session, identity, context, plan, rollout);
    TrainPayload payload =
        TrainBatches.payload(wire(identity), context, plan, rollout, scores, reference, step);
    return first(session, identity, source, payload.payload(), payload.microBatches());
  }

  /**
   * The step as an earlier attempt planned it from the same parts. Its stored batch is what counts:
   * on a GPU the reference could be asked for again and come out otherwise in the last bits, and
   * its plan may have been cut.
   */
  private Optional<Batch> planned(
      PolicySession session, Optional<StepLedger.Step> before, Source source) {
    return before
        .filter(step -> step.state() == StepLedger.State.PLANNED)
        .filter(
            step ->
                Objects.equals(source.rollout(), step.rolloutDigest())
                    && Objects.equals(source.score(), step.scoreDigest()))
        .map(step -> new Batch(Payload.of(stored.of(step, () -> session)), step.microBatches()));
  }

  /** The start's log-probabilities; a pure function of the rollout, so any attempt may ask. */
  static ScoreResult reference(
      PolicySession session,
      StepIdentity identity,
      TrainingContext context,
      RolloutPlan plan,
      RolloutResult rollout) {
    return ScoreResult.read(
        session.run(
            PolicyKeeper.key(identity) + "/reference",
            TrainBatches.atStart(context, plan, rollout),
            null));
  }

  /** A step that nobody planned yet: as large as the step before it could be. */
  private Applied first(
      PolicySession session,
      StepIdentity identity,
      Source source,
      Payload payload,
      List<List<Integer>> microBatches) {
    Batch whole = new Batch(payload, microBatches);
    OptionalInt limit = limit(identity.run());
    Batch batch = limit.isPresent() ? whole.limited(limit.getAsInt(), source.group()) : whole;
    return apply(session, identity, source, batch, limit);
  }

  /** What memory did for at the last step, where it once did not do for all. */
  private OptionalInt limit(String run) {
    return ledger
        .last(run)
        .map(StepLedger.Step::metrics)
        .filter(metrics -> metrics.has(LIMIT))
        .map(metrics -> OptionalInt.of(metrics.path(LIMIT).intValue()))
        .orElse(OptionalInt.empty());
  }

  /**
   * @param knownLimit of the step before, empty where all fitted
   */
  private Applied apply(
      PolicySession session,
      StepIdentity identity,
      Source source,
      Batch first,
      OptionalInt knownLimit) {
    Batch batch = first;
    StepLedger.Step planned =
        ledger.plan(
            new StepLedger.NewStep(
                identity,
                source.parent(),
                artifacts.put(batch.payload().bytes()),
                source.rollout(),
                source.score(),
                batch.microBatches()),
            session.token());
    if (planned.state() == StepLedger.State.COMMITTED) {
      return applied(planned);
    }
    OptionalInt limit = knownLimit;
    while (true) {
      try {
        return commit(session, identity, source, batch, limit);
      } catch (SightlineException e) {
        if (e.type() != FailureType.OUT_OF_MEMORY) {
          throw e;
        }
        batch = smaller(session, identity, source, batch, e);
        limit = OptionalInt.of(MicroBatchPlans.largest(batch.microBatches()));
      }
    }
  }

  private Batch smaller(
      PolicySession session,
      StepIdentity identity,
      Source source,
      Batch batch,
      SightlineException why) {
    int most = MicroBatchPlans.largest(batch.microBatches());
    if (most <= 1) {
      throw new SightlineException(
          FailureType.OUT_OF_MEMORY,
          "%s: a single completion does not fit into the policy server's memory (%s); use smaller images, a smaller training.maxNewTokens or a larger GPU, or skip the arm"
              .formatted(identity, why.getMessage()),
          why);
    }
    Batch cut = batch.limited((most + 1) / 2, source.group());
    ledger.replan(
        identity,
        batch.payload().digest(),
        artifacts.put(cut.payload().bytes()),
        cut.microBatches(),
        session.token());
    attempts.append(
        "run/" + identity.run(),
        "step " + identity.step(),
        1,
        FailureType.OUT_OF_MEMORY,
        "%d completions in a micro-batch did not fit; planned again with at most %d"
            .formatted(most, MicroBatchPlans.largest(cut.microBatches())));
    return cut;
  }

  private Applied commit(
      PolicySession session, StepIdentity identity, Source source, Batch batch, OptionalInt limit) {
    StepResult result =
        StepResult.read(
            session.runStored(
                PolicyKeeper.key(identity),
                source.kind(),
                batch.payload().bytes(),
                source.parent()));
    Digest expected = Lineage.next(source.parent(), batch.payload().digest(), wire(identity));
    if (!result.lineage().equals(expected)) {
      throw new SightlineException(
          FailureType.STATE_DIVERGED,
          identity + ": the policy says lineage " + result.lineage() + " instead of " + expected);
    }
    Map<String, Object> told = new LinkedHashMap<>(source.metrics());
    limit.ifPresent(most -> told.put(LIMIT, most));
    return applied(
        ledger.commit(
            new StepLedger.Commit(
                identity,
                result.lineage(),
                result.stateDigest(),
                metrics(result, told),
                session.incarnation()),
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

  static dev.sightline.triton.policy.StepIdentity wire(StepIdentity identity) {
    return new dev.sightline.triton.policy.StepIdentity(
        identity.run(), identity.branch(), identity.round(), identity.step());
  }
}
