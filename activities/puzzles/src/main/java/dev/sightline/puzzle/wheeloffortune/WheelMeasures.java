package dev.sightline.puzzle.wheeloffortune;

import dev.sightline.puzzle.Question;
import java.util.Map;

/** What a question about a wheel costs: three steps a spin, one for each edge that passes. */
final class WheelMeasures {
  private static final int STEPS_PER_SPIN = 3;

  private WheelMeasures() {}

  static Map<String, Integer> of(WheelScene scene, Question question) {
    Spins spins = Spins.of(question);
    int crossed = WheelSolver.crossed(scene, spins.net());
    int whole = spins.degrees().stream().mapToInt(spin -> Math.abs(spin) / 360).sum();
    return Map.of(
        WheelOfFortuneFamily.STEPS,
        STEPS_PER_SPIN * spins.degrees().size() + crossed,
        "crossed",
        crossed,
        "margin",
        WheelSolver.margin(scene, spins.net()),
        "sectors",
        scene.edges().size(),
        "spins",
        spins.degrees().size(),
        "whole-turns",
        whole);
  }
}
