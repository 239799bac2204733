package dev.sightline.worker.cli.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sightline.activity.Catalog;
import dev.sightline.activity.Experiments;
import dev.sightline.activity.ablation.Spent;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.spec.PlannedStage.TrainArm;
import dev.sightline.storage.DatasetStore;
import dev.sightline.storage.EvaluationStore;
import dev.sightline.storage.ExperimentStore;
import dev.sightline.storage.LeaseStore;
import dev.sightline.storage.PlanStore;
import dev.sightline.storage.PolicyServerStore;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.StepIdentity;
import dev.sightline.storage.StepLedger;
import dev.sightline.storage.Stores;
import dev.sightline.worker.cli.view.ExperimentView;
import dev.sightline.worker.cli.view.RunView;
import dev.sightline.worker.cli.view.StageView;
import dev.sightline.workflow.Progress;
import dev.sightline.workflow.activity.PlannedStage;
import dev.sightline.workflow.activity.StageKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Reads PostgreSQL's rows into what people see. */
public final class ExperimentReader {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Stores stores;
  private final Map<String, Planned> plans = new HashMap<>();

  public ExperimentReader(Stores stores) {
    this.stores = stores;
  }

  /** The newest first. */
  public List<ExperimentStore.Experiment> list(int limit) {
    return stores.experiments().list(limit);
  }

  /** Empty when the experiment has no row (yet). */
  public Optional<ExperimentView> view(String id) {
    return stores.experiments().find(id).map(this::view);
  }

  /**
   * @throws SightlineException UNKNOWN_TARGET
   */
  public ExperimentStore.Experiment row(String id) {
    return stores
        .experiments()
        .find(id)
        .orElseThrow(
            () ->
                new SightlineException(
                    FailureType.UNKNOWN_TARGET,
                    "there is no experiment " + id + "; `sightline status` lists those there are"));
  }

  private ExperimentView view(ExperimentStore.Experiment row) {
    Planned planned = plans.computeIfAbsent(row.id(), this::plan);
    Map<String, RunView> runs = new HashMap<>();
    Map<String, List<EvaluationStore.Evaluation>> evaluations = new HashMap<>();
    Map<String, String> leases = queue();
    for (RunStore.Run run : stores.runs().list(row.id())) {
      List<EvaluationStore.Evaluation> ofRun = stores.evaluations().list(run.id());
      evaluations.put(run.id(), ofRun);
      runs.put(run.id(), run(run, planned.spec(), ofRun, leases));
    }
    List<PlannedStage> stored = storedStages(row.id());
    Rows rows =
        new Rows(row, planned.spec(), published(planned), runs, evaluations, undecided(stored));
    Map<String, Double> seconds = new HashMap<>();
    planned.estimate().stages().forEach(stage -> seconds.put(stage.target(), stage.seconds()));
    List<StageView> stages = new ArrayList<>();
    List<RunView> shown = new ArrayList<>();
    for (PlannedStage stage : stored) {
      stages.add(StageProgress.view(stage, rows, seconds.getOrDefault(stage.target(), 0.0)));
      RunView run = runs.get(StageProgress.runOf(stage, row.id()));
      // A run that rests at rungs has a stage for each part.
      if (run != null && StageProgress.trains(stage) && !shown.contains(run)) {
        shown.add(run);
      }
    }
    return new ExperimentView(
        row.id(),
        planned.spec().title(),
        row.state(),
        row.stage(),
        row.reason(),
        row.reportDigest() != null,
        stages,
        shown,
        budgets(row.id(), planned.spec()));
  }

  private List<Progress.BudgetLine> budgets(String id, ExperimentSpec spec) {
    return Spent.of(stores.spending().of(id)).against(spec.operations().budgets());
  }

  private Planned plan(String id) {
    ExperimentSpec spec = new Experiments(stores.experiments()).load(id);
    return Planned.of(spec, List.of(), Catalog.ALL);
  }

  private boolean published(Planned planned) {
    return stores
        .datasets()
        .find(planned.plan().dataset())
        .filter(dataset -> dataset.state() == DatasetStore.State.PUBLISHED)
        .isPresent();
  }

  /** The decision that the plan waits for: a plan goes on from each one that was made. */
  private static @Nullable String undecided(List<PlannedStage> stored) {
    return !stored.isEmpty() && stored.getLast().kind() == StageKind.RUNG
        ? stored.getLast().target()
        : null;
  }

