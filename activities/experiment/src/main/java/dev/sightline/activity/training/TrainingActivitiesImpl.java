package dev.sightline.activity.training;

import dev.sightline.activity.Experiments;
import dev.sightline.activity.Recovery;
import dev.sightline.activity.Trees;
import dev.sightline.activity.TunedRates;
import dev.sightline.activity.dataset.Datasets;
import dev.sightline.activity.evaluation.EvaluationAsker;
import dev.sightline.activity.evaluation.EvaluationPlan;
import dev.sightline.activity.policy.LostCheckpoint;
import dev.sightline.activity.policy.PolicyKeeper;
import dev.sightline.activity.policy.PolicyServers;
import dev.sightline.activity.policy.PolicySession;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.spec.Split;
import dev.sightline.storage.ArtifactStore;
import dev.sightline.storage.CheckpointStore;
import dev.sightline.storage.EvaluationStore;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.StepIdentity;
import dev.sightline.storage.StepLedger;
import dev.sightline.storage.Stores;
import dev.sightline.triton.policy.CheckpointResult;
import dev.sightline.triton.policy.PolicyEnvironment;
import dev.sightline.triton.policy.RolloutPayload;
import dev.sightline.triton.policy.RolloutResult;
import dev.sightline.workflow.activity.CheckpointRequest;
import dev.sightline.workflow.activity.RoundReference;
import dev.sightline.workflow.activity.RoundRequest;
import dev.sightline.workflow.activity.RunReference;
import dev.sightline.workflow.activity.RunRequest;
import dev.sightline.workflow.activity.StepReference;
import dev.sightline.workflow.activity.StepRequest;
import dev.sightline.workflow.activity.TrainingActivities;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps of a training run over policy server, ledger and artifacts. */
public final class TrainingActivitiesImpl implements TrainingActivities {
  private final Stores stores;
  private final ArtifactStore artifacts;
  private final Experiments experiments;
  private final Datasets datasets;
  private final PolicyServers servers;
  private final StepArtifacts stored;
  private final PolicyKeeper keeper;
  private final OptimizerSteps steps;
  private final Draws draws;

  public TrainingActivitiesImpl(
      Stores stores,
      ArtifactStore artifacts,
      Experiments experiments,
      Datasets datasets,
      PolicyServers servers) {
    this.stores = stores;
    this.artifacts = artifacts;
    this.experiments = experiments;
    this.datasets = datasets;
    this.servers = servers;
    this.stored = new StepArtifacts(new Recovery(artifacts, stores.attempts()), this::context);
    this.keeper = new PolicyKeeper(servers, stores, stored);
    this.steps = new OptimizerSteps(stores.steps(), stores.attempts(), artifacts, stored);
    this.draws = new Draws(stores.interruptions(), artifacts);
  }

  @Override
  public RunReference openRun(RunRequest request) {
    ExperimentSpec spec =
        TunedRates.of(
            request.experiment(),
            experiments.load(request.experiment()),
            request.arm(),
            stores.decisions());
    datasets.of(spec);
    boolean warmStart = request.arm().equals(Ids.WARM_START);
    RunStore.Run run =
        stores
            .runs()
            .createOrGet(
                new RunStore.NewRun(
                    Ids.runId(request.experiment(), request.arm(), request.seed()),
                    warmStart ? RunStore.Phase.WARM_START : RunStore.Phase.ARM,
                    request.experiment(),
                    request.arm(),
                    request.seed(),
                    TrainingContext.specDigest(spec, request.arm(), request.seed()),
                    warmStart ? null : startOf(request.experiment(), spec),
                    spec.operations().threads()));
    return reference(context(run.id()));
  }

  /** The checkpoint that the arms start from, null without a warm start. */
  private @Nullable Digest startOf(String experiment, ExperimentSpec spec) {
    if (spec.warmStart() == null) {
      return null;
    }
    String warmStart = Ids.runId(experiment, Ids.WARM_START, spec.policy().seed());
    return stores
        .runs()
        .find(warmStart)
        .map(RunStore.Run::finalCheckpoint)
        .orElseThrow(
            () ->
                new SightlineException(
                    FailureType.CHECKPOINT_PRUNED,
                    "the warm start "
                        + warmStart
                        + " has not ended; start TrainingRun with the arm warm-start first"));
  }

  private TrainingContext context(String run) {
    return TrainingContext.load(run, experiments, datasets, stores);
  }

