package dev.sightline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Our numbers against those of scipy, statsmodels and brute force (src/test/python/golden.py). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PeerChecks {
  private static final Offset<Double> CLOSE = within(1e-9);

  /** All cases by name. */
  abstract JsonNode peers();

  private JsonNode cases(String name) {
    JsonNode cases = peers().path(name);
    assertThat(cases.size()).as(name).isPositive();
    return cases;
  }

  private static double[] doubles(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).asDouble();
    }
    return values;
  }

  private static double[][] rows(JsonNode array) {
    double[][] rows = new double[array.size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = doubles(array.get(i));
    }
    return rows;
  }

  private static double number(JsonNode node, String field) {
    assertThat(node.path(field).isNumber()).as(field).isTrue();
    return node.path(field).asDouble();
  }

  private static void same(Interval ours, double low, double high, Offset<Double> close) {
    assertThat(ours.low()).isCloseTo(low, close);
    assertThat(ours.high()).isCloseTo(high, close);
  }

  private static void same(Interval ours, JsonNode theirs, Offset<Double> close) {
    same(ours, theirs.get(0).asDouble(), theirs.get(1).asDouble(), close);
  }

  /** One family whose items are their own clusters; values are [seed][item], the other arm's 0. */
  private static PairedOutcomes outcomes(double[][] values) {
    int items = values[0].length;
    return new PairedOutcomes(
        LongStream.range(0, values.length).boxed().toList(),
        List.of(
            new PairedOutcomes.Family(
                "family",
                IntStream.rangeClosed(0, items).toArray(),
                values,
                new double[values.length][items])));
  }

  @Test
  void proportions() {
    for (JsonNode c : cases("proportions")) {
      int k = c.path("k").asInt();
      int n = c.path("n").asInt();
      double confidence = number(c, "confidence");
      same(Intervals.wilson(k, n, confidence), c.path("wilson"), CLOSE);
      same(Intervals.clopperPearson(k, n, confidence), c.path("clopperPearson"), CLOSE);
    }
  }

  @Test
  void mcNemar() {
    for (JsonNode c : cases("mcnemar")) {
      assertThat(PairedTests.mcNemar(c.path("b").asInt(), c.path("c").asInt()))
          .isCloseTo(number(c, "p"), CLOSE);
    }
  }

  @Test
  void studentT() {
    for (JsonNode c : cases("student")) {
      double[] values = doubles(c.path("values"));
      same(
          Intervals.studentT(values, number(c, "confidence")),
          number(c, "low"),
          number(c, "high"),
          CLOSE);
      assertThat(PairedTests.studentT(values)).isCloseTo(number(c, "p"), CLOSE);
    }
  }

  @Test
  void signFlip() {
    for (JsonNode c : cases("signFlip")) {
      assertThat(PairedTests.signFlip(doubles(c.path("values")))).isCloseTo(number(c, "p"), CLOSE);
    }
  }

  @Test
  void equivalence() {
    for (JsonNode c : cases("equivalence")) {
      Equivalence test = Equivalence.test(doubles(c.path("values")), number(c, "delta"));
      assertThat(test.lower()).isCloseTo(number(c, "lower"), CLOSE);
      assertThat(test.upper()).isCloseTo(number(c, "upper"), CLOSE);
      assertThat(test.p()).isCloseTo(number(c, "p"), CLOSE);
    }
  }

  @Test
  void clusteredErrors() {
    for (JsonNode c : cases("clustered")) {
      List<ClusteredMean.Value> values = new ArrayList<>();
      for (int i = 0; i < c.path("values").size(); i++) {
        values.add(
            new ClusteredMean.Value(
                c.path("clusters").get(i).asText(), c.path("values").get(i).asDouble()));
      }
      ClusteredMean mean = ClusteredMean.of(values);
      assertThat(mean.mean()).isCloseTo(number(c, "mean"), CLOSE);
      assertThat(mean.errorCr0()).isCloseTo(number(c, "cr0"), CLOSE);
      assertThat(mean.errorCr1()).isCloseTo(number(c, "cr1"), CLOSE);
      same(mean.interval(0.95), c.path("interval"), CLOSE);
    }
  }

  @Test
  void powerOverSeeds() {
    for (JsonNode c : cases("power")) {
      assertThat(Power.studentPower(number(c, "effect"), c.path("n").asInt(), 0.05))
          .isCloseTo(number(c, "power"), within(1e-5));
    }
    for (JsonNode c : cases("seedsNeeded")) {
      assertThat(Power.seeds(number(c, "deviation"), number(c, "difference"), 0.8, 0.05))
          .hasValue(c.path("seeds").asInt());
    }
  }

  @Test
  void powerOfExactMcNemar() {
    for (JsonNode c : cases("itemPower")) {
      assertThat(
              Power.itemPower(
                  number(c, "discordance"), number(c, "difference"), c.path("items").asInt(), 0.05))
          .isCloseTo(number(c, "power"), CLOSE);
    }
  }

  @Test
  void passAtK() {
    for (JsonNode c : cases("passAtK")) {
      assertThat(PassAtK.estimate(c.path("n").asInt(), c.path("c").asInt(), c.path("k").asInt()))
          .isCloseTo(number(c, "value"), CLOSE);
    }
  }

  @Test
  void adjustments() {
    for (JsonNode c : cases("adjusted")) {
      double[] p = doubles(c.path("p"));
      assertThat(MultipleTests.holm(p, p.length)).containsExactly(doubles(c.path("holm")), CLOSE);
      assertThat(MultipleTests.benjaminiHochberg(p, p.length))
          .containsExactly(doubles(c.path("benjaminiHochberg")), CLOSE);
    }
  }

  @Test
  void runScores() {
    for (JsonNode c : cases("runScores")) {
      RunScores first = new RunScores(rows(c.path("first")));
      RunScores second = new RunScores(rows(c.path("second")));
      RunScores.Estimate mean = first.interquartileMean(4000, 0.95, 1);
      assertThat(mean.value()).isCloseTo(number(c, "interquartileMean"), CLOSE);
      same(mean.interval(), c.path("interval"), within(0.012));
      assertThat(first.probabilityOfImprovement(second)).isCloseTo(number(c, "improvement"), CLOSE);
      assertThat(first.performanceProfile(doubles(c.path("thresholds"))))
          .containsExactly(doubles(c.path("profile")), CLOSE);
    }
  }

  /** Against the two-way analysis of variance, and the delete-one jackknife. */
  @Test
  void varianceOfSeedsCrossedWithItems() {
    for (JsonNode c : cases("crossed")) {
      PairedOutcomes pairs = outcomes(rows(c.path("values")));
      CrossedVariance variance = CrossedVariance.of(pairs);
      assertThat(variance.seeds()).isCloseTo(number(c, "seeds"), CLOSE);
      assertThat(variance.clusters()).isCloseTo(number(c, "clusters"), CLOSE);
      assertThat(variance.interaction()).isCloseTo(number(c, "interaction"), CLOSE);
      assertThat(CrossedBootstrap.acceleration(pairs)).isCloseTo(number(c, "acceleration"), CLOSE);
    }
  }

  /** Two bootstraps agree up to the scatter of their draws. */
  @Test
  void bootstrapOfOneRun() {
    for (JsonNode c : cases("oneRun")) {
      PairedOutcomes pairs = outcomes(new double[][] {doubles(c.path("values"))});
      Offset<Double> draws = within(0.06 * CrossedBootstrap.interval(pairs, 1000, 0.95, 1).width());
      same(CrossedBootstrap.interval(pairs, 40_000, 0.95, 1), c.path("percentile"), draws);
      same(CrossedBootstrap.biasCorrected(pairs, 40_000, 0.95, 1), c.path("BCa"), draws);
    }
  }

  @Test
  void unpairedDifference() {
    for (JsonNode c : cases("unpaired")) {
      UnpairedDifference difference = UnpairedDifference.of(cells(c, 0), cells(c, 1));
      assertThat(difference.z()).isCloseTo(number(c, "z"), CLOSE);
      assertThat(difference.p()).isCloseTo(number(c, "p"), CLOSE);
    }
  }

  private static List<UnpairedDifference.Cell> cells(JsonNode c, int row) {
    List<UnpairedDifference.Cell> cells = new ArrayList<>();
    for (int i = 0; i < c.path("k").get(row).size(); i++) {
      cells.add(
          new UnpairedDifference.Cell(
              c.path("k").get(row).get(i).asInt(), c.path("n").get(row).get(i).asInt()));
    }
    return cells;
  }

  @Test
  void rankSum() {
    for (JsonNode c : cases("rankSum")) {
      RankSum test = RankSum.of(doubles(c.path("first")), doubles(c.path("second")));
      assertThat(test.larger()).isCloseTo(number(c, "larger"), CLOSE);
      assertThat(test.p()).isCloseTo(number(c, "p"), CLOSE);
    }
  }

  /** The closed form against the Bayes factor by numerical integration. */
  @Test
  void sequenceOfNormalValues() {
    for (JsonNode c : cases("studentSequence")) {
      List<Interval> sequence =
          ConfidenceSequences.student(doubles(c.path("values")), number(c, "alpha"));
      same(sequence.getLast(), number(c, "low"), number(c, "high"), within(1e-6));
    }
  }

  @Test
  void sequenceOfBoundedValues() {
    for (JsonNode c : cases("boundedSequence")) {
      List<Interval> sequence =
          ConfidenceSequences.bounded(doubles(c.path("values")), -1, 1, number(c, "alpha"));
      for (int i = 0; i < sequence.size(); i++) {
        same(
            sequence.get(i),
            c.path("low").get(i).asDouble(),
            c.path("high").get(i).asDouble(),
            CLOSE);
      }
    }
  }
}
