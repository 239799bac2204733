package dev.sightline.workflow.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sightline.spec.Catalogs;
import dev.sightline.spec.SpecDigest;
import dev.sightline.spec.SpecReader;
import dev.sightline.spec.SpecResult;
import dev.sightline.workflow.OperatorCommand;
import dev.sightline.workflow.Progress;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.TaskQueues;
import dev.sightline.workflow.WorkflowOutcome;
import dev.sightline.workflow.client.SightlineClients;
import dev.sightline.workflow.client.SightlineConverter;
import dev.sightline.workflow.internal.fake.FakeDataset;
import dev.sightline.workflow.internal.fake.FakeEvaluation;
import dev.sightline.workflow.internal.fake.FakeExperiment;
import dev.sightline.workflow.internal.fake.FakeLeases;
import dev.sightline.workflow.internal.fake.FakeTraining;
import dev.sightline.workflow.internal.fake.Faults;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import io.temporal.worker.WorkflowImplementationOptions;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An in-memory Temporal with skipped time, all workflows, and fakes for all activities. */
public final class TestStack implements AutoCloseable {
  static final String LISTENERS = "listeners";

  private static final List<String> KEYWORDS =
      List.of(
          "SightlineExperiment",
          "SightlineArm",
          "SightlineSeed",
          "SightlineStage",
          "SightlineState");

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  public final Faults faults = new Faults();
  public final FakeExperiment experiment = new FakeExperiment(faults);
  public final FakeDataset dataset = new FakeDataset(faults);
  public final FakeTraining training = new FakeTraining(faults);
  public final FakeEvaluation evaluation = new FakeEvaluation(faults);
  public final FakeLeases leases = new FakeLeases(faults);
  public final TestWorkflowEnvironment environment;

  public TestStack() {
    this(null);
  }

  /**
   * @param address a real Temporal with the search attributes registered, for recording histories;
   *     null for one in memory
   */
  public TestStack(@Nullable String address) {
    TestEnvironmentOptions.Builder options =
        TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(
                SightlineClients.clientOptions("default", SightlineConverter.Oversize.REFUSED))
            .setWorkerFactoryOptions(SightlineClients.factoryOptions());
    if (address != null) {
      options.setUseExternalService(true).setTarget(address);
    }
    environment = TestWorkflowEnvironment.newInstance(options.build());
    if (address == null) {
      for (String name : KEYWORDS) {
        environment.registerSearchAttribute(name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
      }
      environment.registerSearchAttribute(
          "SightlineRound", IndexedValueType.INDEXED_VALUE_TYPE_INT);
    }
    Worker orchestration = environment.newWorker(TaskQueues.ORCHESTRATION, patient());
    // A bug fails a test at once instead of retrying its workflow task.
    WorkflowImplementationOptions failing =
        WorkflowImplementationOptions.newBuilder()
            .setFailWorkflowExceptionTypes(Throwable.class)
            .build();
    orchestration.registerWorkflowImplementationTypes(
        failing, WorkflowRegistration.types().toArray(Class<?>[]::new));
    orchestration.registerActivitiesImplementations(experiment, leases);
    environment
        .newWorker(TaskQueues.COMPUTE)
        .registerActivitiesImplementations(experiment, dataset, training);
    environment
        .newWorker(TaskQueues.POLICY)
        .registerActivitiesImplementations(training, evaluation);
    environment
        .newWorker(LISTENERS, patient())
        .registerWorkflowImplementationTypes(RewardAblationWorkflowTest.ListenerImpl.class);
    environment.start();
  }

  /** A busy machine is no deadlock; the detector would fail the workflow here. */
  public static WorkerOptions patient() {
    return WorkerOptions.newBuilder().setDefaultDeadlockDetectionTimeout(60_000).build();
  }

  public WorkflowClient client() {
    return environment.getWorkflowClient();
  }

  public WorkflowStub stub(String type, String workflowId) {
    return client()
        .newUntypedWorkflowStub(
            type,
            WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setTaskQueue(TaskQueues.ORCHESTRATION)
                .build());
  }

  public WorkflowStub start(String type, String workflowId, @Nullable Object input) {
    WorkflowStub stub = stub(type, workflowId);
    stub.start(input);
    return stub;
  }

  /** The result, waiting in skipped time. */
  public static WorkflowOutcome result(WorkflowStub stub) {
    try {
      return stub.getResult(PATIENCE.toSeconds(), TimeUnit.SECONDS, WorkflowOutcome.class);
    } catch (TimeoutException e) {
      throw new AssertionError("the workflow did not end; it is " + progress(stub), e);
    }
  }

  public static Progress progress(WorkflowStub stub) {
    return stub.query("progress", Progress.class);
  }

  public static void awaitState(WorkflowStub stub, StageState state) {
    await(() -> progress(stub).state() == state, () -> "state is " + progress(stub));
  }

  /** Waits for a condition of another thread. */
  public static void await(BooleanSupplier condition, Supplier<String> otherwise) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).describedAs(otherwise.get()).isLessThan(end);
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  public static JsonNode spec() {
    try (InputStream resource =
        Objects.requireNonNull(TestStack.class.getResourceAsStream("/experiment.json"))) {
      return SightlineConverter.mapper().readTree(resource);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  public static String experimentId() {
    Map<String, Object> tree =
        SightlineConverter.mapper()
            .convertValue(spec(), new TypeReference<Map<String, Object>>() {});
    return switch (new SpecReader(Catalogs.NONE).readTree(tree)) {
      case SpecResult.Valid valid -> SpecDigest.experimentId(valid.spec());
      case SpecResult.Invalid wrong -> throw new AssertionError(wrong.text());
    };
  }

  /** {@code {"spec": ..., "arm": ..., "seed": ...}}. */
  public static ObjectNode envelope(@Nullable String arm, @Nullable Long seed) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    input.set("spec", spec());
    if (arm != null) {
      input.put("arm", arm);
    }
    if (seed != null) {
      input.put("seed", seed);
    }
    return input;
  }

  public static OperatorCommand command(String id, @Nullable String target) {
    return new OperatorCommand(id, "ann", "because", target, null);
  }

  @Override
  public void close() {
    environment.close();
  }
}
