package dev.sightline.activity.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.triton.policy.FitPayload;
import dev.sightline.triton.policy.Payload;
import dev.sightline.triton.policy.Prompt;
import dev.sightline.triton.policy.StepIdentity;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class MicroBatchPlansTest {
  private static final List<List<Integer>> WHOLE =
      List.of(IntStream.range(0, 12).boxed().toList(), List.of(12, 13));

  private static Payload batch(List<List<Integer>> plan) {
    return new FitPayload(
            new StepIdentity("run", 0, 1, 1),
            1e-5,
            0.1,
            List.of(Prompt.ofText("p0", "what?")),
            IntStream.range(0, 14)
                .mapToObj(i -> new FitPayload.Target("p0", "<answer>ä" + i + "</answer>"))
                .toList(),
            plan)
        .payload();
  }

  @Test
  void cutsInOrderAndKeepsGroupsTogetherWhileTheyFit() {
    assertThat(MicroBatchPlans.limited(WHOLE, 7, 4))
        .containsExactly(
            List.of(0, 1, 2, 3), List.of(4, 5, 6, 7), List.of(8, 9, 10, 11), List.of(12, 13));
    assertThat(MicroBatchPlans.limited(WHOLE, 3, 4))
        .extracting(List::size)
        .containsExactly(3, 3, 3, 3, 2);
    assertThat(MicroBatchPlans.limited(WHOLE, 100, 4)).isEqualTo(WHOLE);
    assertThat(MicroBatchPlans.largest(WHOLE)).isEqualTo(12);
    assertThat(MicroBatchPlans.limited(WHOLE, 1, 4)).hasSize(14);
  }

  @Test
  void anotherPlanChangesNothingElseOfTheBatch() {
    List<List<Integer>> cut = MicroBatchPlans.limited(WHOLE, 5, 1);
    assertThat(MicroBatchPlans.with(batch(WHOLE), cut)).isEqualTo(batch(cut));
    assertThat(MicroBatchPlans.with(batch(WHOLE), WHOLE).bytes()).isEqualTo(batch(WHOLE).bytes());
  }
}
