package dev.sightline.activity.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.sightline.activity.Notes;
import dev.sightline.activity.Recovery;
import dev.sightline.activity.Trees;
import dev.sightline.activity.dataset.Samples;
import dev.sightline.activity.policy.PolicySession;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.FolderArtifactStore;
import dev.sightline.storage.StepIdentity;
import dev.sightline.storage.StepLedger;
import dev.sightline.triton.policy.Payload;
import dev.sightline.triton.policy.RolloutResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches that the store lost, made again from what else is stored. */
final class StepArtifactsTest {
  private static final TrainingContext ARM = Contexts.arm("plain", 1);
  private static final StepIdentity IDENTITY = new StepIdentity("sample/plain/1", 0, 1, 3);
  private static final int AT = 2;

  @TempDir Path folder;
  private final Notes notes = new Notes();
  private FolderArtifactStore store;
  private StepArtifacts artifacts;
  private Digest rollout;
  private Digest scores;
  private Digest batch;

  @BeforeEach
  void aStep() {
    store = new FolderArtifactStore(folder);
    artifacts = new StepArtifacts(new Recovery(store, notes), run -> ARM);
    RolloutPlan plan = RolloutPlan.of(ARM, AT);
    byte[] sampled = rollout(plan);
    rollout = store.put(sampled);
    StepScores scored = StepScores.of(ARM, plan, Sampled.once(RolloutResult.read(sampled)), AT);
    scores = store.put(scored.bytes());
    batch =
        store.put(
            TrainBatches.payload(
                    OptimizerSteps.wire(IDENTITY),
                    ARM,
                    plan,
                    RolloutResult.read(sampled),
                    scored,
                    null,
                    AT)
                .payload()
                .bytes());
  }

  @Test
  void aLostBatchFollowsFromRolloutAndScores() throws IOException {
    byte[] bytes = store.get(batch);
    Files.delete(file(batch));
    Files.write(file(scores), new byte[] {1});

    assertThat(read(trained(batch, List.of(List.of(0, 1, 2, 3, 4, 5, 6, 7))))).isEqualTo(bytes);

    assertThat(store.get(batch)).isEqualTo(bytes);
    assertThat(store.get(scores)).isNotEmpty();
    assertThat(notes.all)
        .extracting(note -> note.failureType() + note.message().replaceFirst(".*digest", ""))
        .containsExactly(
            "ARTIFACT_CORRUPT: the scores of step 3", "ARTIFACT_MISSING: the batch of step 3");
  }

  @Test
  void aPlanThatMemoryCutIsPartOfTheBatch() throws IOException {
    List<List<Integer>> halves = List.of(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7));
    Payload cut = MicroBatchPlans.with(Payload.of(store.get(batch)), halves);
    Digest digest = store.put(cut.bytes());
    Files.delete(file(digest));

    assertThat(digest).isNotEqualTo(batch);
    assertThat(read(trained(digest, halves))).isEqualTo(cut.bytes());
  }

  @Test
  void aSupervisedBatchFollowsFromTheDataSet() throws IOException {
    byte[] bytes = new FitBatches(ARM).at(OptimizerSteps.wire(IDENTITY), AT).payload().bytes();
    Digest digest = store.put(bytes);
    Files.delete(file(digest));

    assertThat(read(step(digest, null, null, List.of(List.of(0, 1))))).isEqualTo(bytes);
  }

  @Test
  void withoutTheRolloutTheOperatorIsToldWhatToDo() throws IOException {
    Files.delete(file(batch));
    Files.delete(file(rollout));

    SightlineException failure =
        catchThrowableOfType(
            SightlineException.class,
            () -> read(trained(batch, List.of(List.of(0, 1, 2, 3, 4, 5, 6, 7)))));

    assertThat(failure.type()).isEqualTo(FailureType.ARTIFACT_MISSING);
    assertThat(failure)
        .hasMessageContaining(rollout.hex())
        .hasMessageContaining("the rollout of step 3")
        .hasMessageContaining("`sightline reset run/sample/plain/1 --round 1`");
    assertThat(notes.all).isEmpty();
  }

  private byte[] read(StepLedger.Step step) {
    return artifacts.of(step, StepArtifactsTest::noPolicy);
  }

  private static PolicySession noPolicy() {
    throw new AssertionError("the policy is asked only where the loss needs the start");
  }

  private StepLedger.Step trained(Digest digest, List<List<Integer>> microBatches) {
    return step(digest, rollout, scores, microBatches);
  }

  private static StepLedger.Step step(
      Digest digest,
      @Nullable Digest rollout,
      @Nullable Digest scores,
      List<List<Integer>> microBatches) {
    return new StepLedger.Step(
        IDENTITY,
        Digest.ofText("parent"),
        digest,
        rollout,
        scores,
        microBatches,
        StepLedger.State.COMMITTED,
        1,
        false,
        1,
        Digest.ofText("lineage"),
        null,
        NullNode.getInstance(),
        "one");
  }

  /** Every other completion is right. */
  private static byte[] rollout(RolloutPlan plan) {
    List<Map<String, Object>> completions = new ArrayList<>();
    plan.items()
        .forEach(
            (id, item) -> {
              for (int sample = 0; sample < Samples.SPEC.training().groupSize(); sample++) {
                completions.add(
                    Map.of(
                        "prompt",
                        id,
                        "sample",
                        sample,
                        "text",
                        sample % 2 == 0 ? "" : "<answer>" + item.answer() + "</answer>",
                        "tokens",
                        List.of(5, 6),
                        "logProbs",
                        List.of(-1.5, -0.25),
                        "finish",
                        "stop"));
              }
            });
    String state = Digest.ofText("state").hex();
    return Trees.bytes(
        Map.of(
            "completions", completions,
            "lineage", state,
            "stateDigest", state,
            "metrics", Map.of("promptTokens", 1, "completionTokens", 16)));
  }

  private Path file(Digest digest) {
    String hex = digest.hex();
    return folder.resolve(hex.substring(0, 2)).resolve(hex.substring(2, 4)).resolve(hex);
  }
}
