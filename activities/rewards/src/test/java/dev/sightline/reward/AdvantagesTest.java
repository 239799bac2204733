package dev.sightline.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.foundation.Digest;
import dev.sightline.reward.Advantages.Rule;
import dev.sightline.reward.StepRewards.Part;
import dev.sightline.reward.StepRewards.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AdvantagesTest {
  private static final Rule GRPO = new Rule(AdvantageKind.GRPO, 1e-4, 1);

  /** Totals alone, as one term. */
  private static double[][] of(Rule rule, double[]... totals) {
    return Advantages.of(rule, TestRewards.of(totals));
  }

  /** Rewards 1 0 0 0: mean 1/4, sum of squares 3/4, deviation sqrt(1/4) = 1/2. */
  @Test
  void grpoByHand() {
    double[][] got = of(GRPO, new double[][] {{1, 0, 0, 0}, {1, 1, 1, 1}});
    assertThat(got[0])
        .containsExactly(new double[] {1.4997001, -0.4999000, -0.4999, -0.4999}, within(1e-6));
    assertThat(got[1]).containsExactly(0, 0, 0, 0);
    double[][] population = of(new Rule(AdvantageKind.GRPO, 0, 0), new double[][] {{1, 0}});
    assertThat(population[0]).containsExactly(1, -1);
  }

  @Test
  void drGrpoAndLeaveOneOutByHand() {
    double[][] rewards = {{1, 0, 0, 0}};
    assertThat(of(new Rule(AdvantageKind.DR_GRPO, 0, 1), rewards)[0])
        .containsExactly(0.75, -0.25, -0.25, -0.25);
    // The first one's others have mean 0, each of the rest has others with mean 1/3.
    assertThat(of(new Rule(AdvantageKind.RLOO, 0, 1), rewards)[0])
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
            TestRewards.of(
                new TestRewards.Term("a", 1, new double[][] {{1, 0}, {0.1, 0.1}}),
                new TestRewards.Term("b", 3, new double[][] {{5, 5}, {9, 2}})));
    double unit = Math.sqrt(0.5) / Math.sqrt(10.0 / 3);
    assertThat(got[0]).containsExactly(new double[] {unit, -unit}, within(1e-12));
    assertThat(got[1]).containsExactly(new double[] {3 * unit, -3 * unit}, within(1e-12));
  }

  /** Offsets 1/2 and -1/2, then 0; all rewards 1 0 1 1: mean 3/4, deviation sqrt(1/4) = 1/2. */
  @Test
  void batchNormalisedByHand() {
    double[][] got =
        of(new Rule(AdvantageKind.BATCH_NORMALISED, 0.5, 1), new double[][] {{1, 0}, {1, 1}});
    assertThat(got[0]).containsExactly(0.5, -0.5);
    assertThat(got[1]).containsExactly(0, 0);
    assertThat(of(new Rule(AdvantageKind.BATCH_NORMALISED, 0, 0), new double[][] {{1, 0}})[0])
        .containsExactly(1, -1);
  }

  /** 0.1 + 0.1 + 0.1 is not 0.3; a group of equals must still get exactly 0. */
  @Test
  void equalRewardsGetExactlyZero() {
    for (AdvantageKind kind : AdvantageKind.values()) {
      Rule rule = new Rule(kind, 1e-4, 1);
      for (double[] group : of(rule, new double[][] {{0.1, 0.1, 0.1}, {0.7, 0.7, 0.7}})) {
        assertThat(group).containsOnly(0);
      }
      // Beside groups that do vary, too.
      double[][] beside = of(rule, new double[][] {{0.1, 0.1, 0.1}, {0.7, 0.1, 0.2}});
      assertThat(beside[0]).as(kind.wireName()).containsOnly(0);
      assertThat(beside[1]).doesNotContain(0);
    }
  }

  /** 0.1 + 0.2 is 0.30000000000000004: the same reward, told apart by rounding alone. */
  @Test
  void rewardsThatDifferByRoundingAreEqual() {
    for (AdvantageKind kind : List.of(AdvantageKind.GRPO, AdvantageKind.RLOO)) {
      assertThat(of(new Rule(kind, 1e-4, 1), new double[][] {{0.1 + 0.2, 0.3}})[0]).containsOnly(0);
    }
  }

  /** Group 0 has no term b: there a alone speaks, as if b were flat. */
  @Test
  void aTermThatDoesNotApplyIsAbsent() {
    List<Row> rows = new ArrayList<>();
    double[][] a = {{1, 0}, {1, 0}};
    double[] b = {0, 5};
    for (int i = 0; i < 4; i++) {
      Part first = new Part("a", 1, a[i / 2][i % 2]);
      Part second = new Part("b", 1, i < 2 ? null : (Double) b[i % 2]);
      rows.add(new Row(Digest.ofText("p" + i / 2), 0, List.of(first, second)));
    }
    double[][] got = Advantages.of(new Rule(AdvantageKind.GDPO, 0, 1), StepRewards.of(2, rows));
    // The second group's terms pull against each other with the same z: nothing is left.
    assertThat(got[1]).containsExactly(0, 0);
    // Sums (1, -1, 0, 0)/sqrt(2): deviation sqrt(1/3).
    double unit = Math.sqrt(0.5) / Math.sqrt(1.0 / 3);
    assertThat(got[0]).containsExactly(new double[] {unit, -unit}, within(1e-12));
  }

  @Test
  void refusesRulesThatMakeNoSense() {
    assertThatThrownBy(() -> new Rule(AdvantageKind.GRPO, -1, 1)).hasMessageContaining("epsilon");
    assertThatThrownBy(() -> new Rule(AdvantageKind.GRPO, 0, 2)).hasMessageContaining("ddof");
    assertThat(AdvantageKind.names())
        .containsExactly("grpo", "dr-grpo", "rloo", "batch-normalised", "gdpo");
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
    double[][] rewards = rewards(groups);
    double[][] grpo = of(GRPO, rewards);
    double[][] centred = of(new Rule(AdvantageKind.DR_GRPO, 1e-4, 1), rewards);
    double[][] leaveOneOut = of(new Rule(AdvantageKind.RLOO, 1e-4, 1), rewards);
    double[][] batch = of(new Rule(AdvantageKind.BATCH_NORMALISED, 1e-4, 1), rewards);
    double[] all = Arrays.stream(rewards).flatMapToDouble(Arrays::stream).toArray();
    double wide = byPairs(all);
    for (int g = 0; g < rewards.length; g++) {
      int n = rewards[g].length;
      double deviation = byPairs(rewards[g]);
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
        assertThat(batch[g][i]).isCloseTo(offset / (wide + 1e-4), within(1e-6));
      }
    }
  }

  /** Standard deviation with n - 1, from the differences of all pairs. */
  private static double byPairs(double[] values) {
    int n = values.length;
    double pairs = 0;
    for (double one : values) {
      for (double other : values) {
        pairs += (one - other) * (one - other);
      }
    }
    return Math.sqrt(pairs / (2.0 * n * (n - 1)));
  }

  private static double[][] rewards(List<List<Integer>> groups) {
    return groups.stream()
        .map(group -> group.stream().mapToDouble(value -> value / 4.0).toArray())
        .toArray(double[][]::new);
  }

  /** Whichever kind: the order of groups and of completions carries no meaning. */
  @Property(tries = 200)
  void turningTheOrderTurnsTheAdvantages(@ForAll("groups") List<List<Integer>> groups) {
    double[][] rewards = rewards(groups);
    double[][] turned = new double[rewards.length][];
    for (int g = 0; g < rewards.length; g++) {
      turned[rewards.length - 1 - g] = backwards(rewards[g]);
    }
    for (AdvantageKind kind : AdvantageKind.values()) {
      Rule rule = new Rule(kind, 1e-4, 1);
      double[][] plain = of(rule, rewards);
      double[][] after = of(rule, turned);
      for (int g = 0; g < rewards.length; g++) {
        assertThat(after[rewards.length - 1 - g])
            .containsExactly(backwards(plain[g]), within(1e-9));
      }
    }
  }

  private static double[] backwards(double[] values) {
    double[] out = new double[values.length];
    for (int i = 0; i < out.length; i++) {
      out[out.length - 1 - i] = values[i];
    }
    return out;
  }
}
