package dev.sightline.puzzle.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How long trying takes. */
final class MapMeasures {
  private static final int ENOUGH = 100_000;

  private final List<List<Integer>> earlier = new ArrayList<>();
  private int nodes;

  private MapMeasures(MapScene scene) {
    for (int region = 0; region < scene.regions(); region++) {
      earlier.add(new ArrayList<>());
    }
    for (MapScene.Border border : scene.borders()) {
      earlier.get(border.one() - 1).add(border.other() - 1);
      earlier.get(border.other() - 1).add(border.one() - 1);
    }
  }

  /**
   * {@code nodes}: colours given that break no rule so far, when white regions are coloured in the
   * order of their numbers and every way is followed.
   */
  static Map<String, Integer> of(MapScene scene) {
    MapMeasures measures = new MapMeasures(scene);
    List<String> colours = new ArrayList<>(scene.colours());
    List<Integer> white = new ArrayList<>();
    for (int region = 0; region < colours.size(); region++) {
      if (colours.get(region).equals(MapScene.WHITE)) {
        white.add(region);
      }
    }
    measures.search(colours, white, 0);
    return Map.of(
        "nodes", measures.nodes,
        "regions", scene.regions(),
        "white", white.size(),
        "borders", scene.borders().size());
  }

  private void search(List<String> colours, List<Integer> white, int at) {
    if (at == white.size()) {
      return;
    }
    int region = white.get(at);
    for (String colour : MapColour.words()) {
      if (nodes < ENOUGH
          && earlier.get(region).stream().noneMatch(next -> colours.get(next).equals(colour))) {
        nodes++;
        colours.set(region, colour);
        search(colours, white, at + 1);
      }
    }
    colours.set(region, MapScene.WHITE);
  }
}
