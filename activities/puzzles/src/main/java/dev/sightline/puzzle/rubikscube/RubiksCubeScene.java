package dev.sightline.puzzle.rubikscube;

import dev.sightline.puzzle.Scene;

/**
 * The 54 stickers of a cube.
 *
 * @param stickers one letter each (R, G, B, Y, O, and A for grey): the faces up, left, front,
 *     right, back and down, each row by row as seen from outside; the lowest row of up and the
 *     highest of down touch the front
 */
public record RubiksCubeScene(String stickers) implements Scene {
  static final String LETTERS = "RGBYOA";

  public RubiksCubeScene {
    if (stickers.length() != 54) {
      throw new IllegalArgumentException("a cube has 54 stickers, not " + stickers.length());
    }
    for (int i = 0; i < stickers.length(); i++) {
      if (LETTERS.indexOf(stickers.charAt(i)) < 0) {
        throw new IllegalArgumentException(
            "a sticker is one of " + LETTERS + ", not '" + stickers.charAt(i) + "'");
      }
    }
  }
}
