package dev.sightline.activity.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepPaceTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void goesByTheMeanOfTheLastSteps() {
    List<Instant> commits = List.of(NOW, NOW.minusSeconds(3), NOW.minusSeconds(4));

    assertThat(StepPace.left(commits, 10)).isEqualTo("20 s");
    assertThat(StepPace.left(commits, 100)).isEqualTo("3 min");
    assertThat(StepPace.left(commits, 10_000)).isEqualTo("5.6 h");
  }

  @Test
  void aPauseOfDaysIsNoStep() {
    Instant before = NOW.minus(Duration.ofDays(5));
    List<Instant> commits = List.of(NOW, NOW.minusSeconds(2), before, before.minusSeconds(4));

    assertThat(StepPace.left(commits, 10)).isEqualTo("30 s");
  }

  @Test
  void saysNothingOfWhatItCannotKnow() {
    assertThat(StepPace.left(List.of(), 10)).isEmpty();
    assertThat(StepPace.left(List.of(NOW), 10)).isEmpty();
    assertThat(StepPace.left(List.of(NOW, NOW.minusSeconds(3)), 0)).isEmpty();
  }
}