  /**
   * What there is of one experiment.
   *
   * @param undecided the decision that the plan waits for; null for none
   */
  record Rows(
      ExperimentStore.Experiment experiment,
      ExperimentSpec spec,
      boolean dataset,
      Map<String, RunView> runs,
      Map<String, List<EvaluationStore.Evaluation>> evaluations,
      @Nullable String undecided) {
    Rows {
      runs = Map.copyOf(runs);
      evaluations = Map.copyOf(evaluations);
    }
  }

  /** The stages that the workflow executes, whose paths are the targets of operators' commands. */
  private List<PlannedStage> storedStages(String experiment) {
    List<PlannedStage> stages = new ArrayList<>();
    List<PlanStore.Plan> plans = stores.plans().list(experiment);
    if (!plans.isEmpty()) {
      for (JsonNode group : plans.getLast().body().path("groups")) {
        for (JsonNode stage : group) {
          stages.add(MAPPER.convertValue(stage, PlannedStage.class));
        }
      }
    }
    return stages;
  }

  private RunView run(
      RunStore.Run run,
      ExperimentSpec spec,
      List<EvaluationStore.Evaluation> evaluations,
      Map<String, String> queue) {
    boolean warmStart = run.phase() == RunStore.Phase.WARM_START;
    ExperimentSpec.WarmStart start = spec.warmStart();
    int steps = warmStart && start != null ? start.steps() : spec.training().steps();
    int rounds = warmStart && start != null ? start.rounds() : spec.training().rounds();
    RunStore.@Nullable Head head = run.baseLineage() == null ? null : stores.runs().head(run.id());
    Optional<JsonNode> metrics =
        head == null || head.step() == 0
            ? Optional.empty()
            : stores
                .steps()
                .find(new StepIdentity(run.id(), head.branch(), head.round(), head.step()))
                .map(StepLedger.Step::metrics);
    Optional<EvaluationStore.Evaluation> dev = lastDev(evaluations);
    return new RunView(
        run.id(),
        warmStart ? Ids.WARM_START + "/" + run.seed() : TrainArm.path(run.arm(), run.seed()),
        run.arm(),
        run.seed(),
        run.state(),
        run.reason(),
        head == null ? 0 : head.step(),
        steps,
        head == null ? 0 : head.round(),
        rounds,
        warmStart ? null : number(metrics, node -> node.path("reward").asDouble(Double.NaN)),
        number(metrics, node -> node.path("loss").asDouble(Double.NaN)),
        number(
            dev.map(EvaluationStore.Evaluation::summary),
            node -> node.path("image").path("accuracy").asDouble(Double.NaN)),
        number(
            dev.map(EvaluationStore.Evaluation::summary),
            node -> node.path("image").path("perception").asDouble(Double.NaN)),
        !warmStart && evaluations.stream().anyMatch(ExperimentReader::testPublished),
        lease(run.id(), queue));
  }

  private static boolean testPublished(EvaluationStore.Evaluation row) {
    return row.state() == EvaluationStore.State.PUBLISHED
        && row.spec().path("split").asText().equals("test");
  }

  private static Optional<EvaluationStore.Evaluation> lastDev(
      List<EvaluationStore.Evaluation> evaluations) {
    return evaluations.stream()
        .filter(row -> row.summary() != null && row.spec().path("split").asText().equals("dev"))
        .max(java.util.Comparator.comparingLong(row -> row.spec().path("step").asLong(0)));
  }

  private static @Nullable Double number(Optional<JsonNode> node, ToDoubleFunction<JsonNode> read) {
    return node.map(read::applyAsDouble).filter(Double::isFinite).orElse(null);
  }

  private String lease(String run, Map<String, String> queue) {
    Optional<LeaseStore.Lease> lease = stores.leases().find(run);
    return lease
        .map(held -> held.expired() ? "lease expired" : "holds " + held.server())
        .orElseGet(() -> queue.getOrDefault(run, ""));
  }

  private Map<String, String> queue() {
    Map<String, String> places = new HashMap<>();
    for (PolicyServerStore.PolicyServer server : stores.policyServers().list()) {
      List<String> waiting = stores.leases().waiting(server.name());
      for (int i = 0; i < waiting.size(); i++) {
        places.putIfAbsent(waiting.get(i), "waits, place " + (i + 1));
      }
    }
    return places;
  }
}
