package dev.sightline.puzzle.boardtile;

import dev.sightline.puzzle.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Draws boards. Where colours must not decide, holes go round a set of squares of one colour: with
 * fewer neighbours left than the set has squares, no tiling exists (Hall's condition); with just as
 * many, there may be one, and the picture looks alike.
 */
final class BoardTileGenerator {
  /** Sizes that are asked for; 0 where they are free. */
  record Sizes(int rows, int columns, int holes) {
    boolean free() {
      return rows == 0 && columns == 0 && holes == 0;
    }
  }

  private record Shape(int rows, int columns, int holes) {}

  private static final int SHAPE_TRIES = 400;
  private static final int HOLE_TRIES = 40;

  private final Sizes sizes;

  BoardTileGenerator(Sizes sizes) {
    this.sizes = sizes;
  }

  /**
   * One try.
   *
   * @param effort the wanted least and greatest effort
   */
  Optional<BoardTileScene> draw(SplittableRandom random, String kind, Selection.Range effort) {
    boolean most = kind.equals(BoardTileFamily.MOST);
    Optional<Shape> drawn = shape(random, most, effort);
    if (drawn.isEmpty()) {
      return Optional.empty();
    }
    Shape shape = drawn.get();
    // The answer is drawn before the board, so that no shape goes with one answer.
    boolean yes = random.nextBoolean();
    for (int i = 0; i < HOLE_TRIES; i++) {
      Optional<BoardTileScene> scene =
          shape.holes() <= 2 ? scattered(shape, random) : around(shape, yes, most, random);
      if (scene.isEmpty()) {
        continue;
      }
      BoardTileMeasures measures = BoardTileMeasures.of(scene.get());
      boolean right = most || (measures.left() % 2 == 0 && (measures.uncovered() == 0) == yes);
      if (right && measures.holes() <= BoardTileFamily.MOST_HOLES) {
        return scene;
      }
    }
    return Optional.empty();
  }

  private Optional<Shape> shape(SplittableRandom random, boolean most, Selection.Range effort) {
    for (int i = 0; i < SHAPE_TRIES; i++) {
      int rows = sizes.rows() > 0 ? sizes.rows() : side(random);
      int columns = sizes.columns() > 0 ? sizes.columns() : side(random);
      int area = rows * columns;
      int holes = sizes.holes() > 0 ? sizes.holes() : random.nextInt(1, 13);
      boolean slender =
          sizes.rows() == 0
              && sizes.columns() == 0
              && Math.max(rows, columns) > 2 * Math.min(rows, columns) + 1;
      // On a board of even area one hole leaves an odd number, which no tiling covers.
      boolean odd = !most && (area - holes) % 2 != 0;
      boolean crowded = sizes.holes() == 0 && holes > 2 && holes > area / 3;
      // Small boards with few holes are few: they are drawn less often, or they would repeat.
      boolean few = sizes.free() && random.nextInt(40) > (holes <= 2 ? holes * area / 4 : area);
      if (slender || odd || crowded || few) {
        continue;
      }
      int about = BoardTileMeasures.effort(area - holes, holes, holes > 2);
      if (about >= effort.least() - 4 && about <= effort.greatest() + 4) {
        return Optional.of(new Shape(rows, columns, holes));
      }
    }
    return Optional.empty();
  }

  private static int side(SplittableRandom random) {
    return random.nextInt(BoardTileFamily.SMALLEST_SIDE, BoardTileScene.LARGEST_SIDE + 1);
  }

  private static Optional<BoardTileScene> scattered(Shape shape, SplittableRandom random) {
    Board board = new Board(shape);
    board.cutAnywhere(shape.holes(), random);
    return Optional.of(board.scene());
  }

  private static Optional<BoardTileScene> around(
      Shape shape, boolean yes, boolean most, SplittableRandom random) {
    Board board = new Board(shape);
    if (random.nextInt(4) > 0) {
      board.enclose(random.nextInt(1, 7), yes, shape.holes(), random);
    }
    int balance = most ? random.nextInt(-1, 2) : 0;
    return board.fill(shape.holes(), balance, random)
        ? Optional.of(board.scene())
        : Optional.empty();
  }

  /** A board that is being cut. */
  private static final class Board {
    private final int rows;
    private final int columns;
    private final boolean[] cut;
    private final boolean[] kept;

    Board(Shape shape) {
      this.rows = shape.rows();
      this.columns = shape.columns();
      this.cut = new boolean[rows * columns];
      this.kept = new boolean[cut.length];
    }

    void cutAnywhere(int holes, SplittableRandom random) {
      for (int made = 0; made < holes; ) {
        int at = random.nextInt(cut.length);
        made += cut[at] ? 0 : 1;
        cut[at] = true;
      }
    }

    /**
     * Cuts neighbours of a set of squares of one colour until it has too few left, or just enough.
     */
    void enclose(int size, boolean enough, int mostHoles, SplittableRandom random) {
      List<Integer> set = new ArrayList<>();
      // Corners and edges have fewer neighbours, so that fewer holes do it.
      int row = random.nextInt(3) > 0 ? random.nextInt(2) * (rows - 1) : random.nextInt(rows);
      int column =
          random.nextInt(3) > 0 ? random.nextInt(2) * (columns - 1) : random.nextInt(columns);
      set.add(row * columns + column);
      for (int tries = 0; set.size() < size && tries < 40; tries++) {
        int from = set.get(random.nextInt(set.size()));
        int toRow = from / columns + random.nextInt(-1, 2) * (random.nextInt(3) == 0 ? 2 : 1);
        int toColumn = from % columns + random.nextInt(-1, 2);
        int to = toRow * columns + toColumn;
        boolean inside = toRow >= 0 && toRow < rows && toColumn >= 0 && toColumn < columns;
        if (inside && colour(to) == colour(set.getFirst()) && !set.contains(to)) {
          set.add(to);
        }
      }
      List<Integer> around = new ArrayList<>();
      for (int square : set) {
        kept[square] = true;
        for (int next : neighbours(square)) {
          if (!around.contains(next)) {
            around.add(next);
          }
        }
      }
      int leave = enough ? set.size() : set.size() - 1;
      int cuts = Math.min(Math.max(0, around.size() - leave), (mostHoles + 1) / 2);
      for (int i = 0; i < cuts; i++) {
        cut[around.remove(random.nextInt(around.size()))] = true;
      }
      around.forEach(square -> kept[square] = true);
    }

    /**
     * Cuts further squares until there are so many holes and the colours differ by so much.
     *
     * @return false where that does not come out
     */
    boolean fill(int holes, int balance, SplittableRandom random) {
      int made = 0;
      int difference = 0;
      for (int square = 0; square < cut.length; square++) {
        made += cut[square] ? 1 : 0;
        difference += cut[square] ? 0 : colour(square) == 0 ? 1 : -1;
      }
      for (int tries = 0; tries < 200; tries++) {
        int off = difference - balance;
        if (made >= holes && off == 0) {
          return true;
        }
        if (made >= holes + 2) {
          return false;
        }
        int at = random.nextInt(cut.length);
        int change = colour(at) == 0 ? -1 : 1;
        boolean useful = off == 0 || Integer.signum(off) != Integer.signum(change);
        if (!cut[at] && !kept[at] && useful && (off != 0 || made < holes)) {
          cut[at] = true;
          made++;
          difference += change;
        }
      }
      return false;
    }

    private int colour(int square) {
      return (square / columns + square % columns) % 2;
    }

    private List<Integer> neighbours(int square) {
      List<Integer> out = new ArrayList<>(4);
      int row = square / columns;
      int column = square % columns;
      if (row > 0) {
        out.add(square - columns);
      }
      if (column > 0) {
        out.add(square - 1);
      }
      if (column < columns - 1) {
        out.add(square + 1);
      }
      if (row < rows - 1) {
        out.add(square + columns);
      }
      return out;
    }

    BoardTileScene scene() {
      String[] lines = new String[rows];
      for (int row = 0; row < rows; row++) {
        char[] line = new char[columns];
        for (int column = 0; column < columns; column++) {
          line[column] = cut[row * columns + column] ? BoardTileScene.CUT : BoardTileScene.LEFT;
        }
        lines[row] = new String(line);
      }
      return new BoardTileScene(Arrays.asList(lines));
    }
  }
}
