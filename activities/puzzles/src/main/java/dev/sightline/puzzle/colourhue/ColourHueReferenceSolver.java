package dev.sightline.puzzle.colourhue;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Sorts the board: fetches to each place in turn the tile that belongs there, and counts. */
final class ColourHueReferenceSolver {
  private ColourHueReferenceSolver() {}

  static OptionalInt swaps(ColourHueScene scene) {
    List<Integer> board = new ArrayList<>(scene.tiles());
    int swaps = 0;
    for (int place = 0; place < board.size(); place++) {
      int from = board.indexOf(place);
      if (from < 0) {
        return OptionalInt.empty();
      }
      if (from != place) {
        int moved = board.get(place);
        board.set(place, board.get(from));
        board.set(from, moved);
        swaps++;
      }
    }
    return OptionalInt.of(swaps);
  }
}
