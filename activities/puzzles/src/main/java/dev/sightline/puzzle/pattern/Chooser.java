package dev.sightline.puzzle.pattern;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Where a drawn pattern's choices come from: chance, or every possibility in turn. */
interface Chooser {
  /** From 0 up to, not including, the bound. */
  int below(int bound);

  static Chooser random(SplittableRandom random) {
    return random::nextInt;
  }

  /** Both included. */
  default int between(int least, int greatest) {
    return least + below(greatest - least + 1);
  }

  default boolean coin() {
    return below(2) == 0;
  }

  default <T> T of(List<T> values) {
    return values.get(below(values.size()));
  }

  /** So many different places' values, in the order drawn. */
  default <T> List<T> some(List<T> values, int count) {
    List<T> left = new ArrayList<>(values);
    List<T> chosen = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      chosen.add(left.remove(below(left.size())));
    }
    return chosen;
  }

  default <T> List<T> shuffled(List<T> values) {
    return some(values, values.size());
  }
}
