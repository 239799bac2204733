package dev.sightline.reward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromptTemplatesTest {
  private static final String QUESTION =
      "Every minute a fresh kiwi next to a rotten kiwi (up, down, left, right) turns rotten."
          + " How many minutes until no kiwi is fresh?";

  /** Word for word: the policy's tokenizer is built for these texts. */
  @Test
  void rendersTheAgreedTexts() {
    var item = Items.known();
    assertThat(PromptTemplates.render(PromptTemplates.PROBE, item, Mode.IMAGE))
        .isEqualTo(
            new RenderedPrompt(
                "<image>\n"
                    + QUESTION
                    + " Describe the board in <description></description> as rows of - F R,"
                    + " then answer in <answer></answer>.",
                true));
    assertThat(PromptTemplates.render(PromptTemplates.ANSWER, item, Mode.TEXT))
        .isEqualTo(
            new RenderedPrompt(
                "Board: --F/-FF/RF-\n" + QUESTION + " Answer in <answer></answer>.", false));
    assertThat(PromptTemplates.render(PromptTemplates.PERCEPTION, item, Mode.IMAGE).text())
        .isEqualTo(
            "<image>\nWhat is in row 2, column 3: empty, fresh or rotten?"
                + " Answer in <answer></answer>.");
    assertThat(PromptTemplates.target(PromptTemplates.PROBE, item))
        .isEqualTo("<description>--F/-FF/RF-</description><answer>4</answer>");
    assertThat(PromptTemplates.target(PromptTemplates.PERCEPTION, item))
        .isEqualTo("<answer>fresh</answer>");
    assertThat(PromptTemplates.target(PromptTemplates.ANSWER, item))
        .isEqualTo("<answer>4</answer>");
  }

  @Test
  void templatesHaveNamesAndDigestsOfTheirOwn() {
    assertThat(PromptTemplates.names()).containsExactly("answer", "perception", "probe");
    assertThat(
            PromptTemplates.names().stream()
                .map(name -> PromptTemplates.byName(name).orElseThrow().digest())
                .distinct())
        .hasSize(3);
    assertThat(PromptTemplates.byName("own")).isEmpty();
  }

  /** What is shown as right is judged as right, for every template, mode and item. */
  @Test
  void targetsEarnEverything() {
    for (String name : PromptTemplates.names()) {
      PromptTemplate template = PromptTemplates.byName(name).orElseThrow();
      for (var item : Items.ALL) {
        for (Mode mode : Mode.values()) {
          Judgement judged =
              Items.judge(template, item, PromptTemplates.target(template, item), mode);
          assertThat(judged.accurate() && judged.accurateLenient() && judged.wellFormed())
              .as("%s %s %s", name, mode, item.id())
              .isTrue();
        }
      }
    }
  }
}
