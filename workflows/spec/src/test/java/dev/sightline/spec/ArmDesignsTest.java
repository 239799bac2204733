package dev.sightline.spec;

import static dev.sightline.spec.Examples.CATALOGS;
import static dev.sightline.spec.Examples.SHORT;
import static dev.sightline.spec.Examples.messages;
import static dev.sightline.spec.Examples.valid;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.Digest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arms that name a design hold all of it once they are read. */
class ArmDesignsTest {
  private static final Digest DATASET = Digest.of(new byte[0]);

  private static String with(String arm) {
    return SHORT.replace("terms: [ { term: accuracy, weight: 1.0 } ]", arm);
  }

  private static ExperimentSpec.Arm arm(String arm) {
    return valid(with(arm)).arms().getFirst();
  }

  private static Digest digest(String arm) {
    ExperimentSpec spec = valid(with(arm));
    return SpecDigest.run(spec, DATASET, spec.arms().getFirst(), 1);
  }

  @Test
  void aNameBecomesTheDesign() {
    ExperimentSpec.Arm arm = arm("design: mixture");

    assertThat(arm.design()).isNull();
    assertThat(arm.template()).isEqualTo("mixture");
    assertThat(Objects.requireNonNull(arm.prompt()).tags()).containsExactly("think", "answer");
    assertThat(arm.terms()).extracting(ExperimentSpec.Term::term).containsExactly("accuracy");
  }

  @Test
  void digestsCoverContentAndNotNames() {
    String fields =
        "template: asked\n    prompt: { tags: [think, answer], text: Write <think> and <answer>. }"
            + "\n    terms: [ { term: accuracy, weight: 1 } ]";

    assertThat(digest("design: mixture")).isEqualTo(digest(fields));
    assertThat(digest("design: mixture")).isNotEqualTo(digest(fields.replace("Write", "Say")));
    assertThat(digest("design: mixture")).isNotEqualTo(digest("design: facts"));
    assertThat(digest("terms: [ { term: accuracy, weight: 1 } ]"))
        .isNotEqualTo(digest("design: mixture"));
  }

  /** The control of a prompt without its reward. */
  @Test
  void aTemplateMayBeThatOfAnotherDesign() {
    ExperimentSpec.Arm arm =
        arm("template: mixture\n    terms: [ { term: accuracy, weight: 1.0 } ]");
    assertThat(arm.prompt()).isEqualTo(arm("design: mixture").prompt());
    ExperimentSpec.Arm crossed = arm("design: facts\n    template: mixture");
    assertThat(crossed.prompt()).isEqualTo(arm.prompt());
    assertThat(crossed.terms()).isEqualTo(arm("design: facts").terms());
    assertThat(arm("design: mixture\n    template: probe").prompt()).isNull();
  }

  @Test
  void aDesignMayBeginWithSupervisedSteps() {
    ExperimentSpec spec = valid(with("design: fitted"));
    ExperimentSpec.Arm arm = spec.arms().getFirst();

    assertThat(arm.supervised()).isEqualTo(0.25);
    assertThat(arm.supervisedSteps(spec.training())).isEqualTo(10);
    assertThat(digest("design: fitted"))
        .isEqualTo(digest("terms: [ { term: accuracy, weight: 1.0 } ]\n    supervised: 0.25"))
        .isNotEqualTo(digest("terms: [ { term: accuracy, weight: 1.0 } ]"));
    PlannedStage.TrainArm stage =
        (PlannedStage.TrainArm)
            Planner.plan(spec, CATALOGS).stages().stream()
                .filter(PlannedStage.TrainArm.class::isInstance)
                .findFirst()
                .orElseThrow();
    assertThat(stage.work().optimizerSteps()).isEqualTo(40);
    assertThat(stage.work().fittedExamples()).isEqualTo(10 * 16);
    assertThat(stage.work().rolledOutCompletions()).isEqualTo(30 * 16 * 8);
  }

  @Test
  void whatIsSampledAgainCountsAsWorkAndNotForShuffledRewards() {
    String budget = with("design: facts") + "training: { resample: { budget: 4 } }\n";
    PlannedStage.TrainArm stage =
        (PlannedStage.TrainArm)
            Planner.plan(valid(budget), CATALOGS).stages().stream()
                .filter(PlannedStage.TrainArm.class::isInstance)
                .findFirst()
                .orElseThrow();
    assertThat(stage.work().rolledOutCompletions()).isEqualTo(40 * (16 + 4) * 8);
    String shuffled = budget.replace("design: facts", "design: facts\n    shuffleRewards: true");
    assertThat(messages(new SpecReader(CATALOGS).readYaml("test.yaml", shuffled)))
        .singleElement()
        .asString()
        .contains("arms[0].shuffleRewards: moves rewards from group to group");
  }

