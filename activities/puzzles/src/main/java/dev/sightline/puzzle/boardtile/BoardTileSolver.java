package dev.sightline.puzzle.boardtile;

import dev.sightline.puzzle.Question;
import java.util.Arrays;
import java.util.Optional;

/**
 * Dominoes as a matching of light with dark squares, enlarged by augmenting paths (Kuhn's way; by
 * Berge's theorem the matching is largest where no augmenting path is left).
 */
final class BoardTileSolver {
  private static final int[] DOWN = {-1, 0, 0, 1};
  private static final int[] RIGHT = {0, -1, 1, 0};

  private final BoardTileScene scene;

  /** The dark square that a light one lies with, and the other way round; -1 for none. */
  private final int[] partner;

  private final int[] visited;
  private int round;

  private BoardTileSolver(BoardTileScene scene) {
    this.scene = scene;
    this.partner = new int[scene.rows() * scene.columns()];
    this.visited = new int[partner.length];
    Arrays.fill(partner, -1);
  }

  static Optional<String> answer(BoardTileScene scene, Question question) {
    int dominoes = dominoes(scene);
    return switch (question.kind()) {
      case BoardTileFamily.TILEABLE -> {
        int left = 0;
        for (String line : scene.lines()) {
          left += (int) line.chars().filter(square -> square == BoardTileScene.LEFT).count();
        }
        yield Optional.of(2 * dominoes == left ? "Yes" : "No");
      }
      case BoardTileFamily.MOST -> Optional.of(Integer.toString(dominoes));
      default -> Optional.empty();
    };
  }

  /** The greatest number of dominoes that fit. */
  static int dominoes(BoardTileScene scene) {
    BoardTileSolver solver = new BoardTileSolver(scene);
    int dominoes = 0;
    for (int square = 0; square < solver.partner.length; square++) {
      int row = square / scene.columns();
      int column = square % scene.columns();
      if ((row + column) % 2 == 0 && scene.left(row, column)) {
        solver.round++;
        dominoes += solver.place(square) ? 1 : 0;
      }
    }
    return dominoes;
  }

  /** Finds the light square a partner, moving others to theirs where that makes room. */
  private boolean place(int light) {
    int row = light / scene.columns();
    int column = light % scene.columns();
    for (int way = 0; way < DOWN.length; way++) {
      int toRow = row + DOWN[way];
      int toColumn = column + RIGHT[way];
      if (toRow < 0
          || toRow >= scene.rows()
          || toColumn < 0
          || toColumn >= scene.columns()
          || !scene.left(toRow, toColumn)) {
        continue;
      }
      int dark = toRow * scene.columns() + toColumn;
      if (visited[dark] == round) {
        continue;
      }
      visited[dark] = round;
      if (partner[dark] < 0 || place(partner[dark])) {
        partner[dark] = light;
        partner[light] = dark;
        return true;
      }
    }
    return false;
  }
}
