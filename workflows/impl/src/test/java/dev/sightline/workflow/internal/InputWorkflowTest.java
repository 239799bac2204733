package dev.sightline.workflow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sightline.spec.Ids;
import dev.sightline.workflow.WorkflowTypes;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input fails a workflow in its first task, whichever it is. */
class InputWorkflowTest {
  private static @Nullable TestStack stack;

  @BeforeAll
  static void open() {
    stack = new TestStack();
  }

  @AfterAll
  static void close() {
    stack().close();
  }

  private static TestStack stack() {
    return Objects.requireNonNull(stack);
  }

  static Stream<Arguments> wrongInputs() {
    ObjectNode unknownKey = ((ObjectNode) TestStack.spec()).put("seeed", 1);
    ObjectNode wrongArm = TestStack.envelope("nobody", 1L);
    ObjectNode wrongSeed = TestStack.envelope("only_accuracy", 2L);
    ObjectNode noSeed = TestStack.envelope("only_accuracy", null);
    ObjectNode wrongSplit = TestStack.envelope("baseline", 1L).put("split", "train");
    ObjectNode noWarmStart = TestStack.envelope(Ids.WARM_START, 7L);
    ((ObjectNode) noWarmStart.get("spec")).remove("warmStart");
    return Stream.of(
        Arguments.of(WorkflowTypes.REWARD_ABLATION, unknownKey, "seeed"),
        Arguments.of(WorkflowTypes.REWARD_ABLATION, "text", "the input is a text"),
        Arguments.of(WorkflowTypes.DATASET_GENERATION, TestStack.spec(), "the input is missing"),
        Arguments.of(
            WorkflowTypes.TRAINING_RUN,
            wrongArm,
            "'nobody' is not in the spec; give one of only_accuracy, perception_facts, warm-start"),
        Arguments.of(WorkflowTypes.TRAINING_RUN, wrongSeed, "seed: 2 is not in the spec"),
        Arguments.of(WorkflowTypes.TRAINING_RUN, noSeed, "seed: it is missing"),
        Arguments.of(WorkflowTypes.TRAINING_RUN, noWarmStart, "has no warm start"),
        Arguments.of(WorkflowTypes.EVALUATION, wrongSplit, "split: 'train'"));
  }

  @ParameterizedTest
  @MethodSource("wrongInputs")
  void wrongInputNamesFieldAndFix(String type, Object input, String text) {
    failsInFirstTask(stack().start(type, "wrong/" + Math.abs(text.hashCode()), input), text);
  }

  @ParameterizedTest
  @MethodSource("types")
  void anInputThatIsMissingOrNullIsSaidSo(String type) {
    WorkflowStub nothing = stack().stub(type, "nothing/" + type);
    nothing.start();
    failsInFirstTask(nothing, "missing");
    failsInFirstTask(stack().start(type, "null/" + type, null), ";");
  }

  static Stream<String> types() {
    return Stream.of(
        WorkflowTypes.REWARD_ABLATION,
        WorkflowTypes.DATASET_GENERATION,
        WorkflowTypes.TRAINING_RUN,
        WorkflowTypes.EVALUATION);
  }

  @Test
  void aWrongIdNamesTheRightOne() {
    WorkflowStub ablation =
        stack().start(WorkflowTypes.REWARD_ABLATION, "ablation/mine", TestStack.spec());
    assertThatThrownBy(() -> TestStack.result(ablation))
        .cause()
        .hasMessageContaining("ablation/" + TestStack.experimentId());
    WorkflowStub run =
        stack()
            .start(WorkflowTypes.TRAINING_RUN, "run/mine", TestStack.envelope("only_accuracy", 1L));
    assertThatThrownBy(() -> TestStack.result(run))
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo("WRONG_WORKFLOW_ID"));
  }

  private static void failsInFirstTask(WorkflowStub stub, String text) {
    assertThatThrownBy(() -> TestStack.result(stub))
        .isInstanceOf(WorkflowFailedException.class)
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo("INVALID_SPEC");
              assertThat(failure.isNonRetryable()).isTrue();
              assertThat(failure.getOriginalMessage()).contains(text);
            });
    assertThat(
            stack().client().fetchHistory(stub.getExecution().getWorkflowId()).getEvents().stream()
                .filter(event -> event.hasWorkflowTaskStartedEventAttributes()))
        .hasSize(1);
  }
}
