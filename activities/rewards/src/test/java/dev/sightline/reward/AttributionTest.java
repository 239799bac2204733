package dev.sightline.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AttributionTest {
  private static final double[] WEIGHTS = {0.8, 0.2, -1};

  @Test
  void sharesByHand() {
    StepRewards rewards =
        TestRewards.of(
            new TestRewards.Term("accuracy", 0.8, new double[][] {{1, 0}, {1, 1}, {0, 0}, {1, 0}}),
            new TestRewards.Term("format", 0.2, new double[][] {{1, 1}, {1, 0}, {0, 0}, {0, 1}}),
            new TestRewards.Term("watched", 0, new double[][] {{1, 0}, {1, 0}, {1, 0}, {1, 0}}));
    // Sums of squares 2, 2, 0 and 8; in the last group two terms vary. A weight of 0 moves nothing.
    Attribution shares =
        Attribution.of(rewards, new double[][] {{1, -1}, {1, -1}, {0, 0}, {2, -2}});
    assertThat(shares.alone())
        .containsExactly(
            Map.entry("accuracy", 2.0 / 12),
            Map.entry("format", 2.0 / 12),
            Map.entry("watched", 0.0));
    assertThat(shares.several()).isEqualTo(8.0 / 12);
    assertThat(Attribution.of(rewards, new double[4][2]))
        .isEqualTo(new Attribution(Map.of("accuracy", 0.0, "format", 0.0, "watched", 0.0), 0));
  }

  /** [term][group][completion], few values, so that ties are common. */
  @Provide
  Arbitrary<List<List<List<Integer>>>> steps() {
    return Arbitraries.integers()
        .between(1, 4)
        .flatMap(
            groups ->
                Arbitraries.integers()
                    .between(0, 1)
                    .list()
                    .ofSize(3)
                    .list()
                    .ofSize(groups)
                    .list()
                    .ofSize(WEIGHTS.length));
  }

  private static StepRewards rewards(List<List<List<Integer>>> step, boolean turned) {
    TestRewards.Term[] terms = new TestRewards.Term[WEIGHTS.length];
    for (int t = 0; t < terms.length; t++) {
      List<List<Integer>> groups = turned ? step.get(t).reversed() : step.get(t);
      double[][] values =
          groups.stream()
              .map(group -> turned ? group.reversed() : group)
              .map(group -> group.stream().mapToDouble(Integer::doubleValue).toArray())
              .toArray(double[][]::new);
      terms[t] = new TestRewards.Term("t" + t, WEIGHTS[t], values);
    }
    return TestRewards.of(terms);
  }

  private static Attribution shares(AdvantageKind kind, StepRewards rewards) {
    return Attribution.of(rewards, Advantages.of(new Advantages.Rule(kind, 1e-4, 1), rewards));
  }

  /** By the definition, term by term, from what varies in each group's raw values. */
  @Property(tries = 300)
  void sharesFollowTheDefinition(@ForAll("steps") List<List<List<Integer>>> step) {
    StepRewards rewards = rewards(step, false);
    for (AdvantageKind kind : AdvantageKind.values()) {
      double[][] advantages = Advantages.of(new Advantages.Rule(kind, 1e-4, 1), rewards);
      Attribution shares = Attribution.of(rewards, advantages);
      double all = 0;
      for (double[] group : advantages) {
        for (double a : group) {
          all += a * a;
        }
      }
      double sum = shares.several();
      for (int t = 0; t < WEIGHTS.length; t++) {
        double own = 0;
        for (int g = 0; g < advantages.length; g++) {
          boolean alone = true;
          for (int other = 0; other < WEIGHTS.length; other++) {
            boolean varies = step.get(other).get(g).stream().distinct().count() > 1;
            alone &= varies == (other == t);
          }
          for (double a : advantages[g]) {
            own += alone ? a * a : 0;
          }
        }
        double share = shares.alone().getOrDefault("t" + t, -1.0);
        assertThat(share * all).isCloseTo(own, within(1e-9));
        sum += share;
      }
      assertThat(sum).isCloseTo(all == 0 ? 0 : 1, within(1e-9));
    }
  }

  @Property(tries = 200)
  void theOrderCarriesNoMeaning(@ForAll("steps") List<List<List<Integer>>> step) {
    for (AdvantageKind kind : AdvantageKind.values()) {
      Attribution plain = shares(kind, rewards(step, false));
      Attribution turned = shares(kind, rewards(step, true));
      assertThat(turned.several()).isCloseTo(plain.several(), within(1e-9));
      plain
          .alone()
          .forEach(
              (term, share) ->
                  assertThat(turned.alone().getOrDefault(term, -1.0))
                      .isCloseTo(share, within(1e-9)));
    }
  }
}
