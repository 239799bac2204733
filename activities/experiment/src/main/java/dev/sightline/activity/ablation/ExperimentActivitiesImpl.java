package dev.sightline.activity.ablation;

import dev.sightline.activity.Experiments;
import dev.sightline.activity.Trees;
import dev.sightline.activity.Waits;
import dev.sightline.activity.dataset.Datasets;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.report.HtmlReport;
import dev.sightline.report.JsonReport;
import dev.sightline.report.MarkdownReport;
import dev.sightline.report.Report;
import dev.sightline.report.ReportBuilder;
import dev.sightline.report.TextReport;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.SpecWriter;
import dev.sightline.storage.ArtifactStore;
import dev.sightline.storage.AuditStore;
import dev.sightline.storage.ExperimentStore;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.Stores;
import dev.sightline.workflow.AuditEntry;
import dev.sightline.workflow.SearchAttributes;
import dev.sightline.workflow.StageEnded;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.TaskQueues;
import dev.sightline.workflow.activity.EnsureRequest;
import dev.sightline.workflow.activity.Ensured;
import dev.sightline.workflow.activity.ExperimentActivities;
import dev.sightline.workflow.activity.PlanReference;
import dev.sightline.workflow.activity.PlannedStage;
import dev.sightline.workflow.activity.ReportReference;
import dev.sightline.workflow.activity.ReportRequest;
import dev.sightline.workflow.activity.RungRequest;
import dev.sightline.workflow.activity.Spending;
import dev.sightline.workflow.activity.StageKind;
import dev.sightline.workflow.activity.StateRecord;
import io.temporal.activity.Activity;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes.Builder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The experiment's own activities: plan, stages, what people read, report. */
public final class ExperimentActivitiesImpl implements ExperimentActivities {
  private static final String RUN_PREFIX = "run/";
  private static final String ABLATION_PREFIX = "ablation/";

  private final Stores stores;
  private final ArtifactStore artifacts;
  private final Experiments experiments;
  private final WorkflowClient client;
  private final Stages stages;
  private final Details details;
  private final ReportAssembly assembly;
  private final Decider decider;

  public ExperimentActivitiesImpl(
      Stores stores,
      ArtifactStore artifacts,
      Experiments experiments,
      Datasets datasets,
      WorkflowClient client) {
    this.stores = stores;
    this.artifacts = artifacts;
    this.experiments = experiments;
    this.client = client;
    this.stages = new Stages(stores, datasets);
    this.details = new Details(stores, experiments);
    this.decider = new Decider(stores, experiments, datasets, stages);
    this.assembly = new ReportAssembly(stores, datasets, stages, decider);
  }

  @Override
  public String admit(Map<String, Object> spec) {
    return experiments.admit(spec).experiment().id();
  }

  @Override
  public PlanReference plan(String experiment) {
    ExperimentSpec spec = experiments.load(experiment);
    List<List<PlannedStage>> groups = PlanGroups.of(spec, decider.decided(experiment));
    Digest digest = stores.plans().put(experiment, Trees.node(Stages.tree(experiment, groups)));
    return new PlanReference(experiment, spec.title(), digest.hex(), groups);
  }

  @Override
  public PlanReference decide(RungRequest request) {
    decider.decide(request);
    return plan(request.experiment());
  }

  @Override
  public Ensured ensure(EnsureRequest request) {
    Stages.Recipe recipe = recipe(request);
    if (!recipe.published().isEmpty()) {
      return published(recipe);
    }
    awaitEarlierRung(request.stage(), recipe.workflowId());
    // Before the start, so that an end cannot come before its waiter is known.
    stores.waiters().add(recipe.workflowId(), request.waiter());
    start(request, recipe);
    return new Ensured(Ensured.Status.RUNNING, recipe.workflowId(), "", "started or attached to");
  }

