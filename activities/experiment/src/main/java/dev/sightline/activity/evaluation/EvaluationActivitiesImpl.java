package dev.sightline.activity.evaluation;

import dev.sightline.activity.Experiments;
import dev.sightline.activity.Trees;
import dev.sightline.activity.dataset.Datasets;
import dev.sightline.activity.dataset.LoadedDataset;
import dev.sightline.activity.policy.OpenRequests;
import dev.sightline.activity.policy.PolicyServers;
import dev.sightline.activity.policy.PolicySession;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.spec.Split;
import dev.sightline.storage.EvaluationStore;
import dev.sightline.storage.Stores;
import dev.sightline.triton.policy.ServerState;
import dev.sightline.workflow.activity.BatchRequest;
import dev.sightline.workflow.activity.EvaluationActivities;
import dev.sightline.workflow.activity.EvaluationReference;
import dev.sightline.workflow.activity.EvaluationRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Evaluations of final checkpoints: opened on the policy server as a run of their own that takes no
 * steps.
 */
public final class EvaluationActivitiesImpl implements EvaluationActivities {
  private final Stores stores;
  private final Experiments experiments;
  private final Datasets datasets;
  private final PolicyServers servers;
  private final Checkpoints checkpoints;
  private final EvaluationAsker asker;

  public EvaluationActivitiesImpl(
      Stores stores, Experiments experiments, Datasets datasets, PolicyServers servers) {
    this.stores = stores;
    this.experiments = experiments;
    this.datasets = datasets;
    this.servers = servers;
    this.checkpoints = new Checkpoints(stores);
    this.asker = new EvaluationAsker(stores.evaluations());
  }

  /** What an evaluation's row says beside its digest: enough to find everything again. */
  private record Opened(EvaluationPlan plan, ExperimentSpec spec, @Nullable Digest checkpoint) {}

  @Override
  public EvaluationReference open(EvaluationRequest request) {
    ExperimentSpec spec = experiments.load(request.experiment());
    LoadedDataset dataset = datasets.of(spec, request.arm());
    Checkpoints.Policy policy =
        checkpoints.get(request.experiment(), spec, request.arm(), request.seed());
    EvaluationPlan plan =
        new EvaluationPlan(
            EvaluationPlan.spec(
                spec, policy.id(), dataset, split(request.split()), request.template()),
            dataset);
    stores
        .evaluations()
        .open(
            new EvaluationStore.NewEvaluation(
                plan.digest(), policy.run(), policy.digest(), Trees.node(row(plan, request))));
    return reference(new Opened(plan, spec, policy.digest()));
  }

  private static Map<String, Object> row(EvaluationPlan plan, EvaluationRequest request) {
    Map<String, Object> tree = new LinkedHashMap<>(plan.spec().tree());
    tree.put("experiment", request.experiment());
    tree.put("arm", request.arm());
    tree.put("splitName", request.split());
    return tree;
  }

  private static Split split(String name) {
    return Split.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private Opened load(String evaluation) {
    EvaluationStore.Evaluation row =
        stores
            .evaluations()
            .find(new Digest(evaluation))
            .orElseThrow(
                () ->
                    new SightlineException(
                        FailureType.UNKNOWN_TARGET, "there is no evaluation " + evaluation));
    ExperimentSpec spec = experiments.load(row.spec().path("experiment").asText());
    LoadedDataset dataset = datasets.of(spec, row.spec().path("arm").asText());
    EvaluationPlan plan =
        new EvaluationPlan(
            EvaluationPlan.spec(
                spec,
                row.spec().path("checkpoint").asText(),
                dataset,
                split(row.spec().path("splitName").asText()),
                row.spec().path("template").asText()),
            dataset);
    return new Opened(plan, spec, row.checkpoint());
  }

  private EvaluationReference reference(Opened opened) {
    EvaluationPlan plan = opened.plan();
    int answered = 0;
    while (answered < plan.batches() && asker.answered(plan, answered)) {
      answered++;
    }
    boolean published =
        stores
            .evaluations()
            .find(plan.digest())
            .map(row -> row.state() == EvaluationStore.State.PUBLISHED)
            .orElse(false);
    return new EvaluationReference(
        plan.digest().hex(),
        Ids.evaluation(plan.digest()),
        plan.batches(),
        answered,
        published,
        opened.spec().operations().retry().maximumAttempts());
  }

  @Override
  public void bringUp(BatchRequest request) {
    PolicySession session = servers.session(request.lease());
    Opened opened = load(request.evaluation());
    servers.healthy(request.lease().server());
    open(session, opened);
  }

  /** Idempotent on the server; answers where the run stands, which never moves. */
  private Digest open(PolicySession session, Opened opened) {
    return session
        .open(OpenRequests.of(opened.spec(), opened.checkpoint(), opened.plan().digest()))
        .lineage();
  }

  @Override
  public void answerBatch(BatchRequest request) {
    PolicySession session = servers.session(request.lease());
    Opened opened = load(request.evaluation());
    ServerState state = session.client().ping();
    Digest lineage =
        state
            .openRun(session.call().run())
            .map(ServerState.OpenRun::lineage)
            .orElseThrow(
                () ->
                    new SightlineException(
                        FailureType.POLICY_UNKNOWN,
                        "the policy server does not hold " + session.call().run()));
    session.alive("batch " + request.batch());
    asker.ask(opened.plan(), request.batch(), session, lineage);
  }

  @Override
  public EvaluationReference publish(BatchRequest request) {
    PolicySession session = servers.session(request.lease());
    Opened opened = load(request.evaluation());
    asker.publish(opened.plan());
    session.close();
    return reference(opened);
  }
}
