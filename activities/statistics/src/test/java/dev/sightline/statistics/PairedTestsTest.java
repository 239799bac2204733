package dev.sightline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PairedTestsTest {

  /** Every outcome of b + c fair coins at least as uneven as the observed one. */
  @Property(tries = 100)
  void mcNemarIsTheShareOfCoinsAtLeastAsUneven(
      @ForAll @IntRange(max = 7) int b, @ForAll @IntRange(max = 7) int c) {
    int n = b + c;
    int extreme = 0;
    for (int coins = 0; coins < 1 << n; coins++) {
      int heads = Integer.bitCount(coins);
      extreme += Math.abs(2 * heads - n) >= Math.abs(b - c) ? 1 : 0;
    }
    assertThat(PairedTests.mcNemar(b, c)).isCloseTo((double) extreme / (1 << n), within(1e-12));
  }

  /** One pair for each item: flipping items is McNemar. */
  @Property(tries = 100)
  void itemFlipOfOneSeedIsMcNemar(
      @ForAll @IntRange(max = 30) int b, @ForAll @IntRange(max = 30) int c) {
    int[] values = new int[b + c + 5];
    for (int i = 0; i < b + c; i++) {
      values[i] = i < b ? 1 : -1;
    }
    assertThat(PairedTests.signFlip(values)).isCloseTo(PairedTests.mcNemar(b, c), within(1e-12));
  }

  @Property(tries = 100)
  void itemFlipIsTheEnumeration(
      @ForAll @Size(min = 1, max = 10) List<@IntRange(min = -5, max = 5) Integer> drawn) {
    int[] values = drawn.stream().mapToInt(Integer::intValue).toArray();
    double[] same = drawn.stream().mapToDouble(Integer::doubleValue).toArray();
    assertThat(PairedTests.signFlip(values)).isCloseTo(PairedTests.signFlip(same), within(1e-12));
  }

  @Property(tries = 200)
  void adjustmentsNeverLowerAndKeepTheOrder(
      @ForAll @Size(min = 1, max = 12) List<@DoubleRange(max = 1) Double> drawn) {
    double[] p = drawn.stream().mapToDouble(Double::doubleValue).toArray();
    double[] holm = MultipleTests.holm(p, p.length + 2);
    double[] hochberg = MultipleTests.benjaminiHochberg(p, p.length + 2);
    for (int i = 0; i < p.length; i++) {
      assertThat(hochberg[i]).isGreaterThanOrEqualTo(p[i]).isLessThanOrEqualTo(1);
      assertThat(holm[i]).isGreaterThanOrEqualTo(hochberg[i] - 1e-12).isLessThanOrEqualTo(1);
      for (int j = 0; j < p.length; j++) {
        if (p[i] < p[j]) {
          assertThat(holm[i]).isLessThanOrEqualTo(holm[j]);
          assertThat(hochberg[i]).isLessThanOrEqualTo(hochberg[j]);
        }
      }
    }
  }

  @Test
  void plannedTestsWithoutResultCount() {
    assertThat(MultipleTests.holm(new double[] {0.01, 0.02}, 3))
        .containsExactly(new double[] {0.03, 0.04}, within(1e-12));
  }

  /** Agresti, Categorical Data Analysis, table 10.1: z^2 = 17.36, so p is near 3.1e-5. */
  @Test
  void mcNemarOfApprovalRatings() {
    assertThat(PairedTests.mcNemar(150, 86)).isBetween(3.0e-5, 4.5e-5);
  }

  @Test
  void degenerateSeedsHaveAnAnswer() {
    assertThat(PairedTests.studentT(new double[] {0, 0, 0})).isEqualTo(1);
    assertThat(PairedTests.studentT(new double[] {0.5, 0.5})).isZero();
    assertThat(PairedTests.signFlip(new double[] {0.1, 0.2, 0.3, 0.4, 0.5})).isEqualTo(0.0625);
    assertThat(PairedTests.signFlip(new int[0])).isEqualTo(1);
  }

  @Test
  void passAtKAsksForTwiceK() {
    assertThatThrownBy(() -> PassAtK.estimate(5, 1, 3)).hasMessageContaining("n >= 2 k");
  }
}
