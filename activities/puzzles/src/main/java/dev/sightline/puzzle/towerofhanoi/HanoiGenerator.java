package dev.sightline.puzzle.towerofhanoi;

import dev.sightline.puzzle.Selection.Range;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Draws a start, a distance and a position at that distance, each uniformly among what there is, so
 * that every pair can come.
 */
final class HanoiGenerator {
  private HanoiGenerator() {}

  /** Empty where no position lies at a wanted distance from the start that was drawn. */
  static Optional<HanoiScene> draw(int disks, Range moves, SplittableRandom random) {
    int states = 1;
    for (int i = 0; i < disks; i++) {
      states *= 3;
    }
    int start = random.nextInt(states);
    int[] order = new int[states];
    int[] layers = new int[Math.min(1 << disks, moves.greatest()) + 2];
    int depth = explore(start, disks, order, layers);
    int greatest = Math.min(depth, moves.greatest());
    if (moves.least() > greatest) {
      return Optional.empty();
    }
    int distance = random.nextInt(moves.least(), greatest + 1);
    int end = order[random.nextInt(layers[distance], layers[distance + 1])];
    return Optional.of(new HanoiScene(letters(start, disks), letters(end, disks)));
  }

  /**
   * Fills {@code order} with the positions by distance; {@code layers[d]} is where distance d
   * begins, up to the depth that is returned plus one.
   */
  private static int explore(int start, int disks, int[] order, int[] layers) {
    boolean[] seen = new boolean[order.length];
    seen[start] = true;
    order[0] = start;
    int filled = 1;
    layers[1] = 1;
    int depth = 0;
    int[] tops = new int[3];
    int[] powers = new int[3];
    while (depth + 2 < layers.length) {
      for (int i = layers[depth]; i < layers[depth + 1]; i++) {
        int state = order[i];
        tops[0] = tops[1] = tops[2] = disks;
        int rest = state;
        int power = 1;
        int found = 0;
        for (int disk = 0; disk < disks && found < 3; disk++, rest /= 3, power *= 3) {
          int rod = rest % 3;
          if (tops[rod] == disks) {
            tops[rod] = disk;
            powers[rod] = power;
            found++;
          }
        }
        for (int from = 0; from < 3; from++) {
          for (int to = 0; to < 3; to++) {
            if (tops[from] < tops[to]) {
              int moved = state + (to - from) * powers[from];
              if (!seen[moved]) {
                seen[moved] = true;
                order[filled++] = moved;
              }
            }
          }
        }
      }
      if (filled == layers[depth + 1]) {
        return depth;
      }
      depth++;
      layers[depth + 1] = filled;
    }
    return depth;
  }

  private static String letters(int state, int disks) {
    char[] rods = new char[disks];
    int rest = state;
    for (int disk = 0; disk < disks; disk++, rest /= 3) {
      rods[disks - 1 - disk] = (char) ('A' + rest % 3);
    }
    return new String(rods);
  }
}
