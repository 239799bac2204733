package dev.sightline.spec;

import static dev.sightline.spec.Examples.CATALOGS;
import static dev.sightline.spec.Examples.SHORT;
import static dev.sightline.spec.Examples.messages;
import static dev.sightline.spec.Examples.valid;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecReaderTest {
  private final SpecReader reader = new SpecReader(CATALOGS);

  @ParameterizedTest
  @ValueSource(strings = {"quickstart.yaml", "smoke.yaml"})
  void theCommittedExperimentsAreValid(String file) {
    assertThat(messages(reader.readYaml(file, Examples.file(file)))).isEmpty();
  }

  /** The file spells every default out; a default that changes here would change its meaning. */
  @Test
  void quickstartLeavesNothingToDefaults() {
    SpecResult result = reader.readYaml("quickstart.yaml", Examples.file("quickstart.yaml"));
    assertThat(((SpecResult.Valid) result).defaulted())
        .containsExactlyInAnyOrder(
            "arms[0].shuffleRewards",
            "arms[1].shuffleRewards",
            "arms[2].shuffleRewards",
            "arms[0].terms[0].parameter",
            "arms[1].terms[0].parameter",
            "arms[1].terms[1].parameter",
            "arms[2].terms[0].parameter",
            "arms[2].terms[1].parameter");
  }

  @Test
  void fillsEveryDefault() {
    ExperimentSpec spec = valid(SHORT);
    assertThat(spec.seeds()).containsExactly(1L);
    assertThat(spec.warmStart()).isNull();
    assertThat(spec.policy().optimizer().epsilon()).isEqualTo(1e-8);
    assertThat(spec.training().loss().aggregation()).isEqualTo(LossAggregation.SEQUENCE_MEAN);
    assertThat(spec.evaluation().testModes())
        .containsExactly(EvaluationMode.IMAGE, EvaluationMode.TEXT);
    assertThat(spec.statistics().delta()).isNull();
    assertThat(spec.operations().retry().maximumInterval()).hasSeconds(30);
  }

  @Test
  void aPartlyGivenScheduleKeepsTheDefaultsOfItsPlace() {
    ExperimentSpec spec = valid(SHORT + "warmStart: { schedule: { warmUpSteps: 5 } }\n");
    assertThat(Objects.requireNonNull(spec.warmStart()).schedule())
        .isEqualTo(new ExperimentSpec.Schedule(ScheduleKind.COSINE, 5, 0.1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          trainign: {}~test.yaml:9: trainign: is not a known field; did you mean 'training'?
          training: { group_size: 8 }~test.yaml:9: training.group_size: is not a known field; did you mean 'groupSize'?
          training: { zzz: 8 }~test.yaml:9: training.zzz: is not a known field; known here: steps,
          training: { groupSize: 1 }~test.yaml:9: training.groupSize: is 1; write a whole number from 2 up to 1024
          training: { groupSize: two }~test.yaml:9: training.groupSize: is the text 'two'; write a whole number
          training: { groupSize: 2.5 }~test.yaml:9: training.groupSize: is 2.5; write a whole number
          training: { groupSize: 010 }~test.yaml:9: training.groupSize: is the text '010'; write a whole number
          training: { groupSize: }~test.yaml:9: training.groupSize: is empty; give a whole number from 2 up to 1024, or leave
          training: { steps: 99999999999999999999 }~test.yaml:9: training.steps: is 99999999999999999999; write
          training: { loss: { clipLow: 1.0 } }~test.yaml:9: training.loss.clipLow: is 1.0; write a number above 0 and below 1
          training: { loss: { aggregation: sequence_mean } }~test.yaml:9: training.loss.aggregation: is the text 'sequence_mean'; did you mean 'sequence-mean'?
          training: { learningRate: .inf }~test.yaml:9: training.learningRate: is .inf, not finite; write
          training: { schedule: { kind: cosine } }~test.yaml:9: training.schedule.finalShare: 1.0 does not fit kind cosine; write less than 1
          training: { schedule: { warmUpSteps: 41 } }~test.yaml:9: training.schedule.warmUpSteps: 41 is more than steps (40)
          training: { promptsPerStep: 101 }~test.yaml:9: training.promptsPerStep: 101 is more than dataset.counts.train (100)
          training: 7~test.yaml:9: training: is 7, not a mapping; give it the fields steps,
          seeds: [1, 1]~test.yaml:9: seeds[1]: repeats 1; name each value once
          seeds: []~test.yaml:9: seeds: is an empty list; give at least 1
          seeds: 1~test.yaml:9: seeds: is 1, not a list; write list of at least 1
          seed: 9223372036854775808~test.yaml:9: seed: is 9223372036854775808; write a whole number of 64 bits
          policy: { hiddenSize: 130 }~test.yaml:9: policy.hiddenSize: 130 is not a multiple of 8 x heads (32); take a multiple of 32
          policy: { model: folder }~test.yaml:9: policy.folder: is missing for model folder; name the weights' folder in folder.path
          policy: { model: folder, folder: { path: models/vl } }~test.yaml:9: policy.folder.path: 'models/vl' is no legal name; write text matching
          policy: { folder: { path: /models/vl } }~test.yaml:9: policy.folder: is given, but tiny-vl is made from policy.seed
          policy: { keyValueHeads: 3 }~test.yaml:9: policy.keyValueHeads: 3 does not divide heads (4)
          title: yes~``
          title: 12~test.yaml:9: title: is 12, not text; put it in quotes
          operations: { retry: { initialInterval: 1s } }~test.yaml:9: operations.retry.initialInterval: is the text '1s'; write a duration
          operations: { retry: { initialInterval: PT1M } }~test.yaml:9: operations.retry.maximumInterval: PT30S is shorter than initialInterval
          evaluation: { testModes: [image, image] }~test.yaml:9: evaluation.testModes[1]: repeats image
          evaluation: { batchItems: 0 }~test.yaml:9: evaluation.batchItems: is 0; write
          evaluation: { testModes: [text, own-description] }~test.yaml:9: evaluation.testModes: own-description shows what the model said of the image, which is not asked; add image
          evaluation: { template: answer, testModes: [image, true-description] }~test.yaml:9: evaluation.testModes: true-description needs a template that asks for a description, which 'answer' does not; leave it out, or take
          evaluation: { testModes: [image text] }~test.yaml:9: evaluation.testModes[0]: is the text 'image text'; did you mean 'image+text'?
          evaluation: { template: prob }~test.yaml:9: evaluation.template: there is no template 'prob'; did you mean 'probe'?
          warmStart: { imageShare: 1.5 }~test.yaml:9: warmStart.imageShare: is 1.5; write a number from 0 up to 1
          name: other~test.yaml:9: name: is given twice, first in line 1; keep one of the two
          title: "\u0007"~test.yaml:9: holds the character U+0007, which YAML forbids
          a: [1~test.yaml:10: is not YAML here: expected ',' or ']'
          """)
  void namesLineFieldProblemAndFix(String line, String expected) {
    List<String> messages = messages(reader.readYaml("test.yaml", SHORT + line + "\n"));
    if (expected.isEmpty()) {
      assertThat(messages).isEmpty();
    } else {
      assertThat(messages).hasSize(1);
      assertThat(messages.getFirst()).startsWith(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          name: short~name: Short~test.yaml:1: name: 'Short' is no legal name; write text matching
          family: rotting_kiwi~family: roting_kiwi~test.yaml:3: dataset.family: there is no puzzle family 'roting_kiwi'; did you mean 'rotting_kiwi'?
          family: rotting_kiwi~config: {}~test.yaml:3: dataset.family: is missing; give family with counts, or parts, or preset
          family: rotting_kiwi~{ family: rotting_kiwi~test.yaml:4: is not YAML here
          train: 100~train: 0~test.yaml:4: dataset.counts.train: is 0; write a whole number from 1
          term: accuracy~term: acuracy~test.yaml:7: arms[0].terms[0].term: there is no reward term 'acuracy'; did you mean 'accuracy'?
          term: accuracy~term: answer_is~test.yaml:7: arms[0].terms[0].parameter: is missing
          weight: 1.0~weight: .nan~test.yaml:7: arms[0].terms[0].weight: is .nan, not finite
          reference: only_accuracy~reference: only_acuracy~test.yaml:8: statistics.reference: there is no arm 'only_acuracy'; did you mean 'only_accuracy'?
          """)
  void namesProblemsOfRequiredFields(String before, String after, String expected) {
    String text = SHORT.replace(before, after);
    assertThat(text).isNotEqualTo(SHORT);
    List<String> messages = messages(reader.readYaml("test.yaml", text));
    assertThat(messages).hasSize(1);
    assertThat(messages.getFirst()).startsWith(expected);
  }

  @Test
  void reportsEverythingAtOnceInTheOrderOfTheFile() {
    String text =
        """
        name: Bad
        seeds: [1, 1]
        policy: { heads: 3, wings: 2 }
        dataset:
          family: rotting_kiwi
          config: { rows: 1 }
          counts: { train: 100, dev: 8 }
        arms:
          - name: a1
            terms: []
          - name: a1
            terms: [ { term: accuracy, weight: heavy } ]
        statistics: { reference: nobody }
        """;
    assertThat(messages(reader.readYaml("bad.yaml", text)))
        .extracting(message -> message.replaceAll("; .*", ""))
        .containsExactly(
            "bad.yaml:1: name: 'Bad' is no legal name",
            "bad.yaml:2: seeds[1]: repeats 1",
            "bad.yaml:3: policy.keyValueHeads: 2 does not divide heads (3)",
            "bad.yaml:3: policy.hiddenSize: 128 is not a multiple of 8 x heads (24)",
            "bad.yaml:3: policy.wings: is not a known field",
            "bad.yaml:7: dataset.counts.test: is missing",
            "bad.yaml:10: arms[0].terms: gives no reward",
            "bad.yaml:12: arms[1].terms[0].weight: is the text 'heavy'");
  }

  @Test
  void armsHaveNamesOfTheirOwn() {
    String text =
        SHORT.replace(
            "statistics",
            "  - name: only_accuracy\n    terms: [ { term: format, weight: 1 } ]\nstatistics");
    assertThat(messages(reader.readYaml("test.yaml", text)))
        .containsExactly(
            "test.yaml:8: arms[1].name: repeats the name of arms[0]; give each arm its own name");
  }

  @Test
  void theFamilySpeaksAboutItsOwnSettings() {
    String text = SHORT.replace("counts:", "config:\n    rows: 1\n  counts:");
    assertThat(messages(reader.readYaml("test.yaml", text)))
        .containsExactly("test.yaml:5: dataset.config.rows: is 1; take 2 to 8");
    assertThat(new SpecReader(Catalogs.NONE).readYaml("test.yaml", text))
        .isInstanceOf(SpecResult.Valid.class);
  }

  @Test
  void aTreeIsReadLikeAFileButWithoutLines() {
    assertThat(messages(reader.readTree(Map.of("name", "tree", "arms", List.of()))))
        .contains(
            "spec: arms: is an empty list; give at least 1",
            "spec: statistics.reference: is missing; give a text");
    assertThat(messages(reader.readTree(null)))
        .singleElement()
        .asString()
        .startsWith("spec: is empty, not a mapping; give it the fields name,");
    assertThat(messages(reader.readTree(List.of(1)))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# nothing",
        "---\n...\n",
        "a: &x [*x]",
        "\u0000",
        "? [1]\n: 2",
        "{",
        "a: b: c"
      })
  void whatIsNoExperimentIsAProblemAndNoException(String text) {
    assertThat(messages(reader.readYaml("x.yaml", text))).isNotEmpty();
  }

  @Test
  void anAliasThatMultipliesItselfIsCutOff() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 20; i++) {
      text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(messages(reader.readYaml("x.yaml", text.toString())))
        .anyMatch(message -> message.contains("an alias repeats too much"));
  }
}