  /**
   * A run that rests writes its last row a moment before its workflow ends; a start at that moment
   * would attach to the old one and go no further.
   */
  private void awaitEarlierRung(PlannedStage stage, String workflowId) {
    if (stage.kind() != StageKind.TRAINING) {
      return;
    }
    for (int look = 0; look < 100; look++) {
      if (!endsAnotherRung(stage, workflowId)) {
        return;
      }
      Waits.pause(Duration.ofMillis(200), workflowId);
    }
    throw new SightlineException(
        FailureType.INTERNAL, workflowId + " still ends its rung before " + stage.target());
  }

  private boolean endsAnotherRung(PlannedStage stage, String workflowId) {
    try {
      WorkflowExecutionDescription found = client.newUntypedWorkflowStub(workflowId).describe();
      return found.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
          && !stage.target().equals(found.getTypedSearchAttributes().get(SearchAttributes.STAGE));
    } catch (WorkflowNotFoundException e) {
      return false;
    }
  }

  private Stages.Recipe recipe(EnsureRequest request) {
    ExperimentSpec spec = experiments.load(request.experiment());
    return stages.recipe(request.experiment(), spec, SpecWriter.tree(spec), request.stage());
  }

  private static Ensured published(Stages.Recipe recipe) {
    return new Ensured(
        Ensured.Status.PUBLISHED, recipe.workflowId(), recipe.published(), "published");
  }

