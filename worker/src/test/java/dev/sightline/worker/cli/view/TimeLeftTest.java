package dev.sightline.worker.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class TimeLeftTest {
  private final TimeLeft timeLeft = new TimeLeft();

  @Test
  void beforeAnythingIsMeasuredTheEstimateStands() {
    assertThat(timeLeft.seconds()).isEmpty();

    timeLeft.observe(0, 300);

    assertThat(timeLeft.seconds()).hasValue(300);
    assertThat(timeLeft.words()).isEqualTo("about 5 min left");
  }

  @Test
  void aMachineHalfAsFastTakesTwiceAsLong() {
    for (int second = 0; second <= 60; second++) {
      timeLeft.observe(second, 300 - second / 2.0);
    }

    assertThat(timeLeft.seconds().orElseThrow()).isCloseTo(540, Offset.offset(1e-6));
  }

  @Test
  void aStandstillIsUnknown() {
    for (int second = 0; second <= 200; second++) {
      timeLeft.observe(second, 100);
    }

    assertThat(timeLeft.words()).isEqualTo("time left unknown");
  }

  @Test
  void workThatWasTakenBackStartsTheMeasureAnew() {
    timeLeft.observe(0, 100);
    timeLeft.observe(50, 50);
    timeLeft.observe(51, 90);

    assertThat(timeLeft.seconds()).hasValue(90);
  }
}
