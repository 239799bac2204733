package dev.sightline.puzzle.movebox;

import dev.sightline.puzzle.Selection.Range;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Draws walls and targets and pulls the boxes away from there, breadth first: what is reached by so
 * many pulls needs exactly so many pushes back.
 */
final class MoveBoxGenerator {
  /** Most boards have short solutions; so the number of pushes is drawn before the board. */
  private static final int SPREAD = 7;

  private static final int ATTEMPTS = 100;
  private static final int PICKS = 8;

  /** What to draw from. */
  record Sizes(int leastSide, int greatestSide, int leastBoxes, int greatestBoxes) {}

  private MoveBoxGenerator() {}

  /** Empty where no board with the drawn number of pushes was found in many attempts. */
  static Optional<MoveBoxScene> draw(Sizes sizes, Range pushes, SplittableRandom random) {
    int highest = Math.min(pushes.greatest(), pushes.least() + SPREAD);
    int wanted = random.nextInt(pushes.least(), highest + 1);
    Range exactly = new Range(wanted, wanted == highest ? pushes.greatest() : wanted);
    Optional<MoveBoxScene> found = Optional.empty();
    for (int i = 0; i < ATTEMPTS && found.isEmpty(); i++) {
      found = attempt(sizes, exactly, random);
    }
    return found;
  }

  private static Optional<MoveBoxScene> attempt(
      Sizes sizes, Range pushes, SplittableRandom random) {
    int rows = random.nextInt(sizes.leastSide(), sizes.greatestSide() + 1);
    int columns = random.nextInt(sizes.leastSide(), sizes.greatestSide() + 1);
    int boxes = random.nextInt(sizes.leastBoxes(), sizes.greatestBoxes() + 1);
    int cells = rows * columns;
    int walls = random.nextInt(cells / 16, cells * 3 / 8 + 1);
    int[] order = shuffled(cells, random);
    long open = cells == 64 ? -1L : (1L << cells) - 1;
    for (int i = 0; i < walls; i++) {
      open &= ~(1L << order[i]);
    }
    long targets = 0;
    for (int i = 0; i < boxes; i++) {
      targets |= 1L << order[walls + i];
    }
    Floor floor = new Floor(rows, columns, open);
    Pulls pulls = new Pulls(floor, targets, pushes.greatest());
    int greatest = Math.min(pulls.depth, pushes.greatest());
    if (greatest < pushes.least()) {
      return Optional.empty();
    }
    int wanted = random.nextInt(pushes.least(), greatest + 1);
    for (int pick = 0; pick < PICKS; pick++) {
      int state = random.nextInt(pulls.layers[wanted], pulls.layers[wanted + 1]);
      long places = pulls.regions[state] & ~targets;
      if ((pulls.boxes[state] & targets) == 0 && places != 0) {
        int person = random.nextInt(Long.bitCount(places));
        for (int i = 0; i < person; i++) {
          places &= places - 1;
        }
        return Optional.of(scene(floor, pulls.boxes[state], targets, Long.lowestOneBit(places)));
      }
    }
    return Optional.empty();
  }

  private static int[] shuffled(int count, SplittableRandom random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static MoveBoxScene scene(Floor floor, long boxes, long targets, long person) {
    StringBuilder cells = new StringBuilder();
    for (int i = 0; i < floor.rows() * floor.columns(); i++) {
      long cell = 1L << i;
      cells.append(
          (floor.open() & cell) == 0
              ? '#'
              : (boxes & cell) != 0
                  ? 'B'
                  : (targets & cell) != 0 ? 'T' : person == cell ? 'P' : '.');
    }
    return new MoveBoxScene(floor.rows(), floor.columns(), cells.toString());
  }

  /** All placements by number of pulls from the targets. */
  private static final class Pulls {
    private final Floor floor;
    private final long[] seen = new long[64 * 64];
    private long[] boxes = new long[256];
    private long[] regions = new long[256];
    private int filled;
    private int[] layers = new int[16];
    private int depth;

    Pulls(Floor floor, long targets, int deepest) {
      this.floor = floor;
      for (long left = floor.open() & ~targets; left != 0; ) {
        long region = floor.region(Long.lowestOneBit(left), targets);
        add(targets, Long.lowestOneBit(left));
        left &= ~region;
      }
      layers[1] = filled;
      while (depth < deepest) {
        for (int i = layers[depth]; i < layers[depth + 1]; i++) {
          pullAll(boxes[i], regions[i]);
        }
        if (filled == layers[depth + 1]) {
          return;
        }
        depth++;
        if (depth + 2 > layers.length) {
          layers = Arrays.copyOf(layers, 2 * layers.length);
        }
        layers[depth + 1] = filled;
      }
    }

    private void pullAll(long placed, long region) {
      for (long left = placed; left != 0; left &= left - 1) {
        long box = Long.lowestOneBit(left);
        for (int direction = 0; direction < 4; direction++) {
          long hand = floor.step(box, direction) & region;
          long back = floor.step(hand, direction) & floor.open() & ~placed;
          if (hand != 0 && back != 0) {
            add(placed ^ box ^ hand, back);
          }
        }
      }
    }

    private void add(long placed, long person) {
      int index = MoveBoxSolver.index(placed);
      if ((seen[index] & person) != 0) {
        return;
      }
      long region = floor.region(person, placed);
      seen[index] |= region;
      if (filled == boxes.length) {
        boxes = Arrays.copyOf(boxes, 2 * filled);
        regions = Arrays.copyOf(regions, 2 * filled);
      }
      boxes[filled] = placed;
      regions[filled++] = region;
    }
  }
}
