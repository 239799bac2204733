package dev.sightline.statistics.badexample;

import dev.sightline.puzzle.PuzzleFamilies;
import java.util.List;

/** Breaks an arrow on purpose: statistics stand on nothing of ours. */
public final class KnowsPuzzles {
  private KnowsPuzzles() {}

  public static List<String> names() {
    return List.copyOf(PuzzleFamilies.names());
  }
}
