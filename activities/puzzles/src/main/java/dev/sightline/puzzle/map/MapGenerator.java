package dev.sightline.puzzle.map;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Lays bricks in rows, each row shifted by half a brick so that no four meet in a point, moves
 * their corners a little, and joins bricks to regions. So every border is at least about a quarter
 * of a brick long.
 */
final class MapGenerator {
  private static final int SIDE = 1000;

  /** How far corners move, in bricks. */
  private static final double ACROSS = 0.13;

  private static final double DOWN = 0.2;
  private static final int LARGEST_REGION = 3;

  /** No colour. */
  private static final int NONE = -1;

  private final SplittableRandom random;
  private final int rows;
  private final int columns;

  /** The row of each brick, and the first and last half-column that it spans. */
  private final List<int[]> bricks = new ArrayList<>();

  /** The region of each brick, from 0. */
  private final int[] region;

  private MapGenerator(int rows, int columns, SplittableRandom random) {
    this.random = random;
    this.rows = rows;
    this.columns = columns;
    for (int row = 0; row < rows; row++) {
      int count = row % 2 == 0 ? columns : columns - 1;
      for (int i = 0; i < count; i++) {
        // The outer bricks of shifted rows are half as long again.
        int from = row % 2 == 0 || i == 0 ? 2 * i : 2 * i + 1;
        int to = row % 2 == 0 ? 2 * i + 2 : i == count - 1 ? 2 * columns : 2 * i + 3;
        bricks.add(new int[] {row, from, to});
      }
    }
    this.region = new int[bricks.size()];
  }

  /** A map with so many regions, of which so many are white; empty where the sizes do not fit. */
  static Optional<MapScene> draw(int regions, int white, SplittableRandom random) {
    int rows = random.nextInt(2, 6);
    int columns = random.nextInt(3, 7);
    int bricks = rows * columns - rows / 2;
    if (bricks * 4 < regions * 5 || bricks > 2 * regions + 1) {
      return Optional.empty();
    }
    MapGenerator generator = new MapGenerator(rows, columns, random);
    if (!generator.join(regions)) {
      return Optional.empty();
    }
    int[] beside = generator.beside(regions);
    int[] colours = new int[regions];
    Arrays.fill(colours, NONE);
    if (!colour(colours, beside, random)) {
      return Optional.empty();
    }
    whiten(colours, beside, white, random);
    return Optional.of(new MapScene(words(colours), borders(beside), generator.patches()));
  }

  /** Joins neighbouring bricks until so many regions are left, and numbers them at random. */
  private boolean join(int regions) {
    for (int brick = 0; brick < region.length; brick++) {
      region[brick] = brick;
    }
    int left = region.length;
    for (int tries = 0; left > regions; tries++) {
      if (tries > 400) {
        return false;
      }
      int one = random.nextInt(region.length);
      int other = random.nextInt(region.length);
      if (region[one] != region[other]
          && touch(bricks.get(one), bricks.get(other))
          && size(region[one]) + size(region[other]) <= LARGEST_REGION) {
        int gone = region[other];
        for (int brick = 0; brick < region.length; brick++) {
          region[brick] = region[brick] == gone ? region[one] : region[brick];
        }
        left--;
      }
    }
    int[] names = IntStream.of(region).distinct().toArray();
    shuffle(names, random);
    int[] number = new int[region.length];
    for (int i = 0; i < names.length; i++) {
      number[names[i]] = i;
    }
    for (int brick = 0; brick < region.length; brick++) {
      region[brick] = number[region[brick]];
    }
    return true;
  }

  private int size(int name) {
    int size = 0;
    for (int one : region) {
      size += one == name ? 1 : 0;
    }
    return size;
  }

  /** Whether two bricks share a line: side by side, or over each other for half a brick or more. */
  private static boolean touch(int[] one, int[] other) {
    int rows = Math.abs(one[0] - other[0]);
    if (rows == 0) {
      return one[1] == other[2] || one[2] == other[1];
    }
    return rows == 1 && Math.min(one[2], other[2]) > Math.max(one[1], other[1]);
  }

  /** The regions that touch each region, as bits. */
  private int[] beside(int regions) {
    int[] beside = new int[regions];
    for (int one = 0; one < region.length; one++) {
      for (int other = 0; other < one; other++) {
        if (region[one] != region[other] && touch(bricks.get(one), bricks.get(other))) {
          beside[region[one]] |= 1 << region[other];
          beside[region[other]] |= 1 << region[one];
        }
      }
    }
    return beside;
  }