  @Test
  void aTemplateMayBeThePromptOfAnotherArm() {
    String two =
        SHORT.replace(
            "statistics:",
            """
              - name: own
                template: mine
                prompt: { tags: [answer], text: "Only <answer>." }
                terms: [ { term: accuracy, weight: 1.0 } ]
            evaluation: { template: mine }
            warmStart: { template: mine }
            statistics:\
            """);
    ExperimentSpec spec =
        valid(two.replace("name: only_accuracy\n", "name: only_accuracy\n    template: mine\n"));

    assertThat(spec.arms().getFirst().prompt()).isEqualTo(spec.arms().get(1).prompt());
    assertThat(spec.prompt("mine")).isPresent();
    Digest start = SpecDigest.warmStart(spec, DATASET);
    assertThat(start).isNotEqualTo(SpecDigest.warmStart(valid(SHORT + "warmStart: {}\n"), DATASET));
  }

  @Test
  void theWarmStartOfOlderFilesKeepsItsDigest() {
    Digest start = SpecDigest.warmStart(valid(SHORT + "warmStart: {}\n"), DATASET);
    assertThat(SpecDigest.warmStart(valid(SHORT + "warmStart: { template: probe }\n"), DATASET))
        .isEqualTo(start);
    assertThat(SpecDigest.warmStart(valid(SHORT + "warmStart: { template: answer }\n"), DATASET))
        .isNotEqualTo(start);
  }

  @Test
  void advantagesAreTheDesignsOrTheExperiments() {
    ExperimentSpec spec = valid(with("design: facts"));
    assertThat(spec.arms().getFirst().advantageKind(spec.training())).isEqualTo(AdvantageKind.RLOO);
    assertThat(arm("design: mixture").advantageKind(spec.training())).isEqualTo(AdvantageKind.GRPO);
  }

  @Test
  void whatIsResolvedReadsBack() {
    ExperimentSpec spec = valid(with("design: mixture"));
    for (Catalogs catalogs : List.of(CATALOGS, Catalogs.NONE)) {
      assertThat(new SpecReader(catalogs).check(spec))
          .isInstanceOfSatisfying(
              SpecResult.Valid.class, again -> assertThat(again.spec()).isEqualTo(spec));
    }
  }

  @Test
  void withoutACatalogOnlyWholeDesignsAreRead() {
    assertThat(messages(new SpecReader(Catalogs.NONE).readYaml("x.yaml", with("design: mixture"))))
        .singleElement()
        .asString()
        .startsWith("x.yaml:7: arms[0].design: is a name")
        .contains("sightline submit");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          design: mixtur~test.yaml:7: arms[0].design: there is no design 'mixtur'; did you mean 'mixture'?
          design: zzz~test.yaml:7: arms[0].design: there is no design 'zzz'; known: facts, fitted, mixture; or a file
          design: wrong.yaml~wrong.yaml:3: terms: is odd; mend
          template: probe~test.yaml:6: arms[0].terms: gives no reward; write terms, or name a design
          terms: [ { term: accuracy, weight: 1, schedule: [] } ]~test.yaml:7: arms[0].terms[0].schedule: is an empty list
          terms: [ { term: accuracy, weight: 1, schedule: [ { step: -1, factor: 1 } ] } ]~test.yaml:7: arms[0].terms[0].schedule[0].step: is -1
          terms: [ { term: accuracy, weight: 1, settings: 3 } ]~test.yaml:7: arms[0].terms[0].settings: is 3, not a mapping
          design: { name: mixture }~test.yaml:7: arms[0].design: is a mapping, not text
          """)
  void namesLineFieldProblemAndFix(String arm, String expected) {
    assertThat(messages(new SpecReader(CATALOGS).readYaml("test.yaml", with(arm))))
        .singleElement()
        .asString()
        .startsWith(expected);
  }

  @Test
  void refusesWhatStandsBesideADesign() {
    for (String field :
        List.of(
            "terms: [ { term: accuracy, weight: 1 } ]",
            "clip: { low: 0, high: 1 }",
            "prompt: { tags: [answer], text: x }",
            "advantages: gdpo")) {
      assertThat(
              messages(
                  new SpecReader(CATALOGS)
                      .readYaml("test.yaml", with("design: mixture\n    " + field))))
          .singleElement()
          .asString()
          .contains("stands beside design; leave one of the two out");
    }
  }

  @Test
  void refusesABoundOfTheTotalUnderGdpo() {
    String arm =
        "clip: { low: 0, high: 1 }\n    advantages: gdpo\n    terms: [ { term: accuracy, weight: 1 } ]";
    assertThat(messages(new SpecReader(CATALOGS).readYaml("test.yaml", with(arm))))
        .singleElement()
        .asString()
        .startsWith("test.yaml:7: arms[0].clip: bounds the whole reward, which gdpo never forms");
  }

  @Test
  void refusesTwoPromptsOfOneName() {
    String arm =
        "template: probe\n    prompt: { tags: [answer], text: x }\n    terms: [ { term: accuracy, weight: 1 } ]";
    assertThat(messages(new SpecReader(CATALOGS).readYaml("test.yaml", with(arm))))
        .singleElement()
        .asString()
        .startsWith("test.yaml:7: arms[0].template: 'probe' is the name of another prompt");
  }
}
