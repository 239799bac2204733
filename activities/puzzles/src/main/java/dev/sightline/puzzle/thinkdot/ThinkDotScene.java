package dev.sightline.puzzle.thinkdot;

import dev.sightline.puzzle.Scene;

/**
 * The faces of the toy.
 *
 * @param faces eight characters, B blue or Y yellow: top left, centre, right; middle left, right;
 *     bottom left, centre, right
 */
public record ThinkDotScene(String faces) implements Scene {
  public ThinkDotScene {
    if (!faces.matches("[BY]{8}")) {
      throw new IllegalArgumentException("the toy has eight faces B or Y, not '" + faces + "'");
    }
  }
}
