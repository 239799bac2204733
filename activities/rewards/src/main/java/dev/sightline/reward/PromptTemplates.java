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
          List.of(Tag.DESCRIPTION, Tag.ANSWER),
          " Describe the {subject} in <description></description> as {grammar},"
              + " then answer in <answer></answer>.");

  /** The item's perception question. */
  public static final PromptTemplate PERCEPTION =
      new PromptTemplate(
          "perception",
          PromptTemplate.Question.PERCEPTION,
          List.of(Tag.ANSWER),
          " Answer in <answer></answer>.");

  /** The puzzle without a description. */
  public static final PromptTemplate ANSWER =
      new PromptTemplate(
          "answer",
          PromptTemplate.Question.PUZZLE,
          List.of(Tag.ANSWER),
          " Answer in <answer></answer>.");

  /** Every target ends so; generation stops there. */
  public static final String STOP = "</answer>";

  static final String IMAGE_MARK = "<image>";
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

  /**
   * The user turn: picture mark or text twin or both, a line end, the question, the instruction.
   *
   * @throws IllegalArgumentException for {@code own-description}, whose text the item does not know
   */
  public static RenderedPrompt render(PromptTemplate template, DatasetItem item, Mode mode) {
    String shown =
        switch (mode) {
          case IMAGE, TRUE_DESCRIPTION, EDITED_DESCRIPTION, BLANK, SWAPPED -> IMAGE_MARK;
          case TEXT -> item.textTwin();
          case IMAGE_TEXT -> IMAGE_MARK + "\n" + item.textTwin();
          case OWN_DESCRIPTION ->
              throw new IllegalArgumentException("the model's own description is not the item's");
        };
    return new RenderedPrompt(turn(template, item, shown), mode.showsPicture());
  }

  /** The user turn with a text in the picture's place; a picture mark in it is dropped. */
  public static RenderedPrompt renderText(PromptTemplate template, DatasetItem item, String shown) {
    return new RenderedPrompt(turn(template, item, shown.replace(IMAGE_MARK, " ")), false);
  }

  /**
   * How a completion opens that is given this description.
   *
   * @throws IllegalArgumentException for a template that asks for none
   */
  public static String opening(PromptTemplate template, String description) {
    if (!template.describes()) {
      throw new IllegalArgumentException(
          "template '" + template.name() + "' asks for no description");
    }
    return "<description>" + description + "</description>";
  }

  private static String turn(PromptTemplate template, DatasetItem item, String shown) {
    String question =
        switch (template.asks()) {
          case PUZZLE -> item.question();
          case PERCEPTION -> item.perceptionQuestion().text();
        };
    PuzzleFamily family =
        PuzzleFamilies.byName(item.family())
            .orElseThrow(
                () -> new IllegalArgumentException("unknown puzzle family " + item.family()));
    return shown
        + "\n"
        + question
        + template
            .instruction()
            .replace("{subject}", family.subject())
            .replace("{grammar}", family.descriptionHint());
  }

  /**
   * The right completion, for supervised fitting: the right description in every element that
   * describes, the answer in a sentence in those that think.
   */
  public static String target(PromptTemplate template, DatasetItem item) {
    String answer =
        switch (template.asks()) {
          case PUZZLE -> item.answer();
          case PERCEPTION -> item.perceptionQuestion().answer();
        };
    String seen = Tag.VISUAL.opening() + item.description() + Tag.VISUAL.closing() + " ";
    StringBuilder target = new StringBuilder();
    for (Tag tag : template.tags()) {
      String content =
          switch (tag) {
            case DESCRIPTION, IMAGE_DESCRIPTION -> item.description();
            case THINK ->
                (template.tags().contains(Tag.VISUAL) ? seen : "") + "It is " + answer + ".";
            case RETHINK -> "It stays " + answer + ".";
            case VISUAL -> ""; // stands inside think
            case ANSWER -> answer;
          };
      if (tag != Tag.VISUAL) {
        target.append(tag.opening()).append(content).append(tag.closing());
      }
    }
    return target.toString();
  }
}