  private RunReference reference(TrainingContext context) {
    RunStore.Run run = context.run();
    boolean begun = run.baseLineage() != null;
    RunStore.Head head = begun ? stores.runs().head(run.id()) : null;
    return new RunReference(
        run.id(),
        context.supervised(),
        context.totalSteps(),
        context.stepsPerRound(),
        head == null ? 0 : head.step(),
        head == null ? "" : head.lineage().hex(),
        run.finalCheckpoint() != null,
        run.finalCheckpoint() == null ? "" : run.finalCheckpoint().hex(),
        context.spec().operations().retry().maximumAttempts(),
        context.supervised() ? 0 : context.arm().supervisedSteps(context.spec().training()),
        !context.supervised() && context.spec().training().resample() != null,
        !context.supervised() && Reader.asked(context.design()));
  }

  @Override
  public RoundReference beginRound(RoundRequest request) {
    PolicySession session = servers.session(request.lease());
    TrainingContext context = context(request.run());
    stores.runs().update(request.run(), RunStore.State.RUNNING, null);
    RunStore.Round round = begin(session, context, request);
    RunStore.Head head = stores.runs().head(request.run());
    long from = (long) round.round() * context.stepsPerRound();
    return new RoundReference(
        request.run(),
        round.branch(),
        round.round(),
        from,
        Math.min(from + context.stepsPerRound(), context.totalSteps()),
        head.step(),
        head.lineage().hex());
  }

  /**
   * Without a parent the run goes on where it stands, in the middle of a round too; unless the
   * history that was reset began without one, as the first round's does.
   */
  private RunStore.Round begin(
      PolicySession session, TrainingContext context, RoundRequest request) {
    String run = request.run();
    int number = (int) request.round();
    Digest parent;
    if (!request.parentLineage().isEmpty()) {
      parent = new Digest(request.parentLineage());
    } else if (context.run().baseLineage() == null) {
      parent =
          keeper.bringTo(
              session,
              context.run(),
              context.openRequest(),
              Optional.empty(),
              LostCheckpoint.REFUSE);
    } else {
      List<RunStore.Round> live = stores.runs().liveRounds(run);
      Optional<RunStore.Round> begun = live.stream().filter(r -> r.round() == number).findFirst();
      if (begun.isPresent() && live.stream().noneMatch(r -> r.round() > number)) {
        return begun.get();
      }
      // A start goes on in the run's last round, so one that asks for an earlier one was reset.
      parent = begun.isPresent() ? begun.get().parentLineage() : stores.runs().head(run).lineage();
    }
    return stores
        .runs()
        .beginRound(
            run, number, parent, "the workflow was reset to round " + number, session.token());
  }

  @Override
  public String bringTo(CheckpointRequest request) {
    PolicySession session = servers.session(request.lease());
    TrainingContext context = context(request.run());
    return keeper
        .bringTo(
            session,
            context.run(),
            context.openRequest(),
            lineage(request.lineage()),
            request.withoutLost() ? LostCheckpoint.GIVE_UP : LostCheckpoint.REFUSE)
        .hex();
  }

  private static Optional<Digest> lineage(String hex) {
    return hex.isEmpty() ? Optional.empty() : Optional.of(new Digest(hex));
  }

  @Override
  public StepReference fit(StepRequest request) {
    PolicySession session = servers.session(request.lease());
    TrainingContext context = context(request.run());
    FitBatches batches = new FitBatches(context);
    Digest lineage = new Digest(request.lineage());
    double loss = 0;
    boolean skipped = false;
    for (long step = request.step(); step < request.toStep(); step++) {
      session.alive("supervised step " + step);
      StepIdentity identity = OptimizerSteps.identity(request, step);
      Optional<StepLedger.Step> before = steps.before(identity, lineage);
      Optional<OptimizerSteps.Applied> done = OptimizerSteps.committed(before);
      OptimizerSteps.Applied applied;
      if (done.isPresent()) {
        applied = done.get();
        skipped = true;
      } else if (skipped) {
        applied = fitAfterSkipped(session, context, batches, identity, (int) step, lineage, before);
        skipped = false;
      } else {
        applied = steps.fit(session, identity, batches, (int) step, lineage, before);
      }
      lineage = applied.lineage();
      loss = applied.loss();
    }
    return new StepReference(request.toStep(), lineage.hex(), loss);
  }