  private static List<MapScene.Border> borders(int[] beside) {
    List<MapScene.Border> borders = new ArrayList<>();
    for (int one = 0; one < beside.length; one++) {
      for (int other = one + 1; other < beside.length; other++) {
        if ((beside[one] >> other & 1) != 0) {
          borders.add(new MapScene.Border(one + 1, other + 1));
        }
      }
    }
    return borders;
  }

  private static List<String> words(int[] colours) {
    List<String> words = new ArrayList<>();
    for (int colour : colours) {
      words.add(colour == NONE ? MapScene.WHITE : MapColour.words().get(colour));
    }
    return words;
  }

  private List<MapScene.Patch> patches() {
    int[][][] corner = new int[rows + 1][2 * columns + 1][2];
    for (int line = 0; line <= rows; line++) {
      for (int half = 0; half <= 2 * columns; half++) {
        double right = half == 0 || half == 2 * columns ? 0 : moved(ACROSS);
        double down = line == 0 || line == rows ? 0 : moved(DOWN);
        corner[line][half][0] = (int) Math.round((half / 2.0 + right) * SIDE / columns);
        corner[line][half][1] = (int) Math.round((line + down) * SIDE / rows);
      }
    }
    List<MapScene.Patch> patches = new ArrayList<>();
    for (int brick = 0; brick < region.length; brick++) {
      int[] span = bricks.get(brick);
      List<Integer> corners = new ArrayList<>();
      for (int half = span[1]; half <= span[2]; half++) {
        corners.add(corner[span[0]][half][0]);
        corners.add(corner[span[0]][half][1]);
      }
      for (int half = span[2]; half >= span[1]; half--) {
        corners.add(corner[span[0] + 1][half][0]);
        corners.add(corner[span[0] + 1][half][1]);
      }
      patches.add(new MapScene.Patch(region[brick] + 1, corners));
    }
    return patches;
  }

  private double moved(double most) {
    return (2 * random.nextDouble() - 1) * most;
  }

  /** Colours all regions at random, the most hemmed in first; goes back where it gets stuck. */
  private static boolean colour(int[] colours, int[] beside, SplittableRandom random) {
    int hemmed = -1;
    int choices = 0;
    for (int one = 0; one < colours.length; one++) {
      if (colours[one] == NONE) {
        int free = free(colours, beside[one]);
        if (hemmed < 0 || Integer.bitCount(free) < Integer.bitCount(choices)) {
          hemmed = one;
          choices = free;
        }
      }
    }
    if (hemmed < 0) {
      return true;
    }
    int[] order = new int[Integer.bitCount(choices)];
    int found = 0;
    for (int rest = choices; rest != 0; rest &= rest - 1) {
      order[found++] = Integer.numberOfTrailingZeros(rest);
    }
    shuffle(order, random);
    for (int choice : order) {
      colours[hemmed] = choice;
      if (colour(colours, beside, random)) {
        return true;
      }
    }
    colours[hemmed] = NONE;
    return false;
  }

  /** The colours that none of these regions has, as bits. */
  private static int free(int[] colours, int regions) {
    int free = (1 << MapColour.values().length) - 1;
    for (int rest = regions; rest != 0; rest &= rest - 1) {
      int colour = colours[Integer.numberOfTrailingZeros(rest)];
      free &= colour == NONE ? ~0 : ~(1 << colour);
    }
    return free;
  }

  /** Takes colours away, mostly of regions that touch white ones, so that choices depend. */
  private static void whiten(int[] colours, int[] beside, int white, SplittableRandom random) {
    int bare = 0;
    for (int tries = 0; Integer.bitCount(bare) < white; tries++) {
      int one = random.nextInt(colours.length);
      boolean takes =
          bare == 0 || (beside[one] & bare) != 0 || random.nextInt(6) == 0 || tries > 300;
      if (takes) {
        bare |= 1 << one;
        colours[one] = NONE;
      }
    }
  }

  private static void shuffle(int[] numbers, SplittableRandom random) {
    for (int i = numbers.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int moved = numbers[i];
      numbers[i] = numbers[other];
      numbers[other] = moved;
    }
  }
}
