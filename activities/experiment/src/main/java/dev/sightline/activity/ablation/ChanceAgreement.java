package dev.sightline.activity.ablation;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.Portion;
import dev.sightline.reward.Answers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * S by chance (science.md 3): how often an item's answer is what the solver gets for the item's
 * question from the description of another item of the same portion and question kind. Without
 * question parameters the mean is over all others, which is the expectation under permutations;
 * with parameters each pair must be solved anew, so it is over {@link #PARTNERS} others by lot.
 */
final class ChanceAgreement {
  static final int PARTNERS = 8;

  private ChanceAgreement() {}

  /** An answer with a whole description beside it, which the question can be solved on. */
  record Said(DatasetItem item, String answer, Scene described) {
    String id() {
      return item.id();
    }
  }

  /** Rates by item id; items without others to compare with are absent. */
  static Map<String, Double> of(List<Said> all, Function<DatasetItem, ConfiguredFamily> families) {
    Map<String, List<Said>> groups = new TreeMap<>();
    for (Said said : all) {
      DatasetItem item = said.item();
      groups
          .computeIfAbsent(
              Portion.labelOf(item.id()) + "\n" + item.asked().kind(), g -> new ArrayList<>())
          .add(said);
    }
    Map<String, Double> rates = new HashMap<>();
    for (List<Said> group : groups.values()) {
      ConfiguredFamily family = families.apply(group.getFirst().item());
      boolean alike = group.stream().map(said -> said.item().asked()).distinct().count() == 1;
      Map<String, Optional<String>> solved = new HashMap<>();
      for (Said said : alike ? group : List.<Said>of()) {
        solved.put(said.id(), solve(family, said, said.described()));
      }
      for (Said said : group) {
        List<Optional<String>> others =
            alike
                ? others(group, said).stream()
                    .map(other -> solved.getOrDefault(other.id(), Optional.empty()))
                    .toList()
                : byLot(group, said).stream()
                    .map(other -> solve(family, said, other.described()))
                    .toList();
        rate(said, others).ifPresent(rate -> rates.put(said.id(), rate));
      }
    }
    return rates;
  }

  private static Optional<String> solve(ConfiguredFamily family, Said said, Scene scene) {
    return family.answer(new Puzzle(scene, said.item().asked()));
  }

  /** Among those on which the question has an answer. */
  private static Optional<Double> rate(Said said, List<Optional<String>> others) {
    List<String> answers = others.stream().flatMap(Optional::stream).toList();
    long same =
        answers.stream()
            .filter(answer -> Answers.equal(said.item().answerType(), said.answer(), answer))
            .count();
    return answers.isEmpty() ? Optional.empty() : Optional.of((double) same / answers.size());
  }

  private static List<Said> others(List<Said> group, Said said) {
    return group.stream().filter(other -> !other.id().equals(said.id())).toList();
  }

  /** Drawn by the item alone. */
  private static List<Said> byLot(List<Said> group, Said said) {
    List<Said> others = new ArrayList<>(others(group, said));
    SplittableRandom random = SeedTree.root(0).child("chance-agreement").child(said.id()).random();
    while (others.size() > PARTNERS) {
      others.remove(random.nextInt(others.size()));
    }
    return others;
  }
}
