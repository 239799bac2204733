package dev.sightline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules and sequences that look often: how often chance alone fools them. */
class SequentialTest {
  private static final double ALPHA = 0.05;
  private static final int EXPERIMENTS = Integer.getInteger("sightline.simulations", 1000);

  private static double share(String what, int fooled) {
    double share = (double) fooled / EXPERIMENTS;
    System.out.printf("fooled %.4f: %s%n", share, what);
    return share;
  }

  private static boolean misses(List<Interval> sequence, double mean) {
    return sequence.stream().anyMatch(interval -> !interval.contains(mean));
  }

  /** A look after each of 900 items, arms that differ on a share of them by chance only. */
  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.1, 0.3, 1})
  void boundedSequenceHoldsAtEveryLook(double discordance) {
    SplittableRandom random = new SplittableRandom(1);
    int fooled = 0;
    for (int e = 0; e < EXPERIMENTS; e++) {
      double[] values =
          random
              .doubles(900)
              .map(u -> u >= discordance ? 0 : u < discordance / 2 ? -1 : 1)
              .toArray();
      fooled += misses(ConfidenceSequences.bounded(values, -1, 1, ALPHA), 0) ? 1 : 0;
    }
    assertThat(share("bounded, discordance " + discordance, fooled)).isLessThan(ALPHA);
  }

  @Test
  void studentSequenceHoldsAtEveryLook() {
    SplittableRandom random = new SplittableRandom(2);
    int fooled = 0;
    int plain = 0;
    for (int e = 0; e < EXPERIMENTS; e++) {
      double[] values =
          IntStream.range(0, 40).mapToDouble(i -> 0.3 + 0.02 * random.nextGaussian()).toArray();
      fooled += misses(ConfidenceSequences.student(values, ALPHA), 0.3) ? 1 : 0;
      boolean once = false;
      for (int n = 5; n <= values.length; n++) {
        once |= !Intervals.studentT(java.util.Arrays.copyOf(values, n), 1 - ALPHA).contains(0.3);
      }
      plain += once ? 1 : 0;
    }
    assertThat(share("normal mixture, 40 looks", fooled)).isLessThan(ALPHA);
    assertThat(share("Student's interval at every look", plain)).isGreaterThan(2 * ALPHA);
  }

  @Test
  void sequencesComeToSeeADifference() {
    double[] values = IntStream.range(0, 900).mapToDouble(i -> i % 5 == 0 ? 1 : 0).toArray();
    List<Interval> sequence = ConfidenceSequences.bounded(values, -1, 1, ALPHA);
    assertThat(sequence.getLast().low()).isPositive();
    assertThat(sequence.getLast().contains(0.2)).isTrue();
    assertThat(ConfidenceSequences.student(new double[] {0.1}, ALPHA).getFirst().width())
        .isInfinite();
  }

  @Test
  void valuesOutsideTheRangeAreRefused() {
    assertThatThrownBy(() -> ConfidenceSequences.bounded(new double[] {0, 1.5}, -1, 1, ALPHA))
        .hasMessageContaining("value 1.5 is outside [-1.0, 1.0]");
  }

  /** Arms alike; each seed scatters, and so do items and single answers. */
  private static PairedOutcomes alike(int seeds, double scatter, double shift, long seed) {
    int items = 40;
    double[][] first = new double[seeds][items];
    for (int s = 0; s < seeds; s++) {
      // Drawn for each seed by itself, so that a seed more changes none before it.
      SplittableRandom run = new SplittableRandom(31 * seed + s);
      double moved = shift + scatter * run.nextGaussian();
      for (int i = 0; i < items; i++) {
        double u = run.nextDouble();
        first[s][i] = u < (0.3 + moved) / 2 ? 1 : u > 1 - (0.3 - moved) / 2 ? -1 : 0;
      }
    }
    return new PairedOutcomes(
        LongStream.range(0, seeds).boxed().toList(),
        List.of(
            new PairedOutcomes.Family(
                "family",
                IntStream.rangeClosed(0, items).toArray(),
                first,
                new double[seeds][items])));
  }

  private static SeedRule.Stop follow(SeedRule rule, double scatter, double shift, long seed) {
    for (int seeds = 1; ; seeds++) {
      switch (rule.decide(alike(seeds, scatter, shift, seed), 1000, seed)) {
        case SeedRule.AddSeed _ -> {}
        case SeedRule.Stop stop -> {
          return stop;
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1})
  void addingSeedsUntilDecidedKeepsTheLevel(double scatter) {
    SeedRule rule = new SeedRule(5, 10, ALPHA, null, null);
    int fooled = 0;
    for (int e = 0; e < EXPERIMENTS; e++) {
      SeedRule.Stop stop = follow(rule, scatter, 0, e);
      fooled += stop.reason() == SeedRule.Reason.DECIDED ? 1 : 0;
    }
    assertThat(share("seeds 5 to 10 until decided, scatter " + scatter, fooled)).isLessThan(ALPHA);
  }

  @Test
  void seedsStopForTheNamedReason() {
    SeedRule rule = new SeedRule(5, 8, ALPHA, null, null);
    assertThat(rule.looks()).isEqualTo(4);
    assertThat(rule.confidence()).isEqualTo(1 - ALPHA / 4);
    assertThat(rule.decide(alike(4, 0, 0.25, 1), 1000, 1)).isEqualTo(new SeedRule.AddSeed(0, null));
    SeedRule.Stop better = follow(rule, 0, 0.28, 1);
    assertThat(better.verdict()).isInstanceOf(Verdict.Better.class);
    assertThat(better.look()).isEqualTo(1);

    SeedRule.Stop never = follow(rule, 0.1, 0, 3);
    assertThat(never.reason()).isEqualTo(SeedRule.Reason.NO_SEEDS_LEFT);
    assertThat(never.look()).isEqualTo(4);
    assertThat(follow(new SeedRule(5, 8, ALPHA, null, 0.5), 0.1, 0, 3).reason())
        .isEqualTo(SeedRule.Reason.NARROW_ENOUGH);
    assertThat(follow(new SeedRule(5, 8, ALPHA, 0.4, null), 0, 0, 3).verdict())
        .isInstanceOf(Verdict.Equivalent.class);
    assertThatThrownBy(() -> new SeedRule(4, 8, ALPHA, null, null)).hasMessageContaining("seeds 4");
  }

  /** An arm exactly at the least gain may be stopped at one of its looks, alpha of the time. */
  @ParameterizedTest
  @CsvSource({"1, 120", "8, 120", "8, 40"})
  void futilityKeepsItsLevel(int looks, int items) {
    FutilityRule rule = new FutilityRule(0, ALPHA, looks);
    SplittableRandom random = new SplittableRandom(9);
    int fooled = 0;
    for (int e = 0; e < EXPERIMENTS; e++) {
      boolean stopped = false;
      for (int look = 1; look <= looks; look++) {
        stopped |= rule.decide(look, differences(items, 0, random)).stop();
      }
      fooled += stopped ? 1 : 0;
    }
    assertThat(share("futility, " + looks + " looks, " + items + " items", fooled))
        .isLessThan(ALPHA);
  }

  @Test
  void futilityStopsAnArmThatIsFarBelow() {
    FutilityRule rule = new FutilityRule(0, ALPHA, 4);
    FutilityRule.Decision decision =
        rule.decide(2, differences(200, -0.2, new SplittableRandom(3)));
    assertThat(decision.stop()).isTrue();
    assertThat(decision.upper()).isNegative();
    assertThatThrownBy(() -> rule.decide(5, List.of())).hasMessageContaining("look 5 of 4");
  }

  private static List<ClusteredMean.Value> differences(
      int items, double mean, SplittableRandom random) {
    List<ClusteredMean.Value> values = new ArrayList<>();
    for (int i = 0; i < items; i++) {
      double u = random.nextDouble();
      values.add(
          new ClusteredMean.Value(
              "c" + i, u < (0.3 + mean) / 2 ? 1 : u > 1 - (0.3 - mean) / 2 ? -1 : 0));
    }
    return values;
  }
}
