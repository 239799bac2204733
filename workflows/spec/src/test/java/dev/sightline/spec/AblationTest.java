package dev.sightline.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AblationTest {
  private static final String HEAD =
      """
      name: made
      dataset:
        family: rotting_kiwi
        counts: { train: 100, dev: 8, test: 8 }
      """;

  private static final String TWO_TERMS =
      "terms: [ { term: format, weight: 0.2 }, { term: accuracy, weight: 0.8 } ]";

  private static ExperimentSpec made(String reference, String section) {
    return Examples.valid(text(reference, section));
  }

  private static String text(String reference, String section) {
    return HEAD + "statistics: { reference: " + reference + " }\nablation:\n" + section.indent(2);
  }

  private static List<String> wrong(String section) {
    return Examples.messages(
        new SpecReader(Examples.CATALOGS).readYaml("made.yaml", text("base", section)));
  }

  private static List<String> names(ExperimentSpec spec) {
    return spec.arms().stream().map(ExperimentSpec.Arm::name).toList();
  }

  private static Map<String, Double> weights(ExperimentSpec spec, String arm) {
    return spec.arm(arm).orElseThrow().terms().stream()
        .collect(Collectors.toMap(ExperimentSpec.Term::term, ExperimentSpec.Term::weight));
  }

  @Test
  void oneFactorAtATimeHoldsTheOthersAtTheirFirstLevel() {
    ExperimentSpec spec =
        made(
            "base",
            """
            design: oneFactor
            base: { %s }
            factors:
              - name: prompt
                levels: [ { name: probe, set: { template: probe } }, { name: bare, set: { template: answer } } ]
              - name: rate
                levels:
                  - { name: usual }
                  - { name: low, set: { training.learningRate: 1.0e-5 } }
                  - { name: high, set: { training.learningRate: 1.0e-3 } }
            """
                .formatted(TWO_TERMS));

    assertThat(names(spec)).containsExactly("base", "prompt_bare", "rate_low", "rate_high");
    assertThat(spec.arm("prompt_bare").orElseThrow().template()).isEqualTo("answer");
    ExperimentSpec.Arm low = spec.arm("rate_low").orElseThrow();
    assertThat(low.template()).isEqualTo("probe");
    assertThat(ArmSettings.of(spec, low).training().learningRate()).isEqualTo(1e-5);
    assertThat(ArmSettings.of(spec, spec.arm("base").orElseThrow())).isSameAs(spec);
  }

  @Test
  void factorialCrossesPromptAndReward() {
    ExperimentSpec spec =
        made(
            "probe_both",
            """
            design: factorial
            base: { %s }
            factors:
              - name: prompt
                levels: [ { name: probe, set: { template: probe } }, { name: bare, set: { template: answer } } ]
              - name: reward
                levels: [ { name: both }, { name: answer_only, set: { weights: { format: 0, accuracy: 1 } } } ]
            """
                .formatted(TWO_TERMS));

    assertThat(names(spec))
        .containsExactly("probe_both", "probe_answer_only", "bare_both", "bare_answer_only");
    assertThat(weights(spec, "bare_answer_only")).isEqualTo(Map.of("accuracy", 1.0));
    assertThat(spec.arm("bare_answer_only").orElseThrow().template()).isEqualTo("answer");
    assertThat(weights(spec, "bare_both")).isEqualTo(Map.of("format", 0.2, "accuracy", 0.8));
  }

  @Test
  void fractionKeepsMainEffectsApart() {
    ExperimentSpec spec =
        made(
            "a0_b0_c1",
            """
            design: fractional
            generators: { c: [a, b] }
            base: { %s }
            factors:
              - { name: a, levels: [ { name: a0 }, { name: a1, set: { template: answer } } ] }
              - { name: b, levels: [ { name: b0 }, { name: b1, set: { training.learningRate: 1.0e-5 } } ] }
              - { name: c, levels: [ { name: c0 }, { name: c1, set: { training.groupSize: 4 } } ] }
            """
                .formatted(TWO_TERMS));

    // Half of the eight combinations: those where the signs of a, b and c multiply to +1.
    assertThat(names(spec)).containsExactly("a0_b0_c1", "a0_b1_c0", "a1_b0_c0", "a1_b1_c1");
    assertThat(Objects.requireNonNull(spec.ablation()).definingRelation()).contains("I = a b c");
  }

  @Test
  void leaveOneTermOutKeepsTheOtherWeights() {
    ExperimentSpec spec = made("full", "design: leaveOneTermOut\nbase: { " + TWO_TERMS + " }");

    assertThat(names(spec)).containsExactly("full", "without_format", "without_accuracy");
    assertThat(weights(spec, "without_format")).isEqualTo(Map.of("accuracy", 0.8));
  }

  @Test
  void doseOfAWeightTakesFromAnotherAndDoseOfAFieldSetsIt() {
    ExperimentSpec weights =
        made(
            "format_0",
            """
            design: doseResponse
            base: { %s }
            dose: { term: format, values: [0, 0.1, 0.9], against: accuracy }
            """
                .formatted(TWO_TERMS));
    assertThat(names(weights)).containsExactly("format_0", "format_0p1", "format_0p9");
    assertThat(weights(weights, "format_0")).isEqualTo(Map.of("accuracy", 1.0));
    assertThat(weights(weights, "format_0p9")).isEqualTo(Map.of("format", 0.9, "accuracy", 0.1));

    ExperimentSpec rates =
        made(
            "learning_rate_0p0001",
            """
            design: doseResponse
            base: { %s }
            dose: { field: training.learningRate, values: [1.0e-4, 1.0e-5] }
            """
                .formatted(TWO_TERMS));
    assertThat(names(rates)).containsExactly("learning_rate_0p0001", "learning_rate_0p00001");
  }

  @Test
  void aNamedDesignIsWrittenOutWhereItsTermsVary() {
    ExperimentSpec spec =
        made(
            "perception_facts_1",
            """
            design: doseResponse
            base: { design: facts, set: { training.groupSize: 4 } }
            dose: { term: perception_facts, values: [0.5, 1] }
            """);

    ExperimentSpec.Arm half = spec.arm("perception_facts_0p5").orElseThrow();
    assertThat(half.terms())
        .containsExactly(new ExperimentSpec.Term("perception_facts", 0.5, null));
    assertThat(half.advantages()).isEqualTo(AdvantageKind.RLOO);
    assertThat(ArmSettings.of(spec, half).training().groupSize()).isEqualTo(4);
  }

  @Test
  void anArmsDesignByNameKeepsItsSettings() {
    ExperimentSpec spec =
        Examples.valid(
            HEAD
                + "statistics: { reference: slow }\narms: [ { name: slow, design: facts, set: {"
                + " training.learningRate: 0.00001 } } ]\n");

    assertThat(ArmSettings.of(spec, spec.arms().getFirst()).training().learningRate())
        .isEqualTo(1e-5);
  }

  @Test
  void theResolvedTreeReadsBackAndKeepsItsId() {
    ExperimentSpec spec = made("full", "design: leaveOneTermOut\nbase: { " + TWO_TERMS + " }");

    assertThat(new SpecReader(Catalogs.NONE).readTree(SpecWriter.tree(spec)))
        .isInstanceOfSatisfying(
            SpecResult.Valid.class,
            again -> {
              assertThat(again.spec()).isEqualTo(spec);
              assertThat(SpecDigest.of(again.spec())).isEqualTo(SpecDigest.of(spec));
            });
  }

  @Test
  void aSettingIsPartOfTheRunAndNotOfTheArmsName() {
    String arm = "{ name: %s, terms: [ { term: accuracy, weight: 1.0 } ]%s }";
    ExperimentSpec spec =
        Examples.valid(
            HEAD
                + "statistics: { reference: plain }\narms:\n  - "
                + arm.formatted("plain", "")
                + "\n  - "
                + arm.formatted("same", ", set: { training.learningRate: 0.0001 }")
                + "\n  - "
                + arm.formatted("slow", ", set: { training.learningRate: 0.00001 }"));
    List<String> digests =
        Planner.plan(spec, Examples.CATALOGS).stages().stream()
            .filter(PlannedStage.TrainArm.class::isInstance)
            .map(stage -> Objects.requireNonNull(((PlannedStage.TrainArm) stage).runDigest()).hex())
            .toList();

    assertThat(digests.get(1)).as("0.0001 is the default").isEqualTo(digests.get(0));
    assertThat(digests.get(2)).isNotEqualTo(digests.get(0));
  }

  @Test
  void wrongSectionsNameTheFieldAndTheFix() {
    String base = "base: { " + TWO_TERMS + " }\n";
    assertThat(wrong("design: factorial\n" + base))
        .singleElement()
        .asString()
        .contains("ablation.factors", "is missing, which factorial needs");
    assertThat(wrong("design: leaveOneTermOut\nbase: { terms: [ { term: accuracy, weight: 1 } ] }"))
        .singleElement()
        .asString()
        .contains("fewer than two terms");
    assertThat(
            wrong(
                "design: fractional\ngenerators: { b: [a] }\n"
                    + base
                    + "factors:\n"
                    + "  - { name: a, levels: [ { name: x }, { name: y } ] }\n"
                    + "  - { name: b, levels: [ { name: x }, { name: y } ] }"))
        .singleElement()
        .asString()
        .contains("ablation.generators", "I = a b");
    assertThat(
            wrong("design: doseResponse\n" + base + "dose: { term: repetition, values: [0, 1] }"))
        .isNotEmpty()
        .allSatisfy(m -> assertThat(m).contains("ablation.base", "has no term repetition"));
    String steps =
        "design: doseResponse\n" + base + "dose: { field: training.steps, values: [1, 2] }";
    assertThat(
            Examples.messages(
                new SpecReader(Examples.CATALOGS).readYaml("made.yaml", text("steps_1", steps))))
        .hasSize(2)
        .allSatisfy(m -> assertThat(m).contains("training.steps", "is the same for all arms"));
  }

  @Test
  void armsBesideADesignAreRefusedInAFile() {
    String file =
        text("base", "design: leaveOneTermOut\nbase: { " + TWO_TERMS + " }")
            + "arms: [ { name: base, terms: [ { term: accuracy, weight: 1.0 } ] } ]\n";

    assertThat(Examples.messages(new SpecReader(Examples.CATALOGS).readYaml("made.yaml", file)))
        .anySatisfy(m -> assertThat(m).contains("arms: are there", "leave them out"));
  }

  @Test
  void contrastsNameArmsThatThereAre() {
    assertThat(
            wrong(
                "design: leaveOneTermOut\nbase: { name: base, "
                    + TWO_TERMS
                    + " }\nprimary: [ { arm: without_format, against: bass },"
                    + " { arm: base, against: baseline } ]"))
        .singleElement()
        .asString()
        .contains("ablation.primary[0].against", "did you mean");
  }

  @Test
  void settingsAreReadAsTheExperimentWouldBe() {
    List<String> messages =
        wrong(
            "design: oneFactor\nbase: { "
                + TWO_TERMS
                + " }\nfactors:\n  - name: group\n    levels: [ { name: eight }, { name: one, set: {"
                + " training.groupSize: 1 } } ]");

    assertThat(messages).singleElement().asString().contains("training.groupSize", "is 1");
  }

  @Test
  void whatCannotBeTrainedIsSaidAndStillPlanned() {
    ExperimentSpec spec =
        made(
            "base",
            """
            design: oneFactor
            base: { %s }
            factors:
              - name: tower
                levels: [ { name: trained }, { name: frozen, set: { policy.visionTower: frozen } } ]
              - name: width
                levels: [ { name: usual }, { name: wide, set: { policy.hiddenSize: 256 } } ]
            """
                .formatted(TWO_TERMS));

    assertThat(Trainable.missing(spec))
        .singleElement()
        .asString()
        .contains("width_wide", "policy.hiddenSize", "yet");
    assertThat(Planner.plan(spec, Examples.CATALOGS).stages()).isNotEmpty();
    assertThat(Trainable.missing(Examples.valid(Examples.SHORT))).isEmpty();
  }

  private static final String HALVING =
      """
      design: doseResponse
      base: { name: base, terms: [ { term: accuracy, weight: 1.0 } ] }
      dose: { field: training.learningRate, values: [1.0e-3, 1.0e-4, 1.0e-5, 1.0e-6] }
      halving: { rungs: [ %s ], freshSeeds: %s }
      """;

  @Test
  void rungsArePlannedAndTheirWorkBoundsWhatFollows() {
    ExperimentSpec spec =
        made(
            "learning_rate_0p001",
            HALVING.formatted("{ step: 10, keep: 2 }, { step: 20, keep: 1 }", "[11, 12]"));

    assertThat(spec.testedSeeds()).containsExactly(11L, 12L);
    assertThat(spec.runSeeds()).containsExactly(1L, 11L, 12L);
    ExperimentPlan plan = Planner.plan(spec, Examples.CATALOGS);
    assertThat(plan.stages().stream().map(PlannedStage::target))
        .endsWith(
            "train/learning_rate_0p001/1/10",
            "train/learning_rate_0p0001/1/10",
            "train/learning_rate_0p00001/1/10",
            "train/learning_rate_0p000001/1/10",
            "rung/1",
            "rung/2",
            "report");
    // 4 arms x 10 steps; at most 3 x 10 more; at most 2 arms x 2 seeds x 40 anew.
    assertThat(plan.work().optimizerSteps()).isEqualTo(40 + 30 + 160);
    assertThat(ExperimentPlan.fromMap(plan.toMap())).isEqualTo(plan);
  }

  @Test
  void rungsThatCannotBeDecidedAreRefused() {
    String dose = "learning_rate_0p001";
    for (String[] wrong :
        new String[][] {
          {"{ step: 5, keep: 2 }", "[11]", "is not the end of a round"},
          {"{ step: 10, keep: 2 }, { step: 10, keep: 1 }", "[11]", "does not grow"},
          {"{ step: 10, keep: 2 }, { step: 20, keep: 2 }", "[11]", "stops no arm"},
          {"{ step: 10, keep: 4 }", "[11]", "stops none"},
          {"{ step: 10, keep: 2 }", "[1]", "hold one of seeds"},
        }) {
      assertThat(
              Examples.messages(
                  new SpecReader(Examples.CATALOGS)
                      .readYaml("made.yaml", text(dose, HALVING.formatted(wrong[0], wrong[1])))))
          .singleElement()
          .asString()
          .contains("ablation.halving", wrong[2]);
    }
  }
}
