package dev.sightline.activity.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.activity.evaluation.EvaluationPlan;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Split;
import dev.sightline.triton.policy.Prompt;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class RolloutPlanTest {
  @Test
  void armsOfOneSeedAreAskedTheSameWithTheSameDraws() {
    RolloutPlan plain = RolloutPlan.of(Contexts.arm("plain", 1), 3);
    RolloutPlan lots = RolloutPlan.of(Contexts.arm("lots", 1), 3);
    RolloutPlan otherTemplate = RolloutPlan.of(Contexts.arm("formatted", 1), 3);

    assertThat(lots).isEqualTo(plain);
    assertThat(otherTemplate.items()).isEqualTo(plain.items());
    assertThat(otherTemplate.payload().sampleSeeds()).isEqualTo(plain.payload().sampleSeeds());
    assertThat(otherTemplate.payload().prompts()).isNotEqualTo(plain.payload().prompts());
  }

  @Test
  void anotherRunSeedDrawsOtherwise() {
    assertThat(RolloutPlan.of(Contexts.arm("plain", 2), 3).payload().sampleSeeds())
        .isNotEqualTo(RolloutPlan.of(Contexts.arm("plain", 1), 3).payload().sampleSeeds());
  }

  @Test
  void anArmMaySeeTheSameItemsInAnotherSize() {
    TrainingContext plain = Contexts.arm("plain", 1);
    TrainingContext large =
        new TrainingContext(
            plain.spec(),
            plain.dataset().drawn(new ExperimentSpec.ImageSize(168, 112)),
            plain.run());
    RolloutPlan small = RolloutPlan.of(plain, 3);
    RolloutPlan other = RolloutPlan.of(large, 3);

    assertThat(other.items()).isEqualTo(small.items());
    assertThat(other.payload().sampleSeeds()).isEqualTo(small.payload().sampleSeeds());
    assertThat(other.payload().prompts())
        .extracting(Prompt::text)
        .isEqualTo(small.payload().prompts().stream().map(Prompt::text).toList());
    assertThat(other.payload().prompts())
        .extracting(Prompt::image)
        .doesNotContainAnyElementsOf(
            small.payload().prompts().stream().map(Prompt::image).toList());
    assertThat(
            EvaluationPlan.spec(plain.spec(), "c", large.dataset(), Split.TEST, "probe").digest())
        .isNotEqualTo(
            EvaluationPlan.spec(plain.spec(), "c", plain.dataset(), Split.TEST, "probe").digest());
    assertThat(plain.dataset().drawn(new ExperimentSpec.ImageSize(84, 56)).otherSize()).isEmpty();
  }

  @Test
  void noSampleSharesItsSeed() {
    List<Long> seeds = new ArrayList<>();
    for (int step = 0; step < 40; step++) {
      Objects.requireNonNull(RolloutPlan.of(Contexts.arm("plain", 1), step).payload().sampleSeeds())
          .forEach(seeds::addAll);
    }

    assertThat(seeds).hasSize(40 * 2 * 4).doesNotHaveDuplicates();
  }

  @Test
  void promptsStandInBatchOrderAndShowTheImage() {
    RolloutPlan plan = RolloutPlan.of(Contexts.arm("plain", 1), 0);

    List<String> ids = plan.payload().prompts().stream().map(Prompt::id).toList();
    assertThat(ids).isSorted().containsExactlyElementsOf(plan.items().keySet());
    assertThat(plan.payload().prompts()).allMatch(prompt -> prompt.image() != null);
    assertThat(plan.payload().samples()).isEqualTo(4);
  }
}
