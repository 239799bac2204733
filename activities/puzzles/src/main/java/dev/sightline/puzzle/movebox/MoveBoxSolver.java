package dev.sightline.puzzle.movebox;

import java.util.Arrays;
import java.util.Optional;

/**
 * Fewest pushes by breadth-first search over the boxes and the region where the person can walk:
 * walking costs nothing, so only pushes are edges.
 */
final class MoveBoxSolver {
  static final int MOST_BOXES = 2;

  /**
   * @param pushes the fewest
   * @param states placements of boxes and person's region that the search saw
   */
  record Solution(int pushes, int states) {}

  private MoveBoxSolver() {}

  /**
   * Empty where it cannot be done, or there is not one person and a target for each of 1-2 boxes.
   */
  static Optional<Solution> solve(MoveBoxScene scene) {
    long boxes = Floor.bits(scene, 'B');
    long targets = Floor.bits(scene, 'T');
    long person = Floor.bits(scene, 'P');
    int count = Long.bitCount(boxes);
    if (count < 1
        || count > MOST_BOXES
        || Long.bitCount(targets) != count
        || Long.bitCount(person) != 1) {
      return Optional.empty();
    }
    return search(Floor.of(scene), boxes, targets, person);
  }

  private static Optional<Solution> search(Floor floor, long start, long targets, long person) {
    long[] seen = new long[64 * 64];
    long[] boxes = new long[256];
    long[] regions = new long[256];
    boxes[0] = start;
    regions[0] = floor.region(person, start);
    seen[index(start)] = regions[0];
    int filled = 1;
    int layerEnd = 1;
    int pushes = 0;
    for (int i = 0; i < filled; i++) {
      if (i == layerEnd) {
        pushes++;
        layerEnd = filled;
      }
      for (long left = boxes[i]; left != 0; left &= left - 1) {
        long box = Long.lowestOneBit(left);
        for (int direction = 0; direction < 4; direction++) {
          long to = floor.step(box, direction) & floor.open() & ~boxes[i];
          long from = floor.step(box, direction ^ 1) & regions[i];
          if (to == 0 || from == 0) {
            continue;
          }
          long moved = boxes[i] ^ box ^ to;
          int index = index(moved);
          if ((seen[index] & box) != 0) {
            continue;
          }
          long region = floor.region(box, moved);
          seen[index] |= region;
          if (moved == targets) {
            return Optional.of(new Solution(pushes + 1, filled + 1));
          }
          if (filled == boxes.length) {
            boxes = Arrays.copyOf(boxes, 2 * filled);
            regions = Arrays.copyOf(regions, 2 * filled);
          }
          boxes[filled] = moved;
          regions[filled++] = region;
        }
      }
    }
    return Optional.empty();
  }

  /** A number for one or two boxes. */
  static int index(long boxes) {
    return Long.numberOfTrailingZeros(boxes) * 64 + 63 - Long.numberOfLeadingZeros(boxes);
  }
}
