package dev.sightline.reward;

import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.dataset.DatasetItem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The templates that this version knows, and what they make of an item. */
public final class PromptTemplates {
  /** Describe, then answer: the one template that compares arms (science.md 2). */
  public static final PromptTemplate PROBE =
      new PromptTemplate(
          "probe",
          PromptTemplate.Question.PUZZLE,
          true,
          " Describe the {subject} in <description></description> as {grammar},"
              + " then answer in <answer></answer>.");

  /** The item's perception question. */
  public static final PromptTemplate PERCEPTION =
      new PromptTemplate(
          "perception", PromptTemplate.Question.PERCEPTION, false, " Answer in <answer></answer>.");

  /** The puzzle without a description. */
  public static final PromptTemplate ANSWER =
      new PromptTemplate(
          "answer", PromptTemplate.Question.PUZZLE, false, " Answer in <answer></answer>.");

  /** Every target ends so; generation stops there. */
  public static final String STOP = "</answer>";

  private static final String IMAGE_MARK = "<image>";
  private static final Map<String, PromptTemplate> BY_NAME = new TreeMap<>();

  static {
    for (PromptTemplate template : List.of(PROBE, PERCEPTION, ANSWER)) {
      BY_NAME.put(template.name(), template);
    }
  }

  private PromptTemplates() {}

  public static Optional<PromptTemplate> byName(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** Sorted. */
  public static List<String> names() {
    return List.copyOf(BY_NAME.keySet());
  }

  /** The user turn: picture mark or text twin, a line end, the question, the instruction. */
  public static RenderedPrompt render(PromptTemplate template, DatasetItem item, Mode mode) {
    String shown =
        switch (mode) {
          case IMAGE -> IMAGE_MARK;
          case TEXT -> item.textTwin();
        };
    String question =
        switch (template.asks()) {
          case PUZZLE -> item.question();
          case PERCEPTION -> item.perceptionQuestion().text();
        };
    PuzzleFamily family =
        PuzzleFamilies.byName(item.family())
            .orElseThrow(
                () -> new IllegalArgumentException("unknown puzzle family " + item.family()));
    String text =
        shown
            + "\n"
            + question
            + template
                .instruction()
                .replace("{subject}", family.subject())
                .replace("{grammar}", family.descriptionHint());
    return new RenderedPrompt(text, mode == Mode.IMAGE);
  }

  /** The right completion, for supervised fitting. */
  public static String target(PromptTemplate template, DatasetItem item) {
    String answer =
        switch (template.asks()) {
          case PUZZLE -> item.answer();
          case PERCEPTION -> item.perceptionQuestion().answer();
        };
    String description =
        template.describes() ? "<description>" + item.description() + "</description>" : "";
    return description + "<answer>" + answer + STOP;
  }
}
