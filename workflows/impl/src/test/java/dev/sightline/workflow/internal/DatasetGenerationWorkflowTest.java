package dev.sightline.workflow.internal;

import static dev.sightline.workflow.internal.TestStack.awaitState;
import static dev.sightline.workflow.internal.TestStack.command;
import static dev.sightline.workflow.internal.TestStack.envelope;
import static dev.sightline.workflow.internal.TestStack.progress;
import static dev.sightline.workflow.internal.TestStack.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.spec.Ids;
import dev.sightline.workflow.CommandAnswer;
import dev.sightline.workflow.StageEnded;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.WorkflowTypes;
import dev.sightline.workflow.activity.AssembleRequest;
import dev.sightline.workflow.internal.fake.FakeDataset;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatasetGenerationWorkflowTest {
  private static final List<String> IN_ORDER =
      IntStream.range(0, FakeDataset.SHARDS).mapToObj(shard -> "shard-" + shard).toList();

  private final TestStack stack = new TestStack();
  private final String id = Ids.dataset(new Digest(FakeDataset.DATASET));

  @AfterEach
  void close() {
    stack.close();
  }

  private WorkflowStub start() {
    return stack.start(WorkflowTypes.DATASET_GENERATION, id, envelope(null, null));
  }

  private List<String> assembled() {
    AssembleRequest request = Objects.requireNonNull(stack.dataset.assembled());
    return request.shards();
  }

  @Test
  void assemblesShardsInOrderAndBoundsWhatIsInFlight() {
    assertThat(result(start()).reference()).isEqualTo("manifest");

    assertThat(assembled()).isEqualTo(IN_ORDER);
    assertThat(stack.dataset.mostInFlight()).isBetween(1, 8);
    assertThat(stack.experiment.announced())
        .containsExactly(new StageEnded(id, true, "400 train, 16 dev, 32 test"));
  }

  @Test
  void makesNothingThatIsPublished() {
    stack.dataset.publishedBefore();

    assertThat(result(start()).reference()).isEqualTo("manifest");
    assertThat(stack.faults.calls("generateShard")).isEmpty();
  }

  @Test
  void repeatsOnlyTheMissingShardsAfterTheOperator() {
    stack.faults.next("generateShard", FailureType.DATASET_INVALID);
    WorkflowStub stub = start();
    awaitState(stub, StageState.WAITING_FOR_OPERATOR);
    stub.update("retryStage", CommandAnswer.class, command("again", null));

    assertThat(result(stub).state()).isEqualTo(StageState.DONE);
    assertThat(assembled()).isEqualTo(IN_ORDER);
    assertThat(stack.faults.calls("generateShard")).hasSize(FakeDataset.SHARDS + 1);
  }

  @Test
  void makesOnlyTheFurtherShardsWhereAPublicationFellShort() {
    stack.dataset.shortBy(2);
    WorkflowStub stub = start();

    assertThat(result(stub).reference()).isEqualTo("manifest");
    assertThat(assembled()).hasSize(FakeDataset.SHARDS + 2).containsAll(IN_ORDER);
    assertThat(Objects.requireNonNull(stack.dataset.assembled()).layout())
        .isEqualTo("longer layout");
    assertThat(stack.faults.calls("generateShard")).hasSize(FakeDataset.SHARDS + 2);
    assertThat(progress(stub).stages())
        .extracting(line -> line.target() + ": " + line.message())
        .containsExactly("rotting_kiwi: 3 of 3 shards", "clock: 19 of 19 shards");
  }

  @Test
  void namesTheRightWorkflowId() {
    WorkflowStub stub =
        stack.start(WorkflowTypes.DATASET_GENERATION, "dataset/mine", envelope(null, null));

    assertThatThrownBy(() -> result(stub))
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo("WRONG_WORKFLOW_ID");
              assertThat(failure.getOriginalMessage()).contains(id, "dataset/mine");
            });
  }
}
