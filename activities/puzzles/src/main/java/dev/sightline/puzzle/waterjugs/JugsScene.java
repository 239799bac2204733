package dev.sightline.puzzle.waterjugs;

import dev.sightline.puzzle.Scene;
import java.util.List;

/**
 * Jugs from left to right.
 *
 * @param capacities litres that each holds at most
 * @param amounts litres that each holds now
 */
record JugsScene(List<Integer> capacities, List<Integer> amounts) implements Scene {
  static final int MOST_JUGS = 6;
  static final int LARGEST = 20;

  JugsScene {
    capacities = List.copyOf(capacities);
    amounts = List.copyOf(amounts);
    if (capacities.isEmpty()
        || capacities.size() > MOST_JUGS
        || capacities.size() != amounts.size()) {
      throw new IllegalArgumentException(
          "1 to %d jugs have a capacity and an amount each, unlike %s and %s"
              .formatted(MOST_JUGS, capacities, amounts));
    }
    for (int i = 0; i < capacities.size(); i++) {
      if (capacities.get(i) < 1
          || capacities.get(i) > LARGEST
          || amounts.get(i) < 0
          || amounts.get(i) > capacities.get(i)) {
        throw new IllegalArgumentException(
            "jug %d of %d litres cannot hold %d"
                .formatted(i + 1, capacities.get(i), amounts.get(i)));
      }
    }
  }

  int jugs() {
    return capacities.size();
  }
}
