package dev.sightline.puzzle.colourhue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** A permutation of n with c cycles needs n - c swaps: a swap splits at most one cycle. */
final class ColourHueSolver {
  private ColourHueSolver() {}

  /** Empty where a tile lies there twice. */
  static OptionalInt swaps(ColourHueScene scene) {
    if (scene.tiles().stream().distinct().count() < scene.tiles().size()) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(cycles(scene.tiles()).stream().mapToInt(cycle -> cycle.size() - 1).sum());
  }

  /** The cycles of a permutation, those of length one too. */
  static List<List<Integer>> cycles(List<Integer> tiles) {
    List<List<Integer>> cycles = new ArrayList<>();
    boolean[] seen = new boolean[tiles.size()];
    for (int start = 0; start < seen.length; start++) {
      List<Integer> cycle = new ArrayList<>();
      for (int at = start; !seen[at]; at = tiles.get(at)) {
        seen[at] = true;
        cycle.add(at);
      }
      if (!cycle.isEmpty()) {
        cycles.add(cycle);
      }
    }
    return cycles;
  }
}