  /**
   * The first step that earlier attempts of a chunk did not commit. A policy that lived on stands
   * there, or has applied it too and answers a repeat; only one that was made whole for the chunk's
   * beginning is behind.
   */
  private OptimizerSteps.Applied fitAfterSkipped(
      PolicySession session,
      TrainingContext context,
      FitBatches batches,
      StepIdentity identity,
      int step,
      Digest parent,
      Optional<StepLedger.Step> before) {
    try {
      return steps.fit(session, identity, batches, step, parent, before);
    } catch (SightlineException e) {
      if (e.type() != FailureType.POLICY_BEHIND) {
        throw e;
      }
      keeper.bringTo(
          session,
          context.run(),
          context.openRequest(),
          Optional.of(parent),
          LostCheckpoint.REFUSE);
      return steps.fit(session, identity, batches, step, parent, steps.before(identity, parent));
    }
  }

  @Override
  public String rollOut(StepRequest request) {
    PolicySession session = servers.session(request.lease());
    return drawn(session, request, RolloutPlan.of(context(request.run()), (int) request.step()))
        .hex();
  }

  private Digest drawn(PolicySession session, StepRequest request, RolloutPlan plan) {
    return draws.of(session, request, rolloutKey(request), 0, plan.payload());
  }

  @Override
  public String score(StepRequest request) {
    TrainingContext context = context(request.run());
    return scored(request, context, RolloutPlan.of(context, (int) request.step())).hex();
  }

  private Digest scored(StepRequest request, TrainingContext context, RolloutPlan plan) {
    StepScores scores = StepScores.of(context, plan, stored.sampled(request), (int) request.step());
    return artifacts.put(scores.bytes());
  }

  @Override
  public String resample(StepRequest request) {
    TrainingContext context = context(request.run());
    ExperimentSpec.Resample rule = context.spec().training().resample();
    int step = (int) request.step();
    byte[] rollout = stored.rollout(request);
    StepScores scores = stored.scores(request, new Digest(request.score()));
    Redraws redraws = Redraws.of(rollout);
    List<String> again =
        rule == null ? List.of() : redraws.next(rule, RolloutResult.read(rollout), scores);
    if (again.isEmpty()) {
      return request.rollout();
    }
    int wave = redraws.waves().size() + 1;
    // Kept as it came, also where a later wave replaces it: what was dropped stays readable.
    Digest drawn =
        draws.of(
            servers.session(request.lease()),
            request,
            rolloutKey(request) + "/again/" + wave,
            wave,
            RolloutPlan.of(context, step).again(context, step, wave, again));
    Redraws.Wave made = new Redraws.Wave(drawn, again);
    return artifacts.put(redraws.with(rollout, scores, made, artifacts.get(drawn))).hex();
  }

  @Override
  public String read(StepRequest request) {
    TrainingContext context = context(request.run());
    PolicySession session = servers.session(request.lease());
    RolloutPlan plan = RolloutPlan.of(context, (int) request.step());
    Sampled sampled = stored.sampled(request);
    ReaderPlan readers = new ReaderPlan(context);
    Readings readings = sampled.readings();
    String key = rolloutKey(request) + "/read/" + sampled.redraws().waves().size() + "/";
    for (Reader reader : Reader.values()) {
      Optional<RolloutPayload> asked = readers.missing(reader, plan, sampled.rollout(), readings);
      if (asked.isPresent()) {
        byte[] answers =
            session.run(key + reader.wireName(), asked.get(), new Digest(request.lineage()));
        readings = readings.with(reader, RolloutResult.read(answers));
      }
    }
    return artifacts.put(readings.bytes()).hex();
  }

  private static String rolloutKey(StepRequest request) {
    return "rollout/" + request.branch() + "/" + request.round() + "/" + request.step();
  }

  @Override
  public StepReference applyStep(StepRequest request) {
    PolicySession session = servers.session(request.lease());
    Optional<StepLedger.Step> before =
        steps.before(
            OptimizerSteps.identity(request, request.step()), new Digest(request.lineage()));
    Optional<OptimizerSteps.Applied> done = OptimizerSteps.committed(before);
    if (done.isPresent()) {
      return reference(request, done.get());
    }
    TrainingContext context = context(request.run());
    RolloutPlan plan = RolloutPlan.of(context, (int) request.step());
    StepRequest sampled =
        request.rollout().isEmpty()
            ? request.sampled(
                before
                    .map(StepLedger.Step::rolloutDigest)
                    .orElseGet(() -> drawn(session, request, plan))
                    .hex())
            : request;
    Digest score =
        sampled.score().isEmpty()
            ? OptimizerSteps.scoreOf(before, sampled)
                .orElseGet(() -> session.during("scoring", () -> scored(sampled, context, plan)))
            : new Digest(sampled.score());
    return reference(request, steps.train(session, sampled, context, plan, score, before));
  }

