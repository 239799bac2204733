package dev.sightline.puzzle.map;

import dev.sightline.puzzle.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Counts colourings by dynamic programming over sets of white regions: with each colour in turn,
 * every set that may all get it is taken from the regions not coloured yet.
 */
final class MapReferenceSolver {
  private static final List<String> PALETTE = List.of("red", "green", "blue", "yellow");
  private static final int MOST_WHITE = 14;
  private static final long MOST_MAPS = 10_000;

  private final MapScene scene;
  private final List<Integer> white = new ArrayList<>();

  private MapReferenceSolver(MapScene scene) {
    this.scene = scene;
    for (int number = 1; number <= scene.colours().size(); number++) {
      if (!PALETTE.contains(colour(number))) {
        white.add(number);
      }
    }
  }

  private String colour(int number) {
    return scene.colours().get(number - 1);
  }

  static Optional<String> answer(MapScene scene, Question question) {
    MapReferenceSolver solver = new MapReferenceSolver(scene);
    for (MapScene.Border border : scene.borders()) {
      String one = solver.colour(border.one());
      if (PALETTE.contains(one) && one.equals(solver.colour(border.other()))) {
        return Optional.empty();
      }
    }
    if (solver.white.size() > MOST_WHITE) {
      return Optional.empty();
    }
    long all = solver.count(-1, "");
    if (all == 0 || all > MOST_MAPS) {
      return Optional.empty();
    }
    if (question.kind().equals("count")) {
      return Optional.of(Long.toString(all));
    }
    if (!question.kind().equals("forced") || question.integer("region") > scene.colours().size()) {
      return Optional.empty();
    }
    int region = question.integer("region");
    if (!solver.white.contains(region)) {
      return Optional.of(solver.colour(region));
    }
    // One colour is forced where it alone keeps all the maps.
    return PALETTE.stream().filter(colour -> solver.count(region, colour) == all).findFirst();
  }

  /** The number of maps, of those only in which the region (if any) has the colour. */
  private long count(int region, String asked) {
    int full = (1 << white.size()) - 1;
    long[] ways = new long[full + 1];
    ways[0] = 1;
    for (String colour : PALETTE) {
      boolean[] fit = mayGet(colour);
      int watched = white.indexOf(region);
      for (int set = 0; set <= full && watched >= 0; set++) {
        fit[set] &= colour.equals(asked) == ((set >> watched & 1) != 0);
      }
      long[] next = new long[full + 1];
      for (int done = 0; done <= full; done++) {
        if (ways[done] == 0) {
          continue;
        }
        int open = full & ~done;
        for (int set = open; ; set = (set - 1) & open) {
          if (fit[set]) {
            next[done | set] += ways[done];
          }
          if (set == 0) {
            break;
          }
        }
      }
      ways = next;
    }
    return ways[full];
  }

  /** Whether no two regions of the set touch, nor one of them a region of this colour. */
  private boolean[] mayGet(String colour) {
    int[] touching = new int[white.size()];
    int barred = 0;
    for (MapScene.Border border : scene.borders()) {
      int one = white.indexOf(border.one());
      int other = white.indexOf(border.other());
      if (one >= 0 && other >= 0) {
        touching[one] |= 1 << other;
        touching[other] |= 1 << one;
      } else if (one >= 0 && colour(border.other()).equals(colour)) {
        barred |= 1 << one;
      } else if (other >= 0 && colour(border.one()).equals(colour)) {
        barred |= 1 << other;
      }
    }
    boolean[] may = new boolean[1 << white.size()];
    may[0] = true;
    for (int set = 1; set < may.length; set++) {
      int last = Integer.numberOfTrailingZeros(set);
      int rest = set & (set - 1);
      may[set] = may[rest] && (touching[last] & rest) == 0 && (barred >> last & 1) == 0;
    }
    return may;
  }
}
