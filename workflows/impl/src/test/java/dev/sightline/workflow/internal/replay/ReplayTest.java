package dev.sightline.workflow.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.workflow.Carried;
import dev.sightline.workflow.EvaluationWorkflow;
import dev.sightline.workflow.TaskQueues;
import dev.sightline.workflow.WorkflowOutcome;
import dev.sightline.workflow.WorkflowTypes;
import dev.sightline.workflow.client.SightlineClients;
import dev.sightline.workflow.internal.TestStack;
import dev.sightline.workflow.internal.WorkflowRegistration;
import dev.sightline.workflow.internal.operation.OperableWorkflow;
import io.temporal.common.metadata.POJOWorkflowImplMetadata;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.temporal.workflow.WorkflowVersioningBehavior;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Old histories must fit today's code, with the converter and interceptors of production. */
class ReplayTest {
  private static TestWorkflowEnvironment environment() {
    return TestWorkflowEnvironment.newInstance(
        TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(SightlineClients.clientOptions("default"))
            .setWorkerFactoryOptions(SightlineClients.factoryOptions())
            .build());
  }

  private static void replay(Path file, Class<?>... types) throws Exception {
    try (TestWorkflowEnvironment environment = environment()) {
      Worker worker = environment.newWorker(TaskQueues.ORCHESTRATION, TestStack.patient());
      worker.registerWorkflowImplementationTypes(types);
      WorkflowReplayer.replayWorkflowExecution(Histories.read(file), worker);
    }
  }

  static Stream<String> types() {
    return WorkflowRegistration.types().stream()
        .flatMap(type -> POJOWorkflowImplMetadata.newInstance(type).getWorkflowMethods().stream())
        .map(method -> method.getName());
  }

  static Stream<Path> histories() {
    return types().flatMap(type -> Histories.of(type).stream());
  }

  @Test
  void everyRegisteredTypeIsOneOfTheContract() {
    assertThat(types())
        .containsExactlyInAnyOrder(
            WorkflowTypes.REWARD_ABLATION,
            WorkflowTypes.DATASET_GENERATION,
            WorkflowTypes.TRAINING_RUN,
            WorkflowTypes.EVALUATION);
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyTypeHasARecordedHistory(String type) {
    assertThat(Histories.of(type))
        .describedAs("histories of %s; record one with RecordHistoriesTest", type)
        .isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("histories")
  void recordedHistoriesFitTheCode(Path file) throws Exception {
    assertThat(Histories.read(file).getEvents()).hasSizeGreaterThan(10);
    replay(file, WorkflowRegistration.types().toArray(Class<?>[]::new));
  }

  @Test
  void recordedHistoriesFitTheVersionedTypesToo() throws Exception {
    for (Path file : histories().toList()) {
      replay(file, WorkflowRegistration.versionedTypes().toArray(Class<?>[]::new));
    }
  }

  /** A server refuses a versioning behaviour from a worker that is not versioned. */
  @Test
  void onlyVersionedTypesStateTheirVersioning() {
    assertThat(WorkflowRegistration.types())
        .allSatisfy(
            type ->
                assertThat(type.getMethods())
                    .noneMatch(
                        method -> method.isAnnotationPresent(WorkflowVersioningBehavior.class)));
    assertThat(WorkflowRegistration.versionedTypes())
        .hasSameSizeAs(WorkflowRegistration.types())
        .allSatisfy(
            type ->
                assertThat(type.getMethods())
                    .anyMatch(
                        method -> method.isAnnotationPresent(WorkflowVersioningBehavior.class)));
  }

  @Test
  void aChangedWorkflowIsFound() {
    List<Path> files = Histories.of(WorkflowTypes.EVALUATION);
    assertThat(files).isNotEmpty();
    assertThatThrownBy(() -> replay(files.getFirst(), MutatedEvaluation.class))
        .hasStackTraceContaining("NonDeterministicException")
        .hasStackTraceContaining("TMPRL1100");
  }

  /** Sleeps where the recorded workflow calls an activity. */
  public static final class MutatedEvaluation extends OperableWorkflow
      implements EvaluationWorkflow {
    @WorkflowInit
    public MutatedEvaluation(@Nullable JsonNode input, @Nullable Carried carried) {
      super(carried);
    }

    @Override
    public WorkflowOutcome run(@Nullable JsonNode input, @Nullable Carried before) {
      Workflow.sleep(Duration.ofMinutes(1));
      throw new IllegalStateException("replay stops before this");
    }
  }
}
