package dev.sightline.puzzle.dataset;

import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.choice.ChoiceItem;
import dev.sightline.puzzle.choice.ChoiceMaker;
import dev.sightline.puzzle.choice.Choices;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Gives the items of a data set their multiple choice: first {@link #add} all of them in order,
 * then {@link #finish} each. Items share options only within split, family and question kind. One
 * use, one thread.
 */
public final class ChoiceStep {
  /** Bounds the memory that finding partners takes; larger strata are cut by order. */
  private static final int BLOCK = 4000;

  private final Map<String, ConfiguredFamily> families = new HashMap<>();
  private final Map<String, List<ChoiceItem>> open = new HashMap<>();
  private final Map<String, Choices> made = new HashMap<>();
  private boolean ended;

  public ChoiceStep(DatasetPlan plan) {
    for (Portion portion : plan.portions()) {
      families.put(portion.label(), portion.configured());
    }
  }

  /** Notes an item. */
  public void add(DatasetItem item) {
    ConfiguredFamily family =
        Objects.requireNonNull(
            families.get(Portion.labelOf(item.id())), () -> "no part for " + item.id());
    String stratum = item.split().wireName() + "/" + item.family() + "/" + item.asked().kind();
    List<ChoiceItem> block = open.computeIfAbsent(stratum, absent -> new ArrayList<>());
    block.add(
        new ChoiceItem(
            item.id(),
            stratum,
            item.question(),
            item.answer(),
            family.wrongAnswers(new Puzzle(family.readScene(item.scene()), item.asked()))));
    if (block.size() == BLOCK) {
      made.putAll(ChoiceMaker.make(block));
      block.clear();
    }
  }

  /** The item with its choices, or as it is where it gets none. */
  public DatasetItem finish(DatasetItem item) {
    if (!ended) {
      open.values().forEach(block -> made.putAll(ChoiceMaker.make(block)));
      open.clear();
      ended = true;
    }
    Choices choices = made.get(item.id());
    return choices == null ? item : item.withChoices(choices);
  }
}
