package dev.sightline.puzzle.wheeloffortune;

import dev.sightline.puzzle.Scene;
import java.util.ArrayList;
import java.util.List;

/**
 * A wheel at rest and the arrow beside it. Angles are whole degrees clockwise from the top, 0 to
 * 359.
 *
 * @param edges where the sectors begin, going clockwise; kept with the smallest first
 * @param prizes of the sectors, in the same order
 * @param arrow where the arrow stands
 */
public record WheelScene(List<Integer> edges, List<String> prizes, int arrow) implements Scene {
  public WheelScene {
    if (edges.size() < 2 || edges.size() != prizes.size()) {
      throw new IllegalArgumentException(
          "a wheel has as many edges as prizes, two or more, not %d and %d"
              .formatted(edges.size(), prizes.size()));
    }
    int smallest = edges.indexOf(java.util.Collections.min(edges));
    List<Integer> turned = new ArrayList<>(edges);
    java.util.Collections.rotate(turned, -smallest);
    List<String> turnedPrizes = new ArrayList<>(prizes);
    java.util.Collections.rotate(turnedPrizes, -smallest);
    for (int i = 1; i < turned.size(); i++) {
      if (turned.get(i) <= turned.get(i - 1)) {
        throw new IllegalArgumentException("the edges must go round clockwise once: " + edges);
      }
    }
    if (turned.getFirst() < 0 || turned.getLast() > 359 || arrow < 0 || arrow > 359) {
      throw new IllegalArgumentException("angles are 0 to 359 degrees");
    }
    edges = List.copyOf(turned);
    prizes = List.copyOf(turnedPrizes);
  }
}