  private static StepReference reference(StepRequest request, OptimizerSteps.Applied applied) {
    return new StepReference(request.step() + 1, applied.lineage().hex(), applied.reward());
  }

  @Override
  public String checkpoint(CheckpointRequest request) {
    PolicySession session = servers.session(request.lease());
    return save(session, request, CheckpointStore.Kind.PERIODIC).hex();
  }

  private Digest save(PolicySession session, CheckpointRequest request, CheckpointStore.Kind kind) {
    String name = request.run() + "/" + request.branch() + "-" + request.step();
    Digest lineage = new Digest(request.lineage());
    CheckpointResult written =
        CheckpointResult.read(
            session.run(
                "checkpoint/" + request.branch() + "/" + request.step(),
                new dev.sightline.triton.policy.CheckpointRequest(name),
                lineage));
    stores
        .checkpoints()
        .record(
            new CheckpointStore.Checkpoint(
                written.checkpoint(),
                request.run(),
                (int) request.branch(),
                (int) request.step(),
                written.lineage(),
                written.stateDigest(),
                written.bytes(),
                kind,
                false),
            session.token());
    prune(session, request.run());
    return written.checkpoint();
  }

  /** Rows first, files after: what is marked and still there is deleted by the next prune. */
  private void prune(PolicySession session, String run) {
    ExperimentSpec.Operations operations = context(run).spec().operations();
    List<Digest> best = new BestCheckpoints(stores).of(run, operations.keepBestCheckpoints());
    List<Digest> marked =
        stores
            .checkpoints()
            .prune(run, operations.keepCheckpoints(), best, session.token())
            .stream()
            .map(CheckpointStore.Checkpoint::id)
            .toList();
    if (!marked.isEmpty()) {
      session.prune(marked);
    }
  }

  @Override
  public String evaluateDev(CheckpointRequest request) {
    PolicySession session = servers.session(request.lease());
    TrainingContext context = context(request.run());
    ExperimentSpec spec = context.spec();
    EvaluationPlan plan =
        new EvaluationPlan(
            EvaluationPlan.spec(
                spec,
                request.lineage(),
                context.dataset(),
                Split.DEV,
                spec.evaluation().template()),
            context.dataset());
    stores
        .evaluations()
        .open(
            new EvaluationStore.NewEvaluation(
                plan.digest(), request.run(), null, Trees.node(devSpec(plan, request))));
    EvaluationAsker asker = new EvaluationAsker(stores.evaluations());
    for (int batch = 0; batch < plan.batches(); batch++) {
      session.alive("dev batch " + (batch + 1) + " of " + plan.batches());
      asker.ask(plan, batch, session, new Digest(request.lineage()));
    }
    asker.publish(plan);
    return plan.digest().hex();
  }

  /** The step belongs to the row, not to the digest: curves need it. */
  private static Map<String, Object> devSpec(EvaluationPlan plan, CheckpointRequest request) {
    Map<String, Object> tree = new LinkedHashMap<>(plan.spec().tree());
    tree.put("step", request.step());
    tree.put("branch", request.branch());
    return tree;
  }

  @Override
  public void endRound(CheckpointRequest request) {
    PolicySession session = servers.session(request.lease());
    List<StepLedger.Step> live = stores.steps().liveSteps(request.run());
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("step", request.step());
    metrics.put("environment", fingerprint(session.client().describe()));
    if (!live.isEmpty() && live.getLast().metrics() != null) {
      metrics.put("last", Trees.map(live.getLast().metrics()));
    }
    stores
        .runs()
        .endRound(
            request.run(),
            (int) request.branch(),
            (int) request.round(),
            new Digest(request.lineage()),
            Trees.node(metrics),
            session.token());
  }

  /** What can change bits, as the report shows it. */
  private static Map<String, Object> fingerprint(PolicyEnvironment environment) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("versions", environment.versions());
    tree.put("device", environment.device());
    tree.put("instructionSet", environment.instructionSet());
    tree.put("threads", environment.threads());
    tree.put("dtype", environment.dtype());
    tree.put("attention", environment.attention());
    tree.put("environmentDigest", environment.environmentDigest().hex());
    return tree;
  }

  @Override
  public RunReference publish(CheckpointRequest request) {
    PolicySession session = servers.session(request.lease());
    Digest checkpoint = save(session, request, CheckpointStore.Kind.FINAL);
    stores.runs().complete(request.run(), checkpoint, session.token());
    session.close();
    return reference(context(request.run()));
  }
}
