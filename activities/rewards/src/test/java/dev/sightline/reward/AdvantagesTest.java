package dev.sightline.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.reward.Advantages.Rule;
import dev.sightline.reward.Advantages.TermValues;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AdvantagesTest {
  private static final Rule GRPO = new Rule(AdvantageKind.GRPO, 1e-4, 1);

  /** Rewards 1 0 0 0: mean 1/4, sum of squares 3/4, deviation sqrt(1/4) = 1/2. */
  @Test
  void grpoByHand() {
    double[][] got = Advantages.of(GRPO, new double[][] {{1, 0, 0, 0}, {1, 1, 1, 1}});
    assertThat(got[0])
        .containsExactly(new double[] {1.4997001, -0.4999000, -0.4999, -0.4999}, within(1e-6));
    assertThat(got[1]).containsExactly(0, 0, 0, 0);
    double[][] population =
        Advantages.of(new Rule(AdvantageKind.GRPO, 0, 0), new double[][] {{1, 0}});
    assertThat(population[0]).containsExactly(1, -1);
  }

  @Test
  void drGrpoAndLeaveOneOutByHand() {
    double[][] rewards = {{1, 0, 0, 0}};
    assertThat(Advantages.of(new Rule(AdvantageKind.DR_GRPO, 0, 1), rewards)[0])
        .containsExactly(0.75, -0.25, -0.25, -0.25);
    // The first one's others have mean 0, each of the rest has others with mean 1/3.
    assertThat(Advantages.of(new Rule(AdvantageKind.RLOO, 0, 1), rewards)[0])
        .containsExactly(new double[] {1, -1.0 / 3, -1.0 / 3, -1.0 / 3}, within(1e-12));
  }

  /**
   * Term a: z = (1, -1)/sqrt(2) in group 0 and flat in group 1; term b, weight 3, the other way
   * round. Sums (1, -1, 3, -3)/sqrt(2): mean 0, deviation sqrt(10/3).
   */
  @Test
  void gdpoByHand() {
    Rule rule = new Rule(AdvantageKind.GDPO, 0, 1);
    double[][] got =
        Advantages.of(
            rule,
            List.of(
                new TermValues("a", 1, new double[][] {{1, 0}, {0.1, 0.1}}),
                new TermValues("b", 3, new double[][] {{5, 5}, {9, 2}})));
    double unit = Math.sqrt(0.5) / Math.sqrt(10.0 / 3);
    assertThat(got[0]).containsExactly(new double[] {unit, -unit}, within(1e-12));
    assertThat(got[1]).containsExactly(new double[] {3 * unit, -3 * unit}, within(1e-12));
  }

  /** 0.1 + 0.1 + 0.1 is not 0.3; a group of equals must still get exactly 0. */
  @Test
  void equalRewardsGetExactlyZero() {
    for (AdvantageKind kind : AdvantageKind.values()) {
      for (double[] group :
          Advantages.of(
              new Rule(kind, 1e-4, 1), new double[][] {{0.1, 0.1, 0.1}, {0.7, 0.7, 0.7}})) {
        assertThat(group).containsOnly(0);
      }
    }
  }

  @Test
  void attributesSquaresToTermsThatVaryAlone() {
    List<TermValues> terms =
        List.of(
            new TermValues("accuracy", 0.8, new double[][] {{1, 0}, {1, 1}, {0, 0}, {1, 0}}),
            new TermValues("format", 0.2, new double[][] {{1, 1}, {1, 0}, {0, 0}, {0, 1}}));
    double[][] advantages = {{1, -1}, {1, -1}, {0, 0}, {2, -2}};
    assertThat(Advantages.attribution(terms, advantages))
        .containsEntry("accuracy", 2.0 / 12)
        .containsEntry("format", 2.0 / 12);
    assertThat(Advantages.attribution(terms, new double[4][2])).containsEntry("format", 0.0);
  }

  @Test
  void countsGroups() {
    assertThat(
            Advantages.count(
                new boolean[][] {{true, true}, {false, false}, {true, false}, {false, true}}))
        .isEqualTo(new Advantages.GroupCounts(1, 1, 2));
  }

  @Test
  void refusesWhatCannotBeCompared() {
    assertThatThrownBy(() -> Advantages.of(GRPO, new double[][] {{1}}))
        .hasMessageContaining("at least 2");
    assertThatThrownBy(() -> Advantages.of(GRPO, new double[][] {{1, Double.NaN}}))
        .hasMessageContaining("NaN");
    assertThatThrownBy(
            () ->
                Advantages.of(
                    GRPO,
                    List.of(
                        new TermValues("a", 1, new double[][] {{1, 0}}),
                        new TermValues("b", 1, new double[][] {{1, 0, 0}}))))
        .hasMessageContaining("other groups");
    assertThatThrownBy(() -> new Rule(AdvantageKind.GRPO, -1, 1)).hasMessageContaining("epsilon");
    assertThat(AdvantageKind.names()).containsExactly("grpo", "dr-grpo", "rloo", "gdpo");
    assertThat(AdvantageKind.byName("dr-grpo")).contains(AdvantageKind.DR_GRPO);
  }

  @Provide
  Arbitrary<List<List<Integer>>> groups() {
    return Arbitraries.integers()
        .between(2, 9)
        .flatMap(
            size ->
                Arbitraries.integers()
                    .between(-20, 20)
                    .list()
                    .ofSize(size)
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(5));
  }

  /** An implementation by other formulas: pairs instead of means, moments instead of offsets. */
  @Property
  void agreesWithAnotherImplementation(@ForAll("groups") List<List<Integer>> groups) {
    double[][] rewards = new double[groups.size()][];
    for (int g = 0; g < rewards.length; g++) {
      rewards[g] = groups.get(g).stream().mapToDouble(value -> value / 4.0).toArray();
    }
    double[][] grpo = Advantages.of(GRPO, rewards);
    double[][] centred = Advantages.of(new Rule(AdvantageKind.DR_GRPO, 1e-4, 1), rewards);
    double[][] leaveOneOut = Advantages.of(new Rule(AdvantageKind.RLOO, 1e-4, 1), rewards);
    for (int g = 0; g < rewards.length; g++) {
      int n = rewards[g].length;
      double pairs = 0;
      for (double one : rewards[g]) {
        for (double other : rewards[g]) {
          pairs += (one - other) * (one - other);
        }
      }
      double deviation = Math.sqrt(pairs / (2.0 * n * (n - 1)));
      for (int i = 0; i < n; i++) {
        double offset = 0;
        double others = 0;
        for (int j = 0; j < n; j++) {
          offset += (rewards[g][i] - rewards[g][j]) / n;
          others += j == i ? 0 : rewards[g][j];
        }
        assertThat(centred[g][i]).isCloseTo(offset, within(1e-9));
        assertThat(grpo[g][i]).isCloseTo(offset / (deviation + 1e-4), within(1e-6));
        assertThat(leaveOneOut[g][i]).isCloseTo(rewards[g][i] - others / (n - 1), within(1e-9));
      }
    }
  }
}
