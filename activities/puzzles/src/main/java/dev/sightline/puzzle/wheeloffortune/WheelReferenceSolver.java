package dev.sightline.puzzle.wheeloffortune;

import dev.sightline.puzzle.Question;
import java.util.Optional;

/** A ring of 360 slots of one degree, each with its sector's number, turned slot by slot. */
final class WheelReferenceSolver {
  private WheelReferenceSolver() {}

  static Optional<String> prize(WheelScene scene, Question question) {
    int[] ring = new int[360];
    for (int i = 0; i < scene.edges().size(); i++) {
      int end = scene.edges().get((i + 1) % scene.edges().size());
      for (int slot = scene.edges().get(i); slot != end; slot = (slot + 1) % 360) {
        ring[slot] = i;
      }
    }
    for (String spin : question.text("spins").split(" ")) {
      int degrees = Integer.parseInt(spin);
      for (int i = 0; i < Math.abs(degrees) % 360; i++) {
        turnByOne(ring, degrees > 0);
      }
    }
    int after = ring[scene.arrow()];
    int before = ring[(scene.arrow() + 359) % 360];
    return before == after ? Optional.of(scene.prizes().get(after)) : Optional.empty();
  }

  private static void turnByOne(int[] ring, boolean clockwise) {
    if (clockwise) {
      int last = ring[359];
      System.arraycopy(ring, 0, ring, 1, 359);
      ring[0] = last;
    } else {
      int first = ring[0];
      System.arraycopy(ring, 1, ring, 0, 359);
      ring[359] = first;
    }
  }
}
