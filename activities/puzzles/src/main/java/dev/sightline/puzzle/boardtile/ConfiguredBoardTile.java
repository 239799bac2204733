package dev.sightline.puzzle.boardtile;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.Difficulty;
import dev.sightline.puzzle.Drawing;
import dev.sightline.puzzle.MeasuredSpace;
import dev.sightline.puzzle.PerceptionQuestion;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.SceneFamily;
import dev.sightline.puzzle.Selection;
import dev.sightline.puzzle.Space;
import dev.sightline.puzzle.WrongAnswer;
import dev.sightline.puzzle.description.Description;
import dev.sightline.puzzle.description.Grammar;
import dev.sightline.puzzle.description.Section;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.PictureSize;
import dev.sightline.puzzle.render.Rendering;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Boards with holes in one configuration. */
final class ConfiguredBoardTile extends SceneFamily<BoardTileScene> {
  private static final String BOARD = "board";
  private static final int TRIES = 4000;
  private static final int EFFORT_LIMIT = 200;

  private final BoardTileGenerator.Sizes sizes;
  private final BoardTileGenerator generator;
  private final List<String> kinds;

  ConfiguredBoardTile(
      PuzzleFamily family,
      Map<String, Object> config,
      Selection selection,
      BoardTileGenerator.Sizes sizes) {
    super(family, BoardTileScene.class, config, selection, new Grammar(Section.cells(BOARD, ".#")));
    this.sizes = sizes;
    this.generator = new BoardTileGenerator(sizes);
    this.kinds = family.questionKinds().stream().filter(selection.questions()::contains).toList();
  }

  @Override
  protected Description describe(BoardTileScene scene) {
    return Description.builder().board(BOARD, scene.lines()).build();
  }

  @Override
  protected BoardTileScene compose(Description description) {
    return new BoardTileScene(description.board(BOARD));
  }

