package dev.sightline.puzzle.wheeloffortune;

import java.util.List;
import java.util.Optional;

/** Turns the arrow back instead of the wheel forward, and looks which sector it meets. */
final class WheelSolver {
  private WheelSolver() {}

  /** The prize at the arrow after a net clockwise turn; empty where an edge is at the arrow. */
  static Optional<String> prize(WheelScene scene, int net) {
    int at = Math.floorMod(scene.arrow() - net, 360);
    return scene.edges().contains(at)
        ? Optional.empty()
        : Optional.of(scene.prizes().get(sector(scene.edges(), at)));
  }

  /** The sector in which an angle lies; edges belong to the sector that begins there. */
  static int sector(List<Integer> edges, int at) {
    int sector = edges.size() - 1;
    for (int i = 0; i < edges.size(); i++) {
      if (edges.get(i) <= at) {
        sector = i;
      }
    }
    return at < edges.getFirst() ? edges.size() - 1 : sector;
  }

  /** Degrees from the arrow to the nearest edge after a net clockwise turn. */
  static int margin(WheelScene scene, int net) {
    int least = 360;
    for (int edge : scene.edges()) {
      int apart = Math.floorMod(edge + net - scene.arrow(), 360);
      least = Math.min(least, Math.min(apart, 360 - apart));
    }
    return least;
  }

  /** How many edges pass the arrow in a net turn, whole turns left out. */
  static int crossed(WheelScene scene, int net) {
    int part = Math.floorMod(Math.abs(net), 360);
    int count = 0;
    for (int edge : scene.edges()) {
      int ahead =
          net > 0
              ? Math.floorMod(scene.arrow() - edge, 360)
              : Math.floorMod(edge - scene.arrow(), 360);
      count += ahead > 0 && ahead < part ? 1 : 0;
    }
    return count;
  }
}
