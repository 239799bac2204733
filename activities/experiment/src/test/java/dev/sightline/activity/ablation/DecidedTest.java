package dev.sightline.activity.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.activity.TunedRates;
import dev.sightline.activity.dataset.Samples;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.Ablation;
import dev.sightline.spec.ArmSettings;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.statistics.ClusteredMean;
import dev.sightline.statistics.FutilityRule;
import dev.sightline.statistics.Interval;
import dev.sightline.statistics.SeedRule;
import dev.sightline.statistics.Verdict;
import dev.sightline.storage.DecisionStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Decisions as rows: what they choose, and that they read back. */
final class DecidedTest {
  private static final TuningDecision TUNING =
      new TuningDecision(
          99,
          2,
          "perception",
          List.of(
              new TuningDecision.Tried(
                  "plain",
                  List.of(
                      new TuningDecision.Rate(1e-3, 0.25),
                      new TuningDecision.Rate(1e-4, 0.5),
                      new TuningDecision.Rate(1e-5, 0.5))),
              new TuningDecision.Tried(
                  "formatted",
                  List.of(new TuningDecision.Rate(1e-3, null), new TuningDecision.Rate(1e-4, 0.0))),
              new TuningDecision.Tried("lots", List.of(new TuningDecision.Rate(1e-3, null)))));

  private static final FutilityDecision FUTILITY =
      new FutilityDecision(
          1,
          10,
          2,
          0.01,
          0.05,
          "accuracy",
          List.of(
              new FutilityDecision.Standing("plain", List.of(1L), 0, null, null, false),
              new FutilityDecision.Standing("lots", List.of(1L, 2L), 20, -0.2, -0.05, true)));

  private static final LookDecision LOOK =
      new LookDecision(
          1,
          3,
          0.98,
          List.of(
              new LookDecision.Standing(
                  "lots",
                  "plain",
                  List.of(1L, 2L),
                  List.of(0.1, -0.1),
                  -0.2,
                  0.2,
                  LookDecision.Outcome.OPEN),
              LookDecision.Standing.uncompared(
                  new Ablation.Contrast("formatted", "plain"), LookDecision.Outcome.INCOMPLETE)),
          6L);

  @Test
  void rowsReadBackInTheirOrder() {
    List<DecisionStore.Decision> rows =
        List.of(
            new DecisionStore.Decision("e", "tuning", TUNING.tree()),
            new DecisionStore.Decision("e", "futility/1", FUTILITY.tree()),
            new DecisionStore.Decision("e", "look/1", LOOK.tree()));

    Decided decided = Decided.read(rows);

    assertThat(decided.tuning()).contains(TUNING);
    assertThat(decided.futility()).containsExactly(FUTILITY);
    assertThat(decided.looks()).containsExactly(LOOK);
    assertThat(decided.added("lots")).containsExactly(6L);
    assertThat(decided.added("formatted")).as("its contrast was closed").isEmpty();
    assertThat(decided.left(Samples.SPEC)).isEqualTo(Map.of("plain", List.of(1L)));
  }

  @Test
  void theBestRateIsTheArmsTiesToTheOneNamedFirst() {
    assertThat(TUNING.arms())
        .extracting(TuningDecision.Tried::chosen)
        .containsExactly(1e-4, 1e-4, null);

    ExperimentSpec spec =
        Samples.spec(
            Samples.YAML
                + "\nablation: { tuning: { learningRates: [0.001, 0.0001], seed: 99, steps: 2 } }\n");
    Kept rows = new Kept();
    assertThat(TunedRates.of("e", spec, "plain_rate1", rows)).as("a try").isSameAs(spec);
    assertThatThrownBy(() -> TunedRates.of("e", spec, "plain", rows))
        .isInstanceOfSatisfying(
            SightlineException.class,
            early -> assertThat(early.type()).isEqualTo(FailureType.STAGE_FAILED));
    rows.decide("e", "tuning", TUNING.tree());
    ExperimentSpec tuned = TunedRates.of("e", spec, "plain", rows);
    assertThat(ArmSettings.of(tuned, tuned.arm("plain").orElseThrow()).training().learningRate())
        .isEqualTo(1e-4);
    assertThat(tuned.arm("lots")).as("no try was left").isEqualTo(spec.arm("lots"));
  }

