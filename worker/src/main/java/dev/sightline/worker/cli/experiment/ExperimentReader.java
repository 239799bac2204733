package dev.sightline.worker.cli.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.activity.Catalog;
import dev.sightline.activity.Experiments;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.spec.PlannedStage;
import dev.sightline.storage.DatasetStore;
import dev.sightline.storage.EvaluationStore;
import dev.sightline.storage.ExperimentStore;
import dev.sightline.storage.LeaseStore;
import dev.sightline.storage.PolicyServerStore;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.StepIdentity;
import dev.sightline.storage.StepLedger;
import dev.sightline.storage.Stores;
import dev.sightline.worker.cli.view.ExperimentView;
import dev.sightline.worker.cli.view.RunView;
import dev.sightline.worker.cli.view.StageView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Reads PostgreSQL's rows into what people see. */
public final class ExperimentReader {
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
    boolean over = row.state() == ExperimentStore.State.COMPLETED;
    boolean reported = row.reportDigest() != null;
    boolean dataset = published(planned);
    List<StageView> stages = new ArrayList<>();
    List<RunView> shown = new ArrayList<>();
    for (int i = 0; i < planned.plan().stages().size(); i++) {
      PlannedStage stage = planned.plan().stages().get(i);
      double seconds = planned.estimate().stages().get(i).seconds();
      Progress progress = progress(stage, row, planned.spec(), dataset, reported, runs, evaluations);
      if (over) {
        progress = progress.ended();
      }
      stages.add(
          new StageView(
              stage.target(), progress.standing(), seconds, seconds * (1 - progress.share())));
      RunView run = runs.get(runId(stage, row.id(), planned.spec()));
      if (run != null && isTraining(stage)) {
        shown.add(run);
      }
    }
    return new ExperimentView(
        row.id(),
        planned.spec().title(),
        row.state(),
        row.stage(),
        row.reason(),
        reported,
        stages,
        shown);
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

  private record Progress(StageView.Standing standing, double share) {
    static Progress of(boolean done) {
      return done
          ? new Progress(StageView.Standing.DONE, 1)
          : new Progress(StageView.Standing.PENDING, 0);
    }

    Progress ended() {
      return standing == StageView.Standing.ENDED_EARLY ? this : of(true);
    }
  }

  private static Progress progress(
      PlannedStage stage,
      ExperimentStore.Experiment row,
      ExperimentSpec spec,
      boolean dataset,
      boolean reported,
      Map<String, RunView> runs,
      Map<String, List<EvaluationStore.Evaluation>> evaluations) {
    String run = runId(stage, row.id(), spec);
    return switch (stage) {
      case PlannedStage.MakeDataset make ->
          dataset
              ? Progress.of(true)
              : new Progress(
                  row.stage().equals(make.target())
                      ? StageView.Standing.RUNNING
                      : StageView.Standing.PENDING,
                  0);
      case PlannedStage.WarmStart start -> training(runs.get(run));
      case PlannedStage.TrainArm train -> training(runs.get(run));
      case PlannedStage.EvaluateStart start -> {
        List<EvaluationStore.Evaluation> rows = evaluations.getOrDefault(run, List.of());
        // A run that has begun shows that its start was evaluated, whatever row says so.
        boolean later = runs.values().stream().anyMatch(view -> view.target().startsWith("train/"));
        yield Progress.of(
            later || evaluated(rows, start.split().wire(), start.template()));
      }
      case PlannedStage.EvaluateArm arm -> {
        RunView view = runs.get(run);
        boolean skipped =
            view != null
                && (view.state() == RunStore.State.SKIPPED
                    || view.state() == RunStore.State.STOPPED);
        List<EvaluationStore.Evaluation> rows = evaluations.getOrDefault(run, List.of());
        yield skipped
            ? new Progress(StageView.Standing.ENDED_EARLY, 1)
            : Progress.of(evaluated(rows, arm.split().wire(), arm.template()));
      }
      case PlannedStage.Compare compare -> Progress.of(reported);
      case PlannedStage.WriteReport report -> Progress.of(reported);
    };
  }

  private static Progress training(@Nullable RunView run) {
    if (run == null) {
      return Progress.of(false);
    }
    StageView.Standing standing =
        switch (run.state()) {
          case COMPLETED -> StageView.Standing.DONE;
          case SKIPPED, STOPPED, FAILED -> StageView.Standing.ENDED_EARLY;
          case CREATED, RUNNING, PAUSED, WAITING_FOR_POLICY, WAITING_FOR_OPERATOR ->
              StageView.Standing.RUNNING;
        };
    return new Progress(standing, run.share());
  }

  private static boolean evaluated(
      List<EvaluationStore.Evaluation> rows, String split, String template) {
    return rows.stream()
        .anyMatch(
            row ->
                row.state() == EvaluationStore.State.PUBLISHED
                    && row.spec().path("split").asText().equals(split)
                    && row.spec().path("template").asText(template).equals(template));
  }

  private static boolean isTraining(PlannedStage stage) {
    return stage instanceof PlannedStage.WarmStart || stage instanceof PlannedStage.TrainArm;
  }

  /** The run that a stage makes or evaluates; empty for none. */
  private static String runId(PlannedStage stage, String experiment, ExperimentSpec spec) {
    return switch (stage) {
      case PlannedStage.WarmStart start ->
          Ids.runId(experiment, Ids.WARM_START, start.policySeed());
      case PlannedStage.EvaluateStart start ->
          Ids.runId(experiment, Ids.WARM_START, spec.policy().seed());
      case PlannedStage.TrainArm train -> Ids.runId(experiment, train.arm(), train.seed());
      case PlannedStage.EvaluateArm arm -> Ids.runId(experiment, arm.arm(), arm.seed());
      case PlannedStage.MakeDataset make -> "";
      case PlannedStage.Compare compare -> "";
      case PlannedStage.WriteReport report -> "";
    };
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
        warmStart ? Ids.WARM_START : "train/" + run.arm() + "/" + run.seed(),
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

  private static @Nullable Double number(
      Optional<JsonNode> node, ToDoubleFunction<JsonNode> read) {
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
