package dev.sightline.puzzle.rubikscube;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The 24 ways to hold a cube, as where its stickers come from. */
final class RubiksCubeSymmetry {
  private static final int[] STAY = {0, 1, 2, 3, 4, 5, 6, 7, 8};
  private static final int[] CLOCKWISE = {6, 3, 0, 7, 4, 1, 8, 5, 2};
  private static final int[] COUNTER = {2, 5, 8, 1, 4, 7, 0, 3, 6};
  private static final int[] HALF = {8, 7, 6, 5, 4, 3, 2, 1, 0};

  /** About the vertical axis: what was right is now in front. */
  private static final int[] ABOUT_UP =
      whole(new int[] {0, 2, 3, 4, 1, 5}, new int[][] {CLOCKWISE, STAY, STAY, STAY, STAY, COUNTER});

  /** About the axis from left to right: what was in front is now up. */
  private static final int[] ABOUT_RIGHT =
      whole(new int[] {2, 1, 5, 3, 0, 4}, new int[][] {STAY, COUNTER, STAY, CLOCKWISE, HALF, HALF});

  private static final List<int[]> ALL = closure();

  private RubiksCubeSymmetry() {}

  private static int[] whole(int[] from, int[][] inside) {
    int[] source = new int[54];
    for (int i = 0; i < 54; i++) {
      source[i] = 9 * from[i / 9] + inside[i / 9][i % 9];
    }
    return source;
  }

  private static List<int[]> closure() {
    int[] same = new int[54];
    Arrays.setAll(same, i -> i);
    List<int[]> found = new ArrayList<>(List.of(same));
    for (int next = 0; next < found.size(); next++) {
      for (int[] turn : List.of(ABOUT_UP, ABOUT_RIGHT)) {
        int[] base = found.get(next);
        int[] turned = new int[54];
        Arrays.setAll(turned, i -> base[turn[i]]);
        if (found.stream().noneMatch(known -> Arrays.equals(known, turned))) {
          found.add(turned);
        }
      }
    }
    return List.copyOf(found);
  }

  static int count() {
    return ALL.size();
  }

  /** The stickers of the cube held in the given way. */
  static String held(String stickers, int way) {
    StringBuilder out = new StringBuilder();
    for (int from : ALL.get(way)) {
      out.append(stickers.charAt(from));
    }
    return out.toString();
  }

  /** The first text over all ways to hold the cube, colours renamed in the order of appearance. */
  static String canonical(String stickers) {
    String best = null;
    for (int[] sources : ALL) {
      char[] names = new char[128];
      int used = 0;
      char[] out = new char[54];
      for (int i = 0; i < 54; i++) {
        char colour = stickers.charAt(sources[i]);
        if (names[colour] == 0) {
          names[colour] = RubiksCubeScene.LETTERS.charAt(used++);
        }
        out[i] = names[colour];
      }
      String text = new String(out);
      best = best == null || text.compareTo(best) < 0 ? text : best;
    }
    return best == null ? stickers : best;
  }
}
