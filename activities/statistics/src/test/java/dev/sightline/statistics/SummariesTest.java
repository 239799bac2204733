package dev.sightline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SummariesTest {
  @Test
  void curvesOfPassAtK() {
    List<PassAtK.Item> items =
        List.of(
            new PassAtK.Item("a", 8, 4, 2, 0.25),
            new PassAtK.Item("a", 8, 0, 0, 0.25),
            new PassAtK.Item("b", 8, 8, 8, 1.0));
    List<PassAtK.Point> points = PassAtK.curve(items, List.of(1, 2));
    assertThat(points.getFirst().passed()).isCloseTo((0.25 + 1) / 2, within(1e-12));
    assertThat(points.getFirst().verified()).isCloseTo((0.125 + 1) / 2, within(1e-12));
    assertThat(points.getFirst().prior()).isCloseTo((0.25 + 1) / 2, within(1e-12));
    assertThat(points.get(1).prior()).isCloseTo((0.4375 + 1) / 2, within(1e-12));
  }

  @Test
  void aCurveThatIsNotKnownForEveryItemIsLeftOut() {
    List<PassAtK.Item> items =
        List.of(new PassAtK.Item("a", 4, 4, 2, null), new PassAtK.Item("a", 4, 1, null, 0.5));
    assertThat(PassAtK.curve(items, List.of(2)))
        .allSatisfy(point -> assertThat(point.verified()).isNull())
        .allSatisfy(point -> assertThat(point.prior()).isNull());
    assertThatThrownBy(() -> new PassAtK.Item("a", 4, 1, 2, null))
        .hasMessageContaining("verified must be 0 to 1");
    assertThatThrownBy(() -> PassAtK.curve(items, List.of(3))).hasMessageContaining("n >= 2 k");
  }

  /** What a sampler that is right with p passes in many samples tends to its curve. */
  @Property(tries = 50)
  void thePriorCurveIsTheLimitOfPassAtK(
      @ForAll @IntRange(min = 1, max = 8) int k, @ForAll @DoubleRange(max = 1) double p) {
    int n = 200_000;
    double limit = PassAtK.estimate(n, (int) Math.round(n * p), k);
    assertThat(PassAtK.prior(p, k)).isCloseTo(limit, within(1e-4));
  }

  @Test
  void improvementIsOneMinusThatOfTheOther() {
    RunScores first = new RunScores(new double[][] {{0.1, 0.5}, {0.2, 0.5}});
    RunScores second = new RunScores(new double[][] {{0.2, 0.5}, {0.3, 0.4}, {0, 0.6}});
    double improvement = first.probabilityOfImprovement(second);
    assertThat(improvement).isCloseTo(1 - second.probabilityOfImprovement(first), within(1e-12));
    assertThat(
            first.probabilityOfImprovement(second, 500, 0.95, 3).interval().contains(improvement))
        .isTrue();
    assertThat(first.shareAbove(0.15, 500, 0.95, 3).value()).isEqualTo(0.75);
    assertThatThrownBy(() -> new RunScores(new double[][] {{1, 2}, {1}}))
        .hasMessageContaining("run 1 has 1 tasks, run 0 2");
  }

  /** An interval over runs holds the true interquartile mean about as often as it says. */
  @Test
  void intervalsOfTheInterquartileMeanCover() {
    SplittableRandom random = new SplittableRandom(5);
    int held = 0;
    int experiments = 600;
    for (int e = 0; e < experiments; e++) {
      double[][] scores = new double[20][3];
      for (double[] run : scores) {
        for (int task = 0; task < run.length; task++) {
          run[task] = 0.4 + 0.1 * random.nextGaussian();
        }
      }
      if (new RunScores(scores).interquartileMean(300, 0.95, e).interval().contains(0.4)) {
        held++;
      }
    }
    assertThat((double) held / experiments).isBetween(0.92, 0.98);
  }

  @Test
  void rowsOfOneClusterAreNotIndependent() {
    List<ClusteredMean.Value> apart = new ArrayList<>();
    List<ClusteredMean.Value> together = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      double value = i / 6 % 2;
      apart.add(new ClusteredMean.Value("c" + i, value));
      together.add(new ClusteredMean.Value("c" + i / 6, value));
    }
    assertThat(ClusteredMean.of(together).errorCr0())
        .isCloseTo(Math.sqrt(6) * ClusteredMean.of(apart).errorCr0(), within(1e-12));
    assertThatThrownBy(() -> ClusteredMean.of(together.subList(0, 6)).interval(0.95))
        .hasMessageContaining("at least 2 clusters");
  }

  @Test
  void itemsNeededFindTheDifference() {
    int items = Power.items(0.2, 0.05, 0.8, 0.05);
    assertThat(Power.itemDifference(0.2, items, 0.8, 0.05)).hasValueCloseTo(0.05, within(1e-4));
    assertThat(Power.itemPower(0.2, 0.05, items, 0.05)).isBetween(0.76, 0.81);
    assertThat(Power.itemPower(0.2, 0, items, 0.05)).isLessThan(0.05);
    assertThat(Power.seeds(1, 0.001, 0.8, 0.05)).isEmpty();
  }
}
