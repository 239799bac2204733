package dev.sightline.worker.durability;

import dev.sightline.activity.AttemptRecorder;
import dev.sightline.activity.Catalog;
import dev.sightline.activity.Experiments;
import dev.sightline.activity.ablation.ExperimentActivitiesImpl;
import dev.sightline.activity.dataset.DatasetActivitiesImpl;
import dev.sightline.activity.dataset.Datasets;
import dev.sightline.activity.lease.LeaseActivitiesImpl;
import dev.sightline.activity.policy.PolicyServers;
import dev.sightline.activity.training.TrainingActivitiesImpl;
import dev.sightline.foundation.Digest;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.spec.SpecDigest;
import dev.sightline.spec.SpecReader;
import dev.sightline.spec.SpecWriter;
import dev.sightline.storage.ArtifactStore;
import dev.sightline.storage.StepLedger;
import dev.sightline.storage.Stores;
import dev.sightline.triton.policy.PolicyClient;
import dev.sightline.workflow.OperatorCommand;
import dev.sightline.workflow.Progress;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.TaskQueues;
import dev.sightline.workflow.WorkflowOutcome;
import dev.sightline.workflow.WorkflowTypes;
import dev.sightline.workflow.client.FailureInterceptor;
import dev.sightline.workflow.client.SightlineClients;
import dev.sightline.workflow.client.SightlineConverter;
import dev.sightline.workflow.internal.WorkflowRegistration;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Sightline's workflows and activities over real stores and one policy server. */
final class Laboratory implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String ARM = "plain";
  private static final long SEED = 1;

  private final Stores stores;
  private final TestWorkflowEnvironment environment;

  Laboratory(Stores stores, ArtifactStore artifacts, String server, PolicyClient policy) {
    this.stores = stores;
    environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    SightlineClients.clientOptions("default", SightlineConverter.Oversize.REFUSED))
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(
                            new FailureInterceptor(), new AttemptRecorder(stores))
                        .build())
                .build());
    for (String name :
        List.of(
            "SightlineExperiment",
            "SightlineArm",
            "SightlineSeed",
            "SightlineStage",
            "SightlineState")) {
      environment.registerSearchAttribute(name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
    }
    environment.registerSearchAttribute("SightlineRound", IndexedValueType.INDEXED_VALUE_TYPE_INT);
    Experiments experiments = new Experiments(stores.experiments());
    Datasets datasets = new Datasets(stores, artifacts);
    PolicyServers servers = new PolicyServers(Map.of(server, policy), stores);
    Object experiment =
        new ExperimentActivitiesImpl(
            stores, artifacts, experiments, datasets, environment.getWorkflowClient());
    Object training = new TrainingActivitiesImpl(stores, artifacts, experiments, datasets, servers);
    Worker orchestration = worker(TaskQueues.ORCHESTRATION);
    orchestration.registerWorkflowImplementationTypes(
        WorkflowRegistration.types().toArray(Class<?>[]::new));
    orchestration.registerActivitiesImplementations(
        experiment, new LeaseActivitiesImpl(stores, servers));
    worker(TaskQueues.COMPUTE)
        .registerActivitiesImplementations(
            experiment, training, new DatasetActivitiesImpl(stores, artifacts, experiments));
    worker(TaskQueues.POLICY).registerActivitiesImplementations(training);
    environment.start();
  }

  private Worker worker(String queue) {
    return environment.newWorker(
        queue, WorkerOptions.newBuilder().setDefaultDeadlockDetectionTimeout(60_000).build());
  }

  /** An experiment of four steps in four rounds; the name changes no number. */
  static ExperimentSpec spec(String name) {
    return spec(name, 2, 8);
  }

  /**
   * One whose completions may be longer, or more.
   *
   * @param prompts a step, with two completions each
   */
  static ExperimentSpec spec(String name, int prompts, int maxNewTokens) {
    return spec(name, prompts, maxNewTokens, 1, "");
  }

  /** One whose four steps are one round, the first three of them supervised. */
  static ExperimentSpec supervised(String name) {
    return spec(name, 2, 8, 4, "supervised: 0.75");
  }

  private static ExperimentSpec spec(
      String name, int prompts, int maxNewTokens, int stepsPerRound, String arm) {
    return Experiments.resolve(
        new SpecReader(Catalog.ALL)
            .readYaml(
                "durability.yaml",
                """
                name: %s
                seed: 20260101
                seeds: [1]
                policy: { seed: 7, hiddenSize: 64, textLayers: 1, visionLayers: 1, intermediateSize: 64 }
                dataset:
                  family: rotting_kiwi
                  config: { rows: 2, columns: 3, rotten: one-or-more }
                  imageSize: { width: 84, height: 56 }
                  counts: { train: 20, dev: 4, test: 4 }
                training:
                  { steps: 4, stepsPerRound: %d, promptsPerStep: %d, groupSize: 2, maxNewTokens: %d }
                arms:
                  - name: plain
                    terms: [ { term: length_only, weight: 1.0 } ]
                    %s
                evaluation: { batchItems: 4, testModes: [image], devModes: [image] }
                statistics: { reference: plain }
                operations:
                  keepCheckpoints: 3
                  keepBestCheckpoints: 0
                  retry: { maximumAttempts: 3, initialInterval: PT0.1S, maximumInterval: PT1S }
                """
                    .formatted(name, stepsPerRound, prompts, maxNewTokens, arm)));
  }

  static String run(ExperimentSpec spec) {
    return Ids.runId(SpecDigest.experimentId(spec), ARM, SEED);
  }

  /** Makes the data set, which all experiments of {@link #spec} share. */
  void makeDataset(ExperimentSpec spec) {
    WorkflowStub made =
        stub(WorkflowTypes.DATASET_GENERATION, Ids.dataset(Experiments.datasetDigest(spec)));
    made.start(Map.of("spec", SpecWriter.tree(spec)));
    result(made);
  }

  /**
   * Trains the arm.
   *
   * @param untilStep where to rest, null for the end
   */
  WorkflowStub train(ExperimentSpec spec, @Nullable Integer untilStep) {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("spec", SpecWriter.tree(spec));
    input.put("arm", ARM);
    input.put("seed", SEED);
    if (untilStep != null) {
      input.put("untilStep", untilStep);
    }
    WorkflowStub started =
        stub(WorkflowTypes.TRAINING_RUN, Ids.run(SpecDigest.experimentId(spec), ARM, SEED));
    started.start(input);
    return started;
  }

  private WorkflowStub stub(String type, String id) {
    return environment
        .getWorkflowClient()
        .newUntypedWorkflowStub(
            type,
            WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(TaskQueues.ORCHESTRATION)
                .build());
  }

  static WorkflowOutcome result(WorkflowStub stub) {
    try {
      return stub.getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, WorkflowOutcome.class);
    } catch (TimeoutException e) {
      throw new AssertionError("it did not end: " + progress(stub), e);
    }
  }

  static Progress progress(WorkflowStub stub) {
    return stub.query("progress", Progress.class);
  }

  /** Waits until the run waits for an operator, for a reason with these words. */
  static String awaitOperator(WorkflowStub stub, String words) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Progress now = progress(stub);
      String reason = String.valueOf(now.reason());
      if (now.state() == StageState.WAITING_FOR_OPERATOR && reason.contains(words)) {
        return reason;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("no operator is asked about " + words + ": " + now);
      }
      Thread.sleep(50);
    }
  }

  static void retry(WorkflowStub stub, String id) {
    stub.signal("retryStage", new OperatorCommand(id, "ann", "go on without it", null, null));
  }

  /** The state behind each step of the live path. */
  List<@Nullable Digest> states(ExperimentSpec spec) {
    return stores.steps().liveSteps(run(spec)).stream().map(StepLedger.Step::stateDigest).toList();
  }

  @Override
  public void close() {
    environment.close();
  }
}
