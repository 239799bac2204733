package dev.sightline.triton.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.triton.policy.ServerState.RunningJob;
import dev.sightline.triton.policy.Standstill.Mark;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StandstillTest {
  private final Standstill standstill = new Standstill(Duration.ofSeconds(600));

  private boolean stands(Mark mark, long second) {
    return standstill.look(mark, Duration.ofSeconds(second).toNanos()).isPresent();
  }

  @Test
  void aCounterThatStaysIsAStandstill() {
    assertThat(stands(new Mark("step-7", "train", 3), 5)).isFalse();
    assertThat(stands(new Mark("step-7", "train", 3), 605)).isFalse();
    assertThat(standstill.look(new Mark("step-7", "train", 3), Duration.ofSeconds(606).toNanos()))
        .contains(Duration.ofSeconds(601));
  }

  @Test
  void anyMovementBeginsAnew() {
    assertThat(stands(new Mark("step-7", "train", 3), 0)).isFalse();
    assertThat(stands(new Mark("step-7", "train", 4), 590)).isFalse();
    assertThat(stands(new Mark("step-7", "write", 4), 1180)).isFalse();
    assertThat(stands(new Mark("step-8", "write", 4), 1770)).isFalse();
    assertThat(stands(new Mark("step-8", "write", 4), 2371)).isTrue();
  }

  @Test
  void aServerThatWorksOnNothingIsTheSamePlaceToo() {
    assertThat(stands(Mark.of(null), 0)).isFalse();
    assertThat(stands(Mark.of(null), 601)).isTrue();
    assertThat(stands(Mark.of(new RunningJob("r", "step-1", "train", null, 0, 9)), 602)).isFalse();
  }
}
