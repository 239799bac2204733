package dev.sightline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VerdictAndPowerTest {
  private static final double[] UP = {0.10, 0.11, 0.12, 0.10, 0.11};
  private static final Interval TIGHT = new Interval(0.105, 0.11);

  private static double[] scaled(double factor) {
    double[] values = UP.clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return values;
  }

  @Test
  void seedsDecideWhatMayBeSaid() {
    assertThat(Verdict.of(new double[] {0.5}, 1, TIGHT, null, 0.95))
        .isEqualTo(new Verdict.ConditionalOnRun());
    assertThat(Verdict.of(new double[] {0.5, 0.5, 0.5, 0.5}, 4, TIGHT, 0.9, 0.95))
        .isEqualTo(new Verdict.NoVerdict(4));
    assertThat(Verdict.of(UP, 5, TIGHT, null, 0.95)).isInstanceOf(Verdict.Better.class);
    assertThat(Verdict.of(scaled(-1), 5, new Interval(-0.11, -0.105), null, 0.95))
        .isInstanceOf(Verdict.Worse.class);
  }

  @Test
  void anIncompleteComparisonHasNoWinner() {
    assertThat(Verdict.of(UP, 6, TIGHT, 0.9, 0.95)).isEqualTo(new Verdict.Incomplete(5, 6));
    assertThat(Verdict.of(new double[] {0.5}, 5, TIGHT, null, 0.95))
        .isEqualTo(new Verdict.Incomplete(1, 5));
  }

  @Test
  void theWiderIntervalDecides() {
    Interval wide = new Interval(-0.01, 0.2);
    assertThat(Verdict.of(UP, 5, wide, null, 0.95)).isEqualTo(new Verdict.Inconclusive(wide));
  }

  @Test
  void equivalenceNeedsANamedDelta() {
    Interval near = new Interval(-0.001, 0.002);
    double[] small = {0.001, -0.001, 0.0, 0.001, 0.0};
    assertThat(Verdict.of(small, 5, near, null, 0.95)).isInstanceOf(Verdict.Inconclusive.class);
    assertThat(Verdict.of(small, 5, near, 0.02, 0.95)).isInstanceOf(Verdict.Equivalent.class);
  }

  /** Connor's formula put back into the normal power of McNemar's test. */
  @Test
  void itemDifferenceIsFoundWithTheNamedPower() {
    double d = Power.itemDifference(0.2, 256, 0.8, 0.05).orElseThrow();
    SplittableRandom random = new SplittableRandom(4);
    double critical = 1.959964;
    int found = 0;
    for (int e = 0; e < 4000; e++) {
      int b = 0;
      int c = 0;
      for (int i = 0; i < 256; i++) {
        double u = random.nextDouble();
        b += u < (0.2 + d) / 2 ? 1 : 0;
        c += u >= (0.2 + d) / 2 && u < 0.2 ? 1 : 0;
      }
      found += Math.abs(b - c) / Math.sqrt(b + c) > critical ? 1 : 0;
    }
    assertThat(found / 4000.0).isCloseTo(0.8, within(0.03));
  }

  @Test
  void seedDifferenceHasTheNamedPower() {
    double d = Power.seedDifference(0.02, 5, 0.8, 0.05).orElseThrow();
    assertThat(Power.studentPower(d / 0.02, 5, 0.05)).isCloseTo(0.8, within(1e-9));
    // Cohen's tables: n = 5, power 0.8 needs an effect of about 1.68.
    assertThat(d / 0.02).isCloseTo(1.68, within(0.01));
  }

  @Test
  void whatCannotBeFoundIsEmpty() {
    assertThat(Power.itemDifference(0.1, 20, 0.8, 0.05)).isEmpty();
    assertThat(Power.seedDifference(0.02, 1, 0.8, 0.05)).isEmpty();
    assertThat(Power.table(256, 5).smallestSignFlip()).isEqualTo(0.0625);
  }
}
