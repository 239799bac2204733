package dev.sightline.workflow.internal.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LookScheduleTest {
  private final LookSchedule looks = new LookSchedule();

  @Test
  void looksSlowlyByItself() {
    looks.started("a", 1000);
    assertThat(looks.due("a", 60_999)).isFalse();
    assertThat(looks.due("a", 61_000)).isTrue();
    looks.looked("a", 61_000);
    assertThat(looks.untilNext(61_000)).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void aHintIsLookedAtOnceThenSometimesFastThenSlowly() {
    looks.started("a", 0);
    looks.hinted("a", 10);
    assertThat(looks.due("a", 10)).isTrue();
    for (int look = 0; look < LookSchedule.FAST_LOOKS; look++) {
      looks.looked("a", 10);
      assertThat(looks.untilNext(10)).isEqualTo(LookSchedule.FAST);
    }
    looks.looked("a", 10);
    assertThat(looks.untilNext(10)).isEqualTo(LookSchedule.SLOW);
  }

  @Test
  void whatEndedOrIsUnknownIsNeverDue() {
    looks.hinted("b", 0);
    looks.started("a", 0);
    looks.ended("a");
    assertThat(looks.due("a", 100_000)).isFalse();
    assertThat(looks.due("b", 100_000)).isFalse();
    assertThat(looks.untilNext(0)).isEqualTo(Duration.ofDays(1));
  }
}