  @Override
  protected BoardTileScene canonical(BoardTileScene scene) {
    BoardTileScene first = null;
    String text = "";
    for (int symmetry = 0; symmetry < 8; symmetry++) {
      boolean turn = (symmetry & 4) != 0;
      int rows = turn ? scene.columns() : scene.rows();
      int columns = turn ? scene.rows() : scene.columns();
      List<String> lines = new ArrayList<>();
      for (int row = 0; row < rows; row++) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < columns; column++) {
          int toRow = (symmetry & 1) != 0 ? rows - 1 - row : row;
          int toColumn = (symmetry & 2) != 0 ? columns - 1 - column : column;
          line.append(scene.lines().get(turn ? toColumn : toRow).charAt(turn ? toRow : toColumn));
        }
        lines.add(line.toString());
      }
      String candidate = String.join("/", lines);
      if (first == null || candidate.compareTo(text) < 0) {
        first = new BoardTileScene(lines);
        text = candidate;
      }
    }
    return first == null ? scene : first;
  }

  @Override
  protected Space countSpace() {
    return MeasuredSpace.of(this, BigInteger.ONE);
  }

  @Override
  protected boolean obeysRules(BoardTileScene scene, Question question) {
    BoardTileMeasures measures = BoardTileMeasures.of(scene);
    boolean fits =
        (sizes.rows() == 0 || sizes.rows() == scene.rows())
            && (sizes.columns() == 0 || sizes.columns() == scene.columns())
            && (sizes.holes() == 0 || Math.abs(sizes.holes() - measures.holes()) <= 2)
            && measures.holes() >= 1
            && measures.holes() <= BoardTileFamily.MOST_HOLES
            && measures.left() >= 2;
    boolean evenWhereAsked =
        measures.left() % 2 == 0 || question.kind().equals(BoardTileFamily.MOST);
    return fits && evenWhereAsked && question.parameters().isEmpty();
  }

  @Override
  public Puzzle draw(SeedTree seed) {
    return Drawing.until(
        seed,
        TRIES,
        random -> {
          String kind = kinds.get(random.nextInt(kinds.size()));
          Selection.Range effort = effort(random);
          return generator
              .draw(random, kind, effort)
              .map(scene -> new Puzzle(scene, Question.of(kind)))
              .filter(this::legal);
        });
  }

  /** The efforts of the wanted level, of a level drawn evenly, or any where sizes are given. */
  private Selection.Range effort(SplittableRandom random) {
    Integer wanted = selection().level();
    if (wanted == null && !(sizes.free() && selection().measures().isEmpty())) {
      return new Selection.Range(0, EFFORT_LIMIT);
    }
    int level = selection().level(random);
    return family().difficultyScale().range(level, 0, EFFORT_LIMIT);
  }

  @Override
  protected Question drawQuestion(BoardTileScene scene, SeedTree seed) {
    boolean odd = BoardTileMeasures.of(scene).left() % 2 != 0;
    List<String> possible =
        kinds.stream().filter(kind -> !odd || kind.equals(BoardTileFamily.MOST)).toList();
    List<String> from = possible.isEmpty() ? kinds : possible;
    return Question.of(from.get(seed.random().nextInt(from.size())));
  }

  @Override
  protected String ask(BoardTileScene scene, Question question) {
    String rules =
        ("The board has %d rows and %d columns. The pale squares without a colour have been cut"
                + " out; the coloured ones, light and dark, are left."
                + " A domino covers two squares that share a side and are both left."
                + " No square may be covered twice. ")
            .formatted(scene.rows(), scene.columns());
    return rules
        + (question.kind().equals(BoardTileFamily.MOST)
            ? "What is the greatest number of dominoes that fit on the board? Answer with a number."
            : "Can dominoes cover all the squares that are left? Answer Yes or No.");
  }

  @Override
  protected Optional<String> solve(BoardTileScene scene, Question question) {
    return BoardTileSolver.answer(scene, question);
  }

  @Override
  protected Optional<String> solveAgain(BoardTileScene scene, Question question) {
    return BoardTileReferenceSolver.answer(scene, question);
  }

  @Override
  public AnswerType answerType(Question question) {
    return question.kind().equals(BoardTileFamily.MOST) ? AnswerType.INTEGER : AnswerType.WORD;
  }

  @Override
  protected List<WrongAnswer> mistakes(BoardTileScene scene, Question question) {
    return BoardTileMistakes.of(scene, question);
  }

  /** Counts the holes of a line, or finds the first hole of one; the answer is drawn first. */
  @Override
  protected PerceptionQuestion look(BoardTileScene scene, SeedTree seed) {
    SplittableRandom random = seed.random();
    boolean ofRows = random.nextBoolean();
    boolean counting = random.nextBoolean();
    SortedMap<Integer, List<Integer>> linesByAnswer = new TreeMap<>();
    int lines = ofRows ? scene.rows() : scene.columns();
    int along = ofRows ? scene.columns() : scene.rows();
    for (int line = 0; line < lines; line++) {
      int holes = 0;
      int first = 0;
      for (int i = 0; i < along; i++) {
        boolean left = ofRows ? scene.left(line, i) : scene.left(i, line);
        holes += left ? 0 : 1;
        first = first == 0 && !left ? i + 1 : first;
      }
      if (counting || holes > 0) {
        linesByAnswer.computeIfAbsent(counting ? holes : first, key -> new ArrayList<>()).add(line);
      }
    }
    if (linesByAnswer.isEmpty()) {
      return new PerceptionQuestion("How many squares are cut out?", "0", AnswerType.INTEGER);
    }
    Map.Entry<Integer, Integer> drawn = Drawing.answerFirst(linesByAnswer, random);
    int place = drawn.getValue() + 1;
    String text;
    if (counting) {
      text = "How many squares are cut out of %s %d?".formatted(ofRows ? "row" : "column", place);
    } else {
      text =
          ofRows
              ? "In which column is the leftmost square that is cut out of row " + place + "?"
              : "In which row is the topmost square that is cut out of column " + place + "?";
    }
    return new PerceptionQuestion(text, Integer.toString(drawn.getKey()), AnswerType.INTEGER);
  }

  @Override
  protected Difficulty measure(BoardTileScene scene, Question question) {
    BoardTileMeasures measures = BoardTileMeasures.of(scene);
    return family()
        .difficultyScale()
        .difficulty(
            Map.of(
                "effort", measures.effort(question.kind().equals(BoardTileFamily.MOST)),
                "squares", measures.left(),
                "holes", measures.holes(),
                "uncovered", measures.uncovered()));
  }

  @Override
  protected Optional<String> sizeProblem(int width, int height) {
    return PictureSize.below(
        BoardTilePainter.leastSide(),
        width,
        height,
        "are too few for boards of %d squares a side".formatted(BoardTileScene.LARGEST_SIDE));
  }

  @Override
  protected void paint(BoardTileScene scene, Canvas canvas, Rendering rendering) {
    BoardTilePainter.paint(scene, canvas, rendering);
  }
}
