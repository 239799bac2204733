package dev.sightline.puzzle.choice;

import dev.sightline.puzzle.WrongAnswer;
import java.util.List;

/**
 * What the making of choices needs to know of an item.
 *
 * @param key distinct among the items; decides orders
 * @param stratum items of different strata never share options: family and question kind
 * @param question text
 * @param answer the right one
 * @param wrongAnswers by named mistakes; those that are right do not matter
 */
public record ChoiceItem(
    String key, String stratum, String question, String answer, List<WrongAnswer> wrongAnswers) {
  public ChoiceItem {
    wrongAnswers = List.copyOf(wrongAnswers);
  }
}
