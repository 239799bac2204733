package dev.sightline.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sections that decide between stages: tuning, futility, more seeds. */
final class DecisionsTest {
  private static final String HEAD =
      """
      name: decided
      seeds: [1, 2, 3, 4, 5]
      dataset:
        family: rotting_kiwi
        counts: { train: 100, dev: 8, test: 8 }
      arms:
        - { name: plain, terms: [ { term: accuracy, weight: 1.0 } ] }
        - { name: both, terms: [ { term: format, weight: 0.2 }, { term: accuracy, weight: 0.8 } ] }
        - name: small
          terms: [ { term: accuracy, weight: 1.0 } ]
          set: { training.groupSize: 4 }
      statistics: { reference: plain }
      ablation:
      """;

  private static String text(String section) {
    return HEAD + section.indent(2);
  }

  private static List<String> wrong(String section) {
    return Examples.messages(
        new SpecReader(Examples.CATALOGS).readYaml("decided.yaml", text(section)));
  }

  private static List<String> targets(ExperimentSpec spec) {
    return Planner.plan(spec, Examples.CATALOGS).stages().stream()
        .map(PlannedStage::target)
        .filter(target -> !target.startsWith("evaluate/"))
        .toList();
  }

  @Test
  void everyArmTriesEveryRateAndKeepsItsOtherSettings() {
    ExperimentSpec spec =
        Examples.valid(
            text(
                "tuning: { learningRates: [1.0e-4, 1.0e-5], seed: 99, steps: 10, metric: perception"
                    + " }"));

    assertThat(spec.runSeeds()).containsExactly(1L, 2L, 3L, 4L, 5L, 99L);
    ExperimentSpec.Arm tried = spec.arm("small_rate2").orElseThrow();
    ExperimentSpec as = ArmSettings.of(spec, tried);
    assertThat(as.training().learningRate()).isEqualTo(1e-5);
    assertThat(as.training().groupSize()).isEqualTo(4);
    assertThat(as.arm("small_rate2")).as("a run finds its arm again").isPresent();

    assertThat(targets(spec))
        .startsWith(
            "dataset",
            "train/plain_rate1/99/10",
            "train/plain_rate2/99/10",
            "train/both_rate1/99/10",
            "train/both_rate2/99/10",
            "train/small_rate1/99/10",
            "train/small_rate2/99/10",
            "tuning",
            "train/plain/1")
        .endsWith("train/small/5", "report");
    ExperimentPlan plan = Planner.plan(spec, Examples.CATALOGS);
    assertThat(ExperimentPlan.fromMap(plan.toMap())).isEqualTo(plan);
    assertThat(plan.stages())
        .filteredOn(PlannedStage.TrainArm.class::isInstance)
        .extracting(stage -> ((PlannedStage.TrainArm) stage).runDigest())
        .as("no rate, no digest")
        .containsOnlyNulls();
  }

  @Test
  void aChosenRateMakesTheSameRunAsAWrittenOne() {
    ExperimentSpec spec =
        Examples.valid(text("tuning: { learningRates: [1.0e-4, 1.0e-5], seed: 99, steps: 10 }"));
    ExperimentSpec chosen = TuningArms.chosen(spec, Map.of("both", 1e-5));
    ExperimentSpec written =
        Examples.valid(
            HEAD.replace(
                    "weight: 0.8 } ] }",
                    "weight: 0.8 } ], set: { training.learningRate: 0.00001 } }")
                .replace("ablation:\n", ""));
    dev.sightline.foundation.Digest data = SpecDigest.dataset(spec, "1");

    assertThat(SpecDigest.run(chosen, data, chosen.arm("both").orElseThrow(), 1))
        .isEqualTo(SpecDigest.run(written, data, written.arm("both").orElseThrow(), 1));
    assertThat(chosen.arm("plain")).isEqualTo(spec.arm("plain"));
  }

  @Test
  void futilityRestsAllRunsAndItsWorkBoundsWhatFollows() {
    ExperimentSpec spec = Examples.valid(text("futility: { steps: [10, 20] }"));

    assertThat(targets(spec))
        .hasSize(1 + 15 + 2 + 1)
        .contains("train/both/3/10")
        .endsWith("futility/1", "futility/2", "report");
    ExperimentPlan plan = Planner.plan(spec, Examples.CATALOGS);
    assertThat(plan.work().optimizerSteps()).isEqualTo(3 * 5 * 40);
    assertThat(ExperimentPlan.fromMap(plan.toMap())).isEqualTo(plan);
  }

  @Test
  void looksCarryTheMostThatMayFollow() {
    ExperimentSpec spec =
        Examples.valid(
            text(
                """
                primary: [ { arm: both, against: plain } ]
                addSeedsUntil: { halfWidth: 0.02, moreSeeds: [6, 7] }
                """));

    assertThat(targets(spec)).endsWith("look/1", "look/2", "look/3", "report");
    assertThat(Planner.armsOfContrasts(spec)).containsExactly("plain", "both");
    ExperimentPlan plan = Planner.plan(spec, Examples.CATALOGS);
    assertThat(plan.work().optimizerSteps()).isEqualTo((3 * 5 + 2 * 2) * 40);
    assertThat(ExperimentPlan.fromMap(plan.toMap())).isEqualTo(plan);
    assertThat(spec.testedSeeds()).as("more are tested only if asked for").hasSize(5);
  }

  @Test
  void sectionsThatCannotDecideAreRefused() {
    for (String[] wrong :
        new String[][] {
          {"tuning: { learningRates: [1.0e-4], seed: 99, steps: 10 }", "learningRates"},
          {"tuning: { learningRates: [1.0e-4, 1.0e-5], seed: 5, steps: 10 }", "5 is tested too"},
          {"tuning: { learningRates: [1.0e-4, 1.0e-5], seed: 9, steps: 15 }", "end of a round"},
          {"futility: { steps: [20, 10] }", "does not grow"},
          {"futility: { steps: [40] }", "stop nothing at training.steps"},
          {"futility: { steps: [10], alpha: 0.5 }", "futility.alpha"},
          {"addSeedsUntil: { moreSeeds: [5] }", "hold one of seeds"},
          {
            "halving: { rungs: [ { step: 10, keep: 1 } ], freshSeeds: [11] }\n"
                + "futility: { steps: [10] }",
            "does not go with halving"
          },
          {
            "halving: { rungs: [ { step: 10, keep: 1 } ], freshSeeds: [11] }\n"
                + "addSeedsUntil: { moreSeeds: [12] }",
            "does not go with halving"
          },
        }) {
      assertThat(wrong(wrong[0]))
          .singleElement()
          .asString()
          .contains("decided.yaml:", "ablation.", wrong[1]);
    }
  }

  @Test
  void aLookTakesFiveSeeds() {
    String few = text("addSeedsUntil: { moreSeeds: [6] }").replace("[1, 2, 3, 4, 5]", "[1, 2]");

    assertThat(Examples.messages(new SpecReader(Examples.CATALOGS).readYaml("few.yaml", few)))
        .singleElement()
        .asString()
        .contains("ablation.addSeedsUntil", "take 5 seeds; seeds has 2");
  }

  @Test
  void perceptionNeedsATemplateThatAsksForIt() {
    String bare =
        text("futility: { steps: [10], metric: perception }")
            + "evaluation: { template: answer, testModes: [image] }\n";

    assertThat(Examples.messages(new SpecReader(Examples.CATALOGS).readYaml("bare.yaml", bare)))
        .singleElement()
        .asString()
        .contains("ablation.futility.metric", "asks for no description");
  }
}
