package dev.sightline.puzzle.nqueens;

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
import java.util.SplittableRandom;

/** Boards with missing queens in one configuration. */
final class ConfiguredNQueens extends SceneFamily<NQueensScene> {
  private static final String BOARD = "board";
  private static final int TRIES = 20_000;

  /** The least and greatest number of missing queens to try for each level. */
  private static final int[][] MISSING_OF_LEVEL = {{1, 2}, {2, 2}, {2, 3}, {3, 4}, {4, 6}};

  private final int size;
  private final int missing;

  ConfiguredNQueens(
      PuzzleFamily family, Map<String, Object> config, Selection selection, int size, int missing) {
    super(family, NQueensScene.class, config, selection, new Grammar(Section.cells(BOARD, ".Q")));
    this.size = size;
    this.missing = missing;
  }

  @Override
  protected Description describe(NQueensScene scene) {
    return Description.builder().board(BOARD, scene.lines()).build();
  }

  @Override
  protected NQueensScene compose(Description description) {
    return new NQueensScene(description.board(BOARD));
  }

  @Override
  protected NQueensScene canonical(NQueensScene scene) {
    List<String> first = scene.lines();
    int last = scene.size() - 1;
    for (int symmetry = 1; symmetry < 8; symmetry++) {
      List<String> lines = new ArrayList<>();
      for (int row = 0; row <= last; row++) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column <= last; column++) {
          int toRow = (symmetry & 1) != 0 ? last - row : row;
          int toColumn = (symmetry & 2) != 0 ? last - column : column;
          boolean turn = (symmetry & 4) != 0;
          line.append(scene.lines().get(turn ? toColumn : toRow).charAt(turn ? toRow : toColumn));
        }
        lines.add(line.toString());
      }
      if (String.join("", lines).compareTo(String.join("", first)) < 0) {
        first = lines;
      }
    }
    return new NQueensScene(first);
  }

  @Override
  protected Space countSpace() {
    return MeasuredSpace.of(this, BigInteger.ONE);
  }

  @Override
  protected boolean obeysRules(NQueensScene scene, Question question) {
    int gone = scene.size() - queens(scene);
    boolean sized =
        scene.size() >= NQueensFamily.SMALLEST
            && (size == 0 || scene.size() == size)
            && gone >= 1
            && gone <= NQueensFamily.MOST_MISSING
            && (missing == 0 || gone == missing);
    return sized && possible(scene).contains(question) && NQueensSolver.completions(scene, 2) == 1;
  }

  private static int queens(NQueensScene scene) {
    int queens = 0;
    for (String line : scene.lines()) {
      queens += line.length() - line.replace("Q", "").length();
    }
    return queens;
  }

  /** The questions that a board allows. */
  private static List<Question> possible(NQueensScene scene) {
    int gone = scene.size() - queens(scene);
    List<Question> questions = new ArrayList<>();
    if (gone == 2) {
      questions.add(Question.of(NQueensFamily.DISTANCE));
    } else if (gone > 2) {
      questions.add(Question.of(NQueensFamily.WALK));
    }
    for (int row = 0; row < scene.size(); row++) {
      if (!scene.lines().get(row).contains("Q")) {
        questions.add(Question.of(NQueensFamily.COLUMN).with("row", row + 1));
      }
    }
    return questions;
  }

  @Override
  public Puzzle draw(SeedTree seed) {
    return Drawing.until(
        seed,
        TRIES,
        random -> {
          Integer level = selection().level();
          boolean free = selection().measures().isEmpty() && size == 0 && missing == 0;
          int aim = selection().level(random);
          int[] range = MISSING_OF_LEVEL[aim - 1];
          int gone = missing > 0 ? missing : random.nextInt(range[0], range[1] + 1);
          int side = size > 0 ? size : NQueensGenerator.size(random);
          return NQueensGenerator.draw(side, gone, random)
              .map(scene -> new Puzzle(scene, choose(scene, random)))
              .filter(this::legal)
              .filter(puzzle -> level != null || !free || difficulty(puzzle).level() == aim);
        });
  }

  /** A kind drawn evenly among those wanted and possible, then a row. */
  private Question choose(NQueensScene scene, SplittableRandom random) {
    List<Question> possible = possible(scene);
    List<Question> wanted = possible.stream().filter(selection()::wants).toList();
    List<Question> from = wanted.isEmpty() ? possible : wanted;
    List<Question> columns =
        from.stream().filter(one -> one.kind().equals(NQueensFamily.COLUMN)).toList();
    List<Question> walks = from.stream().filter(one -> !columns.contains(one)).toList();
    List<Question> kind =
        columns.isEmpty() || (!walks.isEmpty() && random.nextBoolean()) ? walks : columns;
    return kind.get(random.nextInt(kind.size()));
  }

  @Override
  protected Question drawQuestion(NQueensScene scene, SeedTree seed) {
    return choose(scene, seed.random());
  }

  @Override
  protected String ask(NQueensScene scene, Question question) {
    int gone = scene.size() - queens(scene);
    String rules =
        ("On a board of %d rows and %d columns stand queens; %d more %s missing, so that there"
                + " will be one in each row. Place %s so that no two queens on the board share a"
                + " row, a column or a diagonal; there is exactly one way. ")
            .formatted(
                scene.size(),
                scene.size(),
                gone,
                gone == 1 ? "is" : "are",
                gone == 1 ? "it" : "them");
    return rules
        + switch (question.kind()) {
          case NQueensFamily.DISTANCE ->
              "The distance of two squares is the rows plus the columns from one to the other."
                  + " What is the distance between the two placed queens? Answer with a number.";
          case NQueensFamily.WALK ->
              "The distance of two squares is the rows plus the columns from one to the other."
                  + " Go from the uppermost placed queen to the next placed one below, and so on"
                  + " to the lowest. What is the sum of these distances? Answer with a number.";
          case NQueensFamily.COLUMN ->
              "Rows are counted from the top and columns from the left, both from 1. In which"
                  + " column does the queen of row "
                  + question.integer("row")
                  + " stand? Answer with a number.";
          default -> throw new IllegalArgumentException("no such kind: " + question.kind());
        };
  }

  @Override
  protected Optional<String> solve(NQueensScene scene, Question question) {
    return NQueensSolver.answer(scene, question);
  }

  @Override
  protected Optional<String> solveAgain(NQueensScene scene, Question question) {
    return NQueensReferenceSolver.answer(scene, question);
  }

  @Override
  public AnswerType answerType(Question question) {
    return AnswerType.INTEGER;
  }

  @Override
  protected List<WrongAnswer> mistakes(NQueensScene scene, Question question) {
    return NQueensMistakes.of(scene, question);
  }

  /** The place of a given queen, by its row or by its column. */
  @Override
  protected PerceptionQuestion look(NQueensScene scene, SeedTree seed) {
    SplittableRandom random = seed.random();
    boolean byRow = random.nextBoolean();
    List<int[]> queens = new ArrayList<>();
    for (int row = 0; row < scene.size(); row++) {
      for (int column = 0; column < scene.size(); column++) {
        if (scene.queen(row, column)) {
          queens.add(new int[] {row + 1, column + 1});
        }
      }
    }
    if (queens.isEmpty()) {
      return new PerceptionQuestion("How many queens are on the board?", "0", AnswerType.INTEGER);
    }
    int[] queen = queens.get(random.nextInt(queens.size()));
    return byRow
        ? new PerceptionQuestion(
            "In which column, counted from the left, is the queen of row %d, counted from the top?"
                .formatted(queen[0]),
            Integer.toString(queen[1]),
            AnswerType.INTEGER)
        : new PerceptionQuestion(
            "In which row, counted from the top, is the queen of column %d, counted from the left?"
                .formatted(queen[1]),
            Integer.toString(queen[0]),
            AnswerType.INTEGER);
  }

  @Override
  protected Difficulty measure(NQueensScene scene, Question question) {
    return family().difficultyScale().difficulty(NQueensMeasures.of(scene));
  }

  @Override
  protected Optional<String> sizeProblem(int width, int height) {
    return PictureSize.below(
        NQueensPainter.leastSide(),
        width,
        height,
        "are too few for boards of %d squares a side".formatted(NQueensScene.LARGEST));
  }

  @Override
  protected void paint(NQueensScene scene, Canvas canvas, Rendering rendering) {
    NQueensPainter.paint(scene, canvas, rendering);
  }
}
