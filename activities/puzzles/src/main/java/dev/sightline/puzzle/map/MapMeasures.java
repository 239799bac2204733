package dev.sightline.puzzle.map;

import java.util.Map;
import java.util.stream.IntStream;

/** How long trying takes. */
final class MapMeasures {
  private static final int ENOUGH = 100_000;

  /** The regions beside each region, as bits. */
  private final int[] beside;

  /** The regions of each colour, as bits. */
  private final int[] coloured = new int[MapColour.values().length];

  private int nodes;

  private MapMeasures(MapScene scene) {
    beside = new int[scene.regions()];
    for (MapScene.Border border : scene.borders()) {
      beside[border.one() - 1] |= 1 << (border.other() - 1);
      beside[border.other() - 1] |= 1 << (border.one() - 1);
    }
    for (int region = 0; region < beside.length; region++) {
      int bit = 1 << region;
      MapColour.byWord(scene.colours().get(region))
          .ifPresent(colour -> coloured[colour.ordinal()] |= bit);
    }
  }

  /**
   * {@code nodes}: colours given that break no rule so far, when white regions are coloured in the
   * order of their numbers and every way is followed.
   */
  static Map<String, Integer> of(MapScene scene) {
    MapMeasures measures = new MapMeasures(scene);
    int[] white =
        IntStream.range(0, scene.regions())
            .filter(region -> scene.colours().get(region).equals(MapScene.WHITE))
            .toArray();
    measures.search(white, 0);
    return Map.of(
        "nodes",
        measures.nodes,
        "regions",
        scene.regions(),
        "white",
        white.length,
        "borders",
        scene.borders().size());
  }

  private void search(int[] white, int at) {
    if (at == white.length) {
      return;
    }
    int region = white[at];
    for (int colour = 0; colour < coloured.length; colour++) {
      if (nodes < ENOUGH && (coloured[colour] & beside[region]) == 0) {
        nodes++;
        coloured[colour] |= 1 << region;
        search(white, at + 1);
        coloured[colour] &= ~(1 << region);
      }
    }
  }
}