  /** The row is the truth, so a workflow that ended without publishing may be started anew. */
  private void start(EnsureRequest request, Stages.Recipe recipe) {
    Builder attributes =
        io.temporal.common.SearchAttributes.newBuilder()
            .set(SearchAttributes.EXPERIMENT, request.experiment())
            .set(SearchAttributes.STAGE, request.stage().target())
            .set(SearchAttributes.STATE, StageState.RUNNING.label());
    if (request.stage().arm() != null) {
      attributes.set(SearchAttributes.ARM, request.stage().arm());
    }
    if (request.stage().seed() != null) {
      attributes.set(SearchAttributes.SEED, String.valueOf(request.stage().seed()));
    }
    client
        .newUntypedWorkflowStub(
            recipe.workflowType(),
            WorkflowOptions.newBuilder()
                .setWorkflowId(recipe.workflowId())
                .setTaskQueue(TaskQueues.ORCHESTRATION)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE)
                .setTypedSearchAttributes(attributes.build())
                .setStaticSummary(recipe.summary())
                .setStaticDetails(
                    "Stage `" + request.stage().target() + "` of " + request.experiment())
                .build())
        .start(recipe.input());
  }

  @Override
  public Ensured lookUp(EnsureRequest request) {
    Stages.Recipe recipe = recipe(request);
    if (!recipe.published().isEmpty()) {
      return published(recipe);
    }
    try {
      WorkflowExecutionDescription found =
          client.newUntypedWorkflowStub(recipe.workflowId()).describe();
      WorkflowExecutionStatus status = found.getStatus();
      String state = found.getTypedSearchAttributes().get(SearchAttributes.STATE);
      return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
          ? new Ensured(
              Ensured.Status.RUNNING, recipe.workflowId(), "", state == null ? "running" : state)
          : new Ensured(
              Ensured.Status.FAILED,
              recipe.workflowId(),
              "",
              "ended without a result: " + status.name().replace("WORKFLOW_EXECUTION_STATUS_", ""));
    } catch (WorkflowNotFoundException e) {
      return new Ensured(
          Ensured.Status.FAILED, recipe.workflowId(), "", "there is no such workflow");
    }
  }

  @Override
  public void announce(StageEnded ended) {
    for (String waiter : stores.waiters().waiters(ended.workflowId())) {
      try {
        client.newUntypedWorkflowStub(waiter).signal("stageEnded", ended);
      } catch (WorkflowNotFoundException e) {
        // It has ended; the row tells whoever comes later.
        continue;
      }
    }
  }

  @Override
  public void record(StateRecord state) {
    if (state.workflowId().startsWith(ABLATION_PREFIX)) {
      stores
          .experiments()
          .update(
              state.experiment(), experimentState(state.state()), state.stage(), state.reason());
    } else if (state.workflowId().startsWith(RUN_PREFIX)) {
      String run = state.workflowId().substring(RUN_PREFIX.length());
      if (stores.runs().find(run).filter(row -> row.finalCheckpoint() == null).isPresent()) {
        // Done without a final checkpoint: it rests at a rung, which decides whether it goes on.
        stores
            .runs()
            .update(
                run,
                state.state() == StageState.DONE ? RunStore.State.STOPPED : runState(state.state()),
                state.state() == StageState.DONE ? "rests at a rung" : state.reason());
      }
    }
    for (AuditEntry entry : state.audit()) {
      stores
          .audit()
          .append(
              new AuditStore.Entry(
                  state.workflowId(),
                  entry.commandId(),
                  state.experiment(),
                  entry.command(),
                  entry.by(),
                  entry.target(),
                  entry.reason() == null ? "" : entry.reason(),
                  AuditStore.Outcome.valueOf(entry.outcome()),
                  entry.message(),
                  Instant.now(),
                  entry.budget(),
                  entry.amount()));
    }
  }

  private static ExperimentStore.State experimentState(StageState state) {
    return switch (state) {
      case RUNNING, WAITING_FOR_STAGE, SKIPPED -> ExperimentStore.State.RUNNING;
      case PAUSED -> ExperimentStore.State.PAUSED;
      case WAITING_FOR_POLICY -> ExperimentStore.State.WAITING_FOR_POLICY;
      case WAITING_FOR_OPERATOR -> ExperimentStore.State.WAITING_FOR_OPERATOR;
      case DONE -> ExperimentStore.State.COMPLETED;
      case ABORTED -> ExperimentStore.State.ABORTED;
      case FAILED -> ExperimentStore.State.FAILED;
    };
  }

  private static RunStore.State runState(StageState state) {
    return switch (state) {
      case RUNNING, WAITING_FOR_STAGE -> RunStore.State.RUNNING;
      case PAUSED -> RunStore.State.PAUSED;
      case WAITING_FOR_POLICY -> RunStore.State.WAITING_FOR_POLICY;
      case WAITING_FOR_OPERATOR -> RunStore.State.WAITING_FOR_OPERATOR;
      case DONE -> RunStore.State.COMPLETED;
      case SKIPPED -> RunStore.State.SKIPPED;
      case ABORTED -> RunStore.State.STOPPED;
      case FAILED -> RunStore.State.FAILED;
    };
  }

  @Override
  public String details(String experiment) {
    return details.markdown(
        experiments.row(experiment), Activity.getExecutionContext().getInfo().getWorkflowId());
  }

  @Override
  public Spending spent(String experiment) {
    return Spent.of(stores.spending().of(experiment));
  }

  @Override
  public ReportReference report(ReportRequest request) {
    ExperimentSpec spec = experiments.load(request.experiment());
    ExperimentStore.Experiment row = experiments.row(request.experiment());
    Report report;
    try {
      report =
          ReportBuilder.build(
              assembly.request(row, spec, request), assembly.interruptions(row, spec));
    } catch (IllegalArgumentException e) {
      throw new SightlineException(
          FailureType.STAGE_FAILED, "the report cannot be made: " + e.getMessage(), e);
    }
    Digest results = artifacts.put(JsonReport.results(report));
    Map<String, Object> index = new LinkedHashMap<>(written(report));
    if (report.interruptions().any()) {
      index.put("withoutInterrupted", written(report.withoutInterrupted()));
    }
    Digest whole = artifacts.put(Trees.bytes(index));
    stores.experiments().publishReport(request.experiment(), results, whole);
    return new ReportReference(
        String.valueOf(index.get("json")),
        String.valueOf(index.get("html")),
        String.valueOf(index.get("markdown")),
        results.hex());
  }

  /** Digests of a report's files by their kind. */
  private Map<String, String> written(Report report) {
    return Map.of(
        "json", artifacts.put(JsonReport.write(report)).hex(),
        "html", stored(HtmlReport.write(report)),
        "markdown", stored(MarkdownReport.write(report)),
        "text", stored(TextReport.write(report)));
  }

  private String stored(String text) {
    return artifacts.put(text.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
