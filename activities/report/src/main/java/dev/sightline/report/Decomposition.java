package dev.sightline.report;

import dev.sightline.statistics.Interval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Perception told apart from reasoning (science.md 4): one policy under one template and split,
 * over all its seeds. Rates are means over seeds of means over families of means over items.
 *
 * @param arm an arm's name or {@link ReportRequest#BASELINE}
 * @param seeds those with results; empty for a start that all seeds share
 * @param overall of all items
 * @param parts by family where there are several, and by level where a family has several
 */
public record Decomposition(
    String arm, String template, String split, List<Long> seeds, Part overall, List<Part> parts) {
  /** Below this rate of wrong answers, shares of the error are not given. */
  public static final double LEAST_ERROR = 0.05;

  public Decomposition {
    seeds = List.copyOf(seeds);
    parts = List.copyOf(parts);
  }

  /**
   * A mean over items and its crossed bootstrap interval.
   *
   * @param interval null where parts are too many for one each
   */
  public record Estimate(double value, @Nullable Interval interval) {}

  /**
   * @param family null for all items
   * @param level null for all levels
   * @param families how many families the items are of
   * @param modes what was asked, the image first
   * @param error null without true descriptions
   * @param edited null without edited descriptions
   * @param swapped null without swapped pictures
   */
  public record Part(
      @Nullable String family,
      @Nullable String level,
      int families,
      int items,
      List<ModeRate> modes,
      @Nullable ErrorSplit error,
      @Nullable Edited edited,
      @Nullable Swapped swapped) {
    public Part {
      modes = List.copyOf(modes);
    }
  }

  /**
   * @param accuracy A
   * @param minusImage the mode's A minus the image's, on the same items; null for the image
   */
  public record ModeRate(String mode, Estimate accuracy, @Nullable Estimate minusImage) {}

  /**
   * Whose fault the wrong answers are, by Shapley's halves over v. Neither half is clipped: a
   * negative one says that the help did harm.
   *
   * @param none v(none): A with the image
   * @param perceived v(P): A with the right description given
   * @param reasoned v(R): the solver's answer to the model's own description is right
   * @param perception half of [(v(P) - v(none)) + (1 - v(R))]
   * @param reasoning half of [(v(R) - v(none)) + (1 - v(P))]
   * @param perceptionShare of the error; null where the error is below {@link #LEAST_ERROR}
   */
  public record ErrorSplit(
      Estimate none,
      Estimate perceived,
      Estimate reasoned,
      Estimate perception,
      Estimate reasoning,
      @Nullable Double perceptionShare,
      @Nullable Double reasoningShare) {}

  /**
   * The causal test of use: the answer turn opens with a scene that has another answer.
   *
   * @param items those for which there was an edit
   * @param follow the answer is the edited scene's
   * @param stay the answer is the true scene's
   * @param other neither, or none
   */
  public record Edited(int items, Estimate follow, Estimate stay, Estimate other) {}

  /**
   * Another item's picture under the item's question.
   *
   * @param items those for which there was another picture
   * @param describesShown the described scene is the shown one
   * @param describesAsked the described scene is the item's, which was not shown
   * @param answersShown the answer is the shown scene's, where the question has one there
   * @param answersAsked the answer is the item's
   */
  public record Swapped(
      int items,
      Estimate describesShown,
      Estimate describesAsked,
      @Nullable Estimate answersShown,
      Estimate answersAsked) {}
}
