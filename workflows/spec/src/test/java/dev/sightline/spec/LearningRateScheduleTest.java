package dev.sightline.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The expected rates were printed by transformers 5.23.0, driving a torch SGD optimizer. */
class LearningRateScheduleTest {
  private static double[] rates(
      ScheduleKind kind, int warmUp, double finalShare, double peak, int steps) {
    LearningRateSchedule schedule =
        new LearningRateSchedule(
            new ExperimentSpec.Schedule(kind, warmUp, finalShare), peak, steps);
    return IntStream.range(0, steps).mapToDouble(schedule::at).toArray();
  }

  @Test
  void cosineWithMinimum() {
    assertThat(rates(ScheduleKind.COSINE, 4, 0.1, 1e-3, 20))
        .containsExactly(
            new double[] {
              0.0,
              0.00025,
              0.0005,
              0.00075,
              0.001,
              0.0009913533761814538,
              0.000965745789630079,
              0.0009241613255361454,
              0.0008681980515339464,
              0.000800006604858821,
              0.0007222075445642904,
              0.0006377906449072578,
              0.00055,
              0.0004622093550927423,
              0.0003777924554357096,
              0.00029999339514117913,
              0.00023180194846605365,
              0.0001758386744638546,
              0.00013425421036992097,
              0.00010864662381854631
            },
            within(1e-18));
  }

  @Test
  void cosineToZeroWithoutWarmUp() {
    assertThat(rates(ScheduleKind.COSINE, 0, 0, 2e-4, 6))
        .containsExactly(
            new double[] {
              0.0002,
              0.00018660254037844388,
              0.00015000000000000001,
              0.0001,
              5.000000000000002e-05,
              1.339745962155613e-05
            },
            within(1e-18));
  }

  @Test
  void linear() {
    assertThat(rates(ScheduleKind.LINEAR, 3, 0, 1e-4, 10))
        .containsExactly(
            new double[] {
              0.0,
              3.3333333333333335e-05,
              6.666666666666667e-05,
              0.0001,
              8.571428571428571e-05,
              7.142857142857143e-05,
              5.714285714285714e-05,
              4.2857142857142856e-05,
              2.857142857142857e-05,
              1.4285714285714285e-05
            },
            within(1e-18));
  }

  @Test
  void constantWithWarmUp() {
    assertThat(rates(ScheduleKind.CONSTANT, 3, 1, 5e-5, 6))
        .containsExactly(
            new double[] {0.0, 1.6666666666666667e-05, 3.3333333333333335e-05, 5e-05, 5e-05, 5e-05},
            within(1e-18));
  }

  @Test
  void aStepOutsideThePhaseIsAnError() {
    LearningRateSchedule schedule =
        new LearningRateSchedule(new ExperimentSpec.Schedule(ScheduleKind.CONSTANT, 0, 1), 1, 3);
    assertThatThrownBy(() -> schedule.at(3)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> schedule.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
