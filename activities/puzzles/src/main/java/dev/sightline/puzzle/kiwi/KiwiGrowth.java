package dev.sightline.puzzle.kiwi;

import dev.sightline.puzzle.Selection;
import java.util.SplittableRandom;

/** Grows boards for a wanted number of minutes; the caller checks what came out. */
final class KiwiGrowth {
  private final KiwiConfig config;
  private final KiwiSpace space;
  private final int least;
  private final int greatest;

  KiwiGrowth(KiwiConfig config, KiwiSpace space, Selection.Range minutes) {
    this.config = config;
    this.space = space;
    this.least = minutes.least();
    this.greatest = minutes.greatest();
  }

  /** Fruits and the rotten ones among them; {@code minutes} is -1 where the growth failed. */
  record Grown(long fruits, long rotten, int minutes) {}

  Grown grow(SplittableRandom random) {
    int wanted = random.nextInt(least, greatest + 1);
    int most = Math.min(config.maximumFruits(), Math.max(config.cells() * 3 / 4, wanted + 2));
    int fewest = Math.min(most, Math.max(config.minimumFruits(), config.cells() / 3 + wanted / 2));
    long fruits = branches(random.nextInt(fewest, most + 1), random);
    long rotten = 0;
    int minutes = -1;
    for (int attempt = 0; attempt < 8 && minutes < wanted; attempt++) {
      rotten = KiwiSpace.pick(fruits, random);
      minutes = minutes(fruits, rotten);
      if (!config.severalRotten() && minutes > wanted) {
        minutes = -1;
      }
    }
    if (!config.severalRotten()) {
      return new Grown(fruits, rotten, minutes);
    }
    while (minutes > wanted) {
      rotten |= KiwiSpace.pick(beyond(fruits, rotten, wanted), random);
      minutes = minutes(fruits, rotten);
    }
    for (int extra = random.nextInt(6); extra > 0 && minutes > 0; extra--) {
      long one = 1L << random.nextInt(config.cells());
      boolean more = Long.bitCount(fruits | one) <= config.maximumFruits();
      long nextRotten = (fruits & one) != 0 || random.nextInt(3) == 0 ? rotten | one : rotten;
      if (more && minutes(fruits | one, nextRotten) == minutes) {
        fruits |= one;
        rotten = nextRotten;
      }
    }
    return new Grown(fruits, rotten, minutes);
  }

  /** A connected set with few cycles: a new cell mostly touches one old cell only. */
  private long branches(int count, SplittableRandom random) {
    long mask = KiwiSpace.pick(space.all(), random);
    while (Long.bitCount(mask) < count) {
      long around = space.neighbours(mask) & ~mask;
      long cell = KiwiSpace.pick(around, random);
      for (int again = 0; again < 6 && touches(cell, mask) > 1; again++) {
        cell = KiwiSpace.pick(around, random);
      }
      mask |= cell;
    }
    return mask;
  }

  private int touches(long cell, long mask) {
    return Long.bitCount(space.neighbours(cell) & mask);
  }

  /** Minutes until all fruits are rotten, -1 if never. */
  private int minutes(long fruits, long rotten) {
    long reached = rotten;
    int minutes = 0;
    while (reached != fruits) {
      long next = reached | (space.neighbours(reached) & fruits);
      if (next == reached) {
        return -1;
      }
      reached = next;
      minutes++;
    }
    return minutes;
  }

  private long beyond(long fruits, long rotten, int minutes) {
    long reached = rotten;
    for (int i = 0; i < minutes; i++) {
      reached |= space.neighbours(reached) & fruits;
    }
    return fruits & ~reached;
  }
}
