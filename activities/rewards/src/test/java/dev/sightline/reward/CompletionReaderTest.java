package dev.sightline.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.sightline.puzzle.AnswerType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompletionReaderTest {
  private static CompletionReading read(String text) {
    return CompletionReader.read(text, AnswerType.INTEGER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<description>F</description><answer>3</answer> | F",
        "<DESCRIPTION>F</Description> | F",
        "<description>F</description> | F",
        "<description>F</description><description>R</description><answer>3</answer> | F",
        "<think><description>F</description></think><answer>3</answer> | ''",
        "<think><description>F</description></think><description>R</description> | R",
        "<think>x</think><description>F</description><answer>3</answer> | F",
        "<think>x<description>F</description><answer>3</answer> | ''",
        "<description>F<think></description></think><answer>3</answer> | ''",
        "<answer>3</answer><description>F</description> | ''",
        "<description>F<answer>3</answer></description> | ''",
        "<description>F<answer>3</answer> | ''",
        "<answer><description>F</description>3</answer> | ''",
        "<description>F | ''",
        "description F | ''",
      })
  void countsOnlyDescriptionsThatStandBeforeTheAnswer(String text, String wanted) {
    assertThat(read(text).description().orElse("")).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<answer>3</answer> | 3 | 3",
        "<answer> 3\t</answer> | 3 | 3",
        "<answer>3</answer><answer>4</answer> | 3 | 3",
        "<answer>3 or 4</answer> | 3 or 4 | 4",
        "<answer>about -7 minutes</answer> | about -7 minutes | -7",
        "<answer></answer> | '' | ''",
        "<answer>3 | '' | 3",
        "It is \\boxed{5}. | '' | 5",
        "It is **6** of 9. | '' | 6",
        "**2** then \\boxed{5} of 9 | '' | 5",
        "\\boxed{5} then **2** of 9 | '' | 2",
        "I see 8 kiwis: the answer is 2. | '' | 2",
        "none | '' | ''",
      })
  void readsAnswersStrictlyAndLeniently(String text, String strict, String lenient) {
    assertThat(read(text).answer().orElse("")).isEqualTo(strict);
    assertThat(read(text).lenientAnswer().orElse("")).isEqualTo(lenient);
  }

  @Test
  void takesTheLastLineOnly() {
    assertThat(read("9 kiwis\n4 minutes\n \n").lenientAnswer()).contains("4");
    assertThat(read("9 kiwis\nno idea").lenientAnswer()).isEmpty();
    assertThat(CompletionReader.read("It is Fresh.", AnswerType.WORD).lenientAnswer())
        .contains("Fresh");
  }

  @Test
  void countsTagsAndKeepsSpans() {
    String text = "a <description>F</description> <answer> 3 </answer><answer>4</answer>";
    CompletionReading reading = read(text);
    assertThat(reading.answerTags()).isEqualTo(2);
    assertThat(reading.descriptionTags()).isEqualTo(1);
    assertThat(reading.answerSpan().orElseThrow().of(text)).isEqualTo(" 3 ");
    assertThat(reading.descriptionSpan().orElseThrow().of(text)).isEqualTo("F");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<description>F</description><answer>3</answer> | true",
        "' \n<description>F</description>\n<answer>3</answer> ' | true",
        "<answer>3</answer> | false",
        "<answer>3</answer><description>F</description> | false",
        "<description>F</description><answer>3</answer><answer>3</answer> | false",
        "<description>F</description>so<answer>3</answer> | false",
        "<description> </description><answer>3</answer> | false",
        "<description>F</description><answer></answer> | false",
        "<description>F</description><answer>3</answer>. | false",
        "<description>F</description><answer>3 | false",
        "<think>a</think><description>F</description><answer>3</answer> | false",
        "<description><description>F</description><answer>3</answer> | false",
      })
  void knowsTheDescribedFormat(String text, boolean wanted) {
    assertThat(TaggedText.read(text).isExactly(List.of(Tag.DESCRIPTION, Tag.ANSWER)))
        .isEqualTo(wanted);
  }

  @Test
  void knowsTheAnswerFormat() {
    assertThat(TaggedText.read(" <answer>fresh</answer>\n").isExactly(List.of(Tag.ANSWER)))
        .isTrue();
    assertThat(
            TaggedText.read("<description>F</description><answer>3</answer>")
                .isExactly(List.of(Tag.ANSWER)))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "3,3,true", "+3,3,true", "03,3,true", "-0,0,true", "3.0,3,false", "3 or 4,3,false",
    "2-3,3,false", "three,3,false", "'3,',3,false", "'',3,false", "--3,-3,false", "-3,-3,true",
    "٣,3,false", "13,3,false"
  })
  void comparesIntegersAsIntegers(String said, String right, boolean wanted) {
    assertThat(Answers.equal(AnswerType.INTEGER, said, right)).isEqualTo(wanted);
  }

  @ParameterizedTest
  @CsvSource({"Fresh,true", "' fresh ',true", "fresh.,false", "not fresh,false", "rotten,false"})
  void comparesWordsWithoutCase(String said, boolean wanted) {
    assertThat(Answers.equal(AnswerType.WORD, said, "fresh")).isEqualTo(wanted);
  }

  /** Each would take hours by backtracking or by rereading from every tag. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "<",
        "<answer>",
        "</answer>",
        "<description>",
        "<think>",
        "<think></think>",
        "<description></description>",
        "<think><description>",
        "**",
        "\\boxed{",
        "0",
        " ",
        "\n",
        "-"
      })
  void readsHostileTextsInLinearTime(String unit) {
    String text = unit.repeat(2_000_000 / unit.length());
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          CompletionReading reading = read(text + "<answer>" + text + "</answer>");
          reading.answer().ifPresent(said -> Answers.equal(AnswerType.INTEGER, said, said));
        });
  }
}
