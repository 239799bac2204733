package dev.sightline.activity.training;

import static org.assertj.core.api.Assertions.assertThat;

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
