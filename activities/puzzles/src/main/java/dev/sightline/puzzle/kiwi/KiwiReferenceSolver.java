package dev.sightline.puzzle.kiwi;

import java.util.OptionalInt;

/**
 * Minutes by playing the board forward: the set of rotten fruits is a 64-bit word that spreads by
 * shifts. Shares nothing with {@link KiwiSolver}, so that one checks the other.
 */
final class KiwiReferenceSolver {
  private KiwiReferenceSolver() {}

  static OptionalInt minutes(KiwiScene scene) {
    long fresh = 0;
    long rotten = 0;
    long leftColumn = 0;
    long rightColumn = 0;
    int index = 0;
    for (int row = 0; row < scene.rows(); row++) {
      leftColumn |= 1L << index;
      for (int column = 0; column < scene.columns(); column++, index++) {
        switch (scene.at(row, column)) {
          case 'F' -> fresh |= 1L << index;
          case 'R' -> rotten |= 1L << index;
          default -> {}
        }
      }
      rightColumn |= 1L << (index - 1);
    }
    int minutes = 0;
    while (fresh != 0) {
      long spread =
          (rotten << scene.columns())
              | (rotten >>> scene.columns())
              | ((rotten & ~rightColumn) << 1)
              | ((rotten & ~leftColumn) >>> 1);
      long turned = spread & fresh;
      if (turned == 0) {
        return OptionalInt.empty();
      }
      rotten |= turned;
      fresh &= ~turned;
      minutes++;
    }
    return OptionalInt.of(minutes);
  }
}
