package dev.sightline.reward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.spec.DesignReader;
import dev.sightline.spec.DesignSpec;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Designs as files: what is shipped, and what is wrong with others, by line. */
class RewardDesignsTest {
  private static final String OWN =
      """
      name: mine
      doc: One sentence.
      prompt:
        tags: [think, answer]
        text: Reason in <think></think>, answer in <answer></answer>.
      terms:
        - {term: accuracy, weight: 0.7}
        - {term: tag_sentences, parameter: think, weight: 0.3}
      """;

  private static List<String> messages(String yaml) {
    return switch (RewardDesigns.read("mine.yaml", yaml)) {
      case DesignReader.Result.Valid valid -> List.of();
      case DesignReader.Result.Invalid invalid -> invalid.text().lines().toList();
    };
  }

  @Test
  void everyShippedDesignIsWhatItsFileIsCalled() {
    assertThat(RewardDesigns.names()).hasSize(16).doesNotHaveDuplicates();
    for (String name : RewardDesigns.names()) {
      DesignSpec design = RewardDesigns.byName(name).orElseThrow();
      assertThat(design.name()).isEqualTo(name);
      assertThat(design.doc()).isNotBlank();
      assertThat(RewardDesign.of(design).name()).isEqualTo(name);
    }
    assertThat(RewardDesigns.byName("mine")).isEmpty();
  }

  @Test
  void aFileOfOnesOwnIsADesign() {
    assertThat(messages(OWN)).isEmpty();
    if (RewardDesigns.read("mine.yaml", OWN) instanceof DesignReader.Result.Valid(DesignSpec own)) {
      RewardDesign design = RewardDesign.of(own);
      assertThat(design.template().name()).isEqualTo("mine");
      assertThat(design.template().instruction()).startsWith(" Reason in");
      assertThat(Objects.requireNonNull(own.prompt()).tags()).containsExactly("think", "answer");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      textBlock =
          """
          term: accuracy~term: acuracy~mine.yaml:7: terms[0].term: there is no term 'acuracy'; use one of
          weight: 0.7~weight: heavy~mine.yaml:7: terms[0].weight: is the text 'heavy'
          weight: 0.7~wieght: 0.7~mine.yaml:7: terms[0]
          parameter: think~parameter: thought~mine.yaml:8: terms[1].parameter: is thought; give one of
          , parameter: think~``~mine.yaml:8: terms[1].parameter: tag_sentences needs a parameter
          weight: 0.7}~weight: 0.7, parameter: x}~mine.yaml:7: terms[0].parameter: accuracy takes no parameter; leave it out
          weight: 0.7}~weight: 0.7, settings: {loud: true}}~mine.yaml:7: terms[0].settings.loud: is no setting of accuracy
          weight: 0.7}~weight: 0.7, clip: {low: 1, high: 0}}~mine.yaml:7: terms[0].clip: has low 1.0 above high 0.0
          weight: 0.7}~weight: 0.7, schedule: [{step: 5, factor: 1}, {step: 5, factor: 2}]}~mine.yaml:7: terms[0].schedule[1].step: does not grow
          term: tag_sentences, parameter: think~term: accuracy~mine.yaml:8: terms[1]: accuracy stands twice; add up its weights
          term: accuracy~term: perception_facts~mine.yaml:7: terms[0].term: perception_facts judges a description
          [think, answer]~[answer, think]~mine.yaml:4: prompt.tags: do not end with answer
          [think, answer]~[thought, answer]~mine.yaml:4: prompt.tags: there is no tag 'thought'; use description, image_description
          [think, answer]~[rethink, answer]~mine.yaml:5: prompt.text: never says <rethink>; tell the model to write it
          [think, answer]~[visual, answer]~mine.yaml:4: prompt.tags: have visual without think
          Reason~<image> Reason~mine.yaml:5: prompt.text: holds <image>
          name: mine~name: Mine~mine.yaml:1: name: 'Mine' is no legal name
          doc: One~doc: [One~mine.yaml:
          """)
  void namesLineFieldAndFix(String before, String after, String expected) {
    String yaml = OWN.replace(before, after);
    assertThat(yaml).isNotEqualTo(OWN);
    assertThat(messages(yaml)).isNotEmpty().anySatisfy(m -> assertThat(m).startsWith(expected));
  }
}