  @Test
  void anArmFarBelowTheReferenceIsStoppedAndOneNearItIsNot() {
    FutilityRule rule = new FutilityRule(0, 0.05, 2);

    assertThat(standing(rule, 40, 10))
        .satisfies(
            far -> {
              assertThat(far.stop()).isTrue();
              assertThat(far.difference()).isEqualTo(-0.75);
            });
    assertThat(standing(rule, 40, 20 + 18).stop()).isFalse();
    assertThat(standing(rule, 1, 0).stop()).as("one cluster has no error").isFalse();
    assertThat(FUTILITY.words(FUTILITY.arms().getLast()))
        .contains("incomplete by the futility rule", "step 10", "-20.0", "stopped, not worse");
  }

  @Test
  void oneBadRunOfSeveralStopsNoArm() {
    FutilityRule rule = new FutilityRule(0, 0.05, 1);
    List<Long> seeds = List.of(1L, 2L, 3L, 4L, 5L);
    Map<Long, List<ClusteredMean.Value>> oneBad = new LinkedHashMap<>();
    Map<Long, List<ClusteredMean.Value>> allBad = new LinkedHashMap<>();
    for (long seed : seeds) {
      oneBad.put(seed, same(seed == 1 ? -1 : 0));
      allBad.put(seed, same(-1));
    }

    FutilityDecision.Standing luck = FutilityDecision.Standing.of("arm", seeds, rule, 1, oneBad);
    assertThat(luck.difference()).isCloseTo(-0.2, within(1e-12));
    assertThat(luck.upper()).isPositive();
    assertThat(luck.stop()).isFalse();
    assertThat(FutilityDecision.Standing.of("arm", seeds, rule, 1, allBad).stop()).isTrue();
  }

  private static List<ClusteredMean.Value> same(double value) {
    List<ClusteredMean.Value> values = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      values.add(new ClusteredMean.Value("item" + i, value));
    }
    return values;
  }

  /** Of n items, some are as right as the reference's and the others wrong where it is right. */
  private static FutilityDecision.Standing standing(FutilityRule rule, int n, int alike) {
    List<ClusteredMean.Value> differences = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      differences.add(new ClusteredMean.Value("item" + i, i < alike ? 0 : -1));
    }
    return FutilityDecision.Standing.of("arm", List.of(1L), rule, 1, Map.of(1L, differences));
  }

  @Test
  void aLookClosesWhatTheRuleDecided() {
    Ablation.Contrast contrast = new Ablation.Contrast("a", "b");
    Interval wide = new Interval(-0.1, 0.3);

    assertThat(
            List.of(
                new SeedRule.AddSeed(1, new Verdict.Inconclusive(wide)),
                new SeedRule.Stop(
                    SeedRule.Reason.DECIDED, 1, new Verdict.Better(new Interval(0.1, 0.3))),
                new SeedRule.Stop(SeedRule.Reason.NARROW_ENOUGH, 1, new Verdict.Inconclusive(wide)),
                new SeedRule.Stop(
                    SeedRule.Reason.NO_SEEDS_LEFT, 3, new Verdict.Inconclusive(wide))))
        .extracting(
            decision ->
                LookDecision.Standing.of(contrast, List.of(1L), List.of(0.1), decision).outcome())
        .containsExactly(
            LookDecision.Outcome.OPEN,
            LookDecision.Outcome.BETTER,
            LookDecision.Outcome.NARROW_ENOUGH,
            LookDecision.Outcome.NO_SEEDS_LEFT);
  }

  /** Rows in memory. */
  private static final class Kept implements DecisionStore {
    private final List<Decision> rows = new ArrayList<>();

    @Override
    public Decision decide(
        String experiment, String target, com.fasterxml.jackson.databind.JsonNode body) {
      Decision row = new Decision(experiment, target, body);
      rows.add(row);
      return row;
    }

    @Override
    public List<Decision> list(String experiment) {
      return List.copyOf(rows);
    }
  }
}
