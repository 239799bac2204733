package dev.sightline.workflow.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RoundPlanTest {
  @Test
  void aBorderBelongsToTheRoundBeforeIt() {
    RoundPlan plan = new RoundPlan(45, 10);
    assertThat(plan.rounds()).isEqualTo(5);
    assertThat(plan.roundAfter(0)).isZero();
    assertThat(plan.roundAfter(1)).isZero();
    assertThat(plan.roundAfter(10)).isZero();
    assertThat(plan.roundAfter(11)).isEqualTo(1);
    assertThat(plan.roundAfter(45)).isEqualTo(4);
    assertThat(plan.last(3)).isFalse();
    assertThat(plan.last(4)).isTrue();
  }

  @Test
  void theLastRoundAlwaysHasACheckpoint() {
    RoundPlan plan = new RoundPlan(50, 10);
    assertThat(plan.checkpointDue(0, 2)).isFalse();
    assertThat(plan.checkpointDue(1, 2)).isTrue();
    assertThat(plan.checkpointDue(4, 2)).isTrue();
  }

  @Test
  void nothingToDoIsNoPlan() {
    assertThatThrownBy(() -> new RoundPlan(0, 10)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RoundPlan(10, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void chunksCoverEveryStepOnceAndRoundsAreInRange(
      @ForAll @LongRange(min = 1, max = 2000) long total,
      @ForAll @LongRange(min = 1, max = 300) long perRound) {
    RoundPlan plan = new RoundPlan(total, perRound);
    long step = 0;
    while (step < total) {
      long end = plan.chunkEnd(step, total);
      assertThat(end).isBetween(step + 1, step + RoundPlan.CHUNK);
      step = end;
      assertThat(plan.roundAfter(step)).isBetween(0L, plan.rounds() - 1);
      assertThat(plan.roundAfter(step) * perRound).isLessThan(step);
    }
    assertThat(step).isEqualTo(total);
  }

  @Test
  void restsAtTheEndOfTheRoundThatReachesItsStep() {
    RoundPlan plan = new RoundPlan(10, 2, 4);

    assertThat(plan.rests(0)).isFalse();
    assertThat(plan.rests(1)).isTrue();
    assertThat(plan.checkpointDue(1, 100)).isTrue();
    assertThat(new RoundPlan(10, 2).rests(4)).isFalse();
  }
}
