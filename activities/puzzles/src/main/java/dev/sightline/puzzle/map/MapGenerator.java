package dev.sightline.puzzle.map;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;

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
    List<MapScene.Border> borders = generator.borders();
    List<String> colours = new ArrayList<>(Collections.nCopies(regions, MapScene.WHITE));
    if (!colour(colours, borders, random)) {
      return Optional.empty();
    }
    whiten(colours, borders, white, random);
    return Optional.of(new MapScene(colours, borders, generator.patches()));
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
    List<Integer> names = new ArrayList<>();
    for (int one : region) {
      if (!names.contains(one)) {
        names.add(one);
      }
    }
    shuffle(names, random);
    for (int brick = 0; brick < region.length; brick++) {
      region[brick] = names.indexOf(region[brick]);
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

  private List<MapScene.Border> borders() {
    TreeSet<MapScene.Border> borders = new TreeSet<>();
    for (int one = 0; one < region.length; one++) {
      for (int other = 0; other < one; other++) {
        if (region[one] != region[other] && touch(bricks.get(one), bricks.get(other))) {
          borders.add(
              new MapScene.Border(
                  Math.min(region[one], region[other]) + 1,
                  Math.max(region[one], region[other]) + 1));
        }
      }
    }
    return List.copyOf(borders);
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
  private static boolean colour(
      List<String> colours, List<MapScene.Border> borders, SplittableRandom random) {
    int hemmed = -1;
    List<String> choices = List.of();
    for (int one = 0; one < colours.size(); one++) {
      if (colours.get(one).equals(MapScene.WHITE)) {
        List<String> free = free(one, colours, borders);
        if (hemmed < 0 || free.size() < choices.size()) {
          hemmed = one;
          choices = free;
        }
      }
    }
    if (hemmed < 0) {
      return true;
    }
    List<String> order = new ArrayList<>(choices);
    shuffle(order, random);
    for (String choice : order) {
      colours.set(hemmed, choice);
      if (colour(colours, borders, random)) {
        return true;
      }
    }
    colours.set(hemmed, MapScene.WHITE);
    return false;
  }

  private static List<String> free(int one, List<String> colours, List<MapScene.Border> borders) {
    List<String> free = new ArrayList<>(MapColour.words());
    for (MapScene.Border border : borders) {
      if (border.one() == one + 1) {
        free.remove(colours.get(border.other() - 1));
      } else if (border.other() == one + 1) {
        free.remove(colours.get(border.one() - 1));
      }
    }
    return free;
  }

  /** Takes colours away, mostly of regions that touch white ones, so that choices depend. */
  private static void whiten(
      List<String> colours, List<MapScene.Border> borders, int white, SplittableRandom random) {
    for (int made = 0, tries = 0; made < white; tries++) {
      int one = random.nextInt(colours.size());
      boolean beside = false;
      for (MapScene.Border border : borders) {
        beside |= border.one() == one + 1 && isWhite(colours, border.other());
        beside |= border.other() == one + 1 && isWhite(colours, border.one());
      }
      boolean takes = made == 0 || beside || random.nextInt(6) == 0 || tries > 300;
      if (!colours.get(one).equals(MapScene.WHITE) && takes) {
        colours.set(one, MapScene.WHITE);
        made++;
      }
    }
  }

  private static boolean isWhite(List<String> colours, int number) {
    return colours.get(number - 1).equals(MapScene.WHITE);
  }

  private static <T> void shuffle(List<T> list, SplittableRandom random) {
    for (int i = list.size() - 1; i > 0; i--) {
      Collections.swap(list, i, random.nextInt(i + 1));
    }
  }
}
