package dev.sightline.activity.evaluation;

import dev.sightline.activity.dataset.LoadedDataset;
import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.Portion;
import dev.sightline.reward.Answers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The other scenes that interventions bring in (science.md 4): whose picture is shown in place of
 * an item's, and which wrong scene is put in the model's mouth. Functions of the data set and the
 * item alone, so all policies meet the same ones.
 */
final class Interventions {
  /** Scenes drawn for an edit, and how many with another answer are enough to choose from. */
  private static final int DRAWS = 64;

  private static final int CANDIDATES = 6;

  private final LoadedDataset dataset;
  private final SeedTree seeds;
  private final Map<String, DatasetItem> partners = new HashMap<>();

  /**
   * @param items of one split
   */
  Interventions(LoadedDataset dataset, List<DatasetItem> items) {
    this.dataset = dataset;
    this.seeds = SeedTree.root(0).child("interventions").child(dataset.manifestDigest().hex());
    Map<String, List<DatasetItem>> portions = new HashMap<>();
    items.forEach(
        item ->
            portions.computeIfAbsent(Portion.labelOf(item.id()), p -> new ArrayList<>()).add(item));
    portions.values().forEach(this::pair);
  }

  /** In an order by lot each item gets the next one that shows another scene. */
  private void pair(List<DatasetItem> portion) {
    List<DatasetItem> order = new ArrayList<>(portion);
    SeedTree swaps = seeds.child("swapped");
    Map<String, Long> lots = new HashMap<>();
    order.forEach(item -> lots.put(item.id(), swaps.child(item.id()).seed()));
    order.sort(
        Comparator.comparing((DatasetItem item) -> lots.get(item.id()))
            .thenComparing(DatasetItem::id));
    for (int i = 0; i < order.size(); i++) {
      DatasetItem item = order.get(i);
      for (int step = 1; step < order.size(); step++) {
        DatasetItem next = order.get((i + step) % order.size());
        if (!next.sceneKey().equals(item.sceneKey())) {
          partners.put(item.id(), next);
          break;
        }
      }
    }
  }

  /** Whose picture is shown instead; empty where its portion has no other scene. */
  Optional<DatasetItem> swapped(DatasetItem item) {
    return Optional.ofNullable(partners.get(item.id()));
  }

  /**
   * A legal scene on which the item's question has another answer; of some such scenes the one that
   * shares most facts with the true one. Empty where the draws found none.
   */
  Optional<Scene> edited(DatasetItem item) {
    ConfiguredFamily family = dataset.family(item);
    Scene truth = family.readScene(item.scene());
    SeedTree draws = seeds.child("edited-description").child(item.id());
    @Nullable Scene best = null;
    double shared = -1;
    int found = 0;
    for (int i = 0; i < DRAWS && found < CANDIDATES; i++) {
      Scene scene = family.draw(draws.child(i)).scene();
      if (!answersDifferently(family, item, scene)) {
        continue;
      }
      found++;
      double facts = family.facts(truth, new DescriptionReading.Complete(scene)).value();
      if (facts > shared) {
        shared = facts;
        best = scene;
      }
    }
    return Optional.ofNullable(best);
  }

  private static boolean answersDifferently(
      ConfiguredFamily family, DatasetItem item, Scene scene) {
    Puzzle puzzle = new Puzzle(scene, item.asked());
    return family.legal(puzzle)
        && family
            .answer(puzzle)
            .filter(answer -> !Answers.equal(item.answerType(), answer, item.answer()))
            .isPresent();
  }
}
