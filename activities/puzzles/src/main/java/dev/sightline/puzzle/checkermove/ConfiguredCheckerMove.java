package dev.sightline.puzzle.checkermove;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.Difficulty;
import dev.sightline.puzzle.MeasuredSpace;
import dev.sightline.puzzle.PerceptionQuestion;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.SceneFamily;
import dev.sightline.puzzle.Selection;
import dev.sightline.puzzle.Selection.Range;
import dev.sightline.puzzle.Space;
import dev.sightline.puzzle.WrongAnswer;
import dev.sightline.puzzle.description.Description;
import dev.sightline.puzzle.description.Grammar;
import dev.sightline.puzzle.description.Section;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Rendering;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** Checker move in one configuration. */
final class ConfiguredCheckerMove extends SceneFamily<CheckerScene> {
  static final Set<String> MEASURES = Set.of("moves", "squares", "jumps", "searched");

  private static final Question QUESTION = Question.of(CheckerMoveFamily.MOVES);
  private static final int TRIES = 10_000;

  private final int leastLength;
  private final int greatestLength;
  private final int mostEmpty;

  ConfiguredCheckerMove(
      PuzzleFamily family,
      Map<String, Object> config,
      Selection selection,
      int leastLength,
      int greatestLength,
      int mostEmpty) {
    super(
        family,
        CheckerScene.class,
        config,
        selection,
        new Grammar(Section.cells("start", "GR_"), Section.cells("end", "GR_")));
    this.leastLength = leastLength;
    this.greatestLength = greatestLength;
    this.mostEmpty = mostEmpty;
  }

  @Override
  protected Description describe(CheckerScene scene) {
    return Description.builder()
        .board("start", List.of(scene.start()))
        .board("end", List.of(scene.end()))
        .build();
  }

  @Override
  protected CheckerScene compose(Description description) {
    return new CheckerScene(description.line("start"), description.line("end"));
  }

  /**
   * Seen in a mirror with the colours exchanged; or played backwards, which exchanges start and end
   * and either the colours or left and right.
   */
  @Override
  protected CheckerScene canonical(CheckerScene scene) {
    String start = scene.start();
    String end = scene.end();
    String best = start + end;
    for (String form :
        List.of(
            exchanged(mirrored(start)) + exchanged(mirrored(end)),
            exchanged(end) + exchanged(start),
            mirrored(end) + mirrored(start))) {
      best = form.compareTo(best) < 0 ? form : best;
    }
    return new CheckerScene(best.substring(0, start.length()), best.substring(start.length()));
  }

  private static String mirrored(String row) {
    return new StringBuilder(row).reverse().toString();
  }

  private static String exchanged(String row) {
    return row.replace('G', 'x').replace('R', 'G').replace('x', 'R');
  }

  @Override
  protected Space countSpace() {
    return MeasuredSpace.of(this, BigInteger.ONE);
  }

  @Override
  protected boolean obeysRules(CheckerScene scene, Question question) {
    int empty = count(scene.start(), '_');
    return scene.squares() >= leastLength
        && scene.squares() <= greatestLength
        && empty >= 1
        && empty <= mostEmpty
        && count(scene.start(), 'G') >= 1
        && count(scene.start(), 'R') >= 1
        && !scene.start().equals(scene.end())
        && CheckerSolver.solve(scene).isPresent();
  }

  private static int count(String row, char square) {
    return (int) row.chars().filter(one -> one == square).count();
  }

  @Override
  protected Question drawQuestion(CheckerScene scene, SeedTree seed) {
    return QUESTION;
  }

  @Override
  public Puzzle draw(SeedTree seed) {
    return draw(seed, TRIES, QUESTION, this::attempt);
  }

  private Optional<CheckerScene> attempt(SplittableRandom random) {
    int level = selection().level(random);
    // The longer of two lengths: short rows have few plays, which would repeat.
    int length =
        Math.max(
            random.nextInt(leastLength, greatestLength + 1),
            random.nextInt(leastLength, greatestLength + 1));
    int empty = random.nextInt(1, Math.min(mostEmpty, length - 2) + 1);
    Range moves =
        selection()
            .aim(CheckerMoveFamily.SCALE, level, 1, CheckerGenerator.mostMoves(length, empty));
    return moves.isEmpty() ? Optional.empty() : CheckerGenerator.draw(length, empty, moves, random);
  }

  @Override
  protected String ask(CheckerScene scene, Question question) {
    return """
        The picture shows a row of %d squares twice: the start above and the end below. \
        Its checkers are %d green and %d red; the other squares are empty. \
        Green checkers move only to the right, red ones only to the left. \
        A move is either a slide onto the next square, if it is empty, or a jump over exactly one \
        checker of the other colour onto the empty square behind it. Nothing is removed. \
        How many moves lead from the start to the end? \
        Answer with a whole number."""
        .formatted(scene.squares(), count(scene.start(), 'G'), count(scene.start(), 'R'));
  }

  @Override
  public AnswerType answerType(Question question) {
    return AnswerType.INTEGER;
  }

  @Override
  protected Optional<String> solve(CheckerScene scene, Question question) {
    return CheckerSolver.solve(scene).map(solution -> Integer.toString(solution.moves()));
  }

  @Override
  protected Optional<String> solveAgain(CheckerScene scene, Question question) {
    var moves = CheckerReferenceSolver.moves(scene);
    return moves.isPresent() ? Optional.of(Integer.toString(moves.getAsInt())) : Optional.empty();
  }

  @Override
  protected List<WrongAnswer> mistakes(CheckerScene scene, Question question) {
    int green = count(scene.start(), 'G');
    int red = count(scene.start(), 'R');
    int greenWay = way(scene, 'G');
    int redWay = way(scene, 'R');
    int different = 0;
    for (int i = 0; i < scene.squares(); i++) {
      different += scene.start().charAt(i) == scene.end().charAt(i) ? 0 : 1;
    }
    List<WrongAnswer> wrong = new ArrayList<>();
    CheckerSolver.solve(scene)
        .ifPresent(
            solution -> {
              wrong.add(wrong("off-by-one-up", solution.moves() + 1));
              wrong.add(wrong("off-by-one-down", Math.max(1, solution.moves() - 1)));
            });
    wrong.add(wrong("a-jump-counts-two", greenWay + redWay));
    wrong.add(wrong("one-colour-only", Math.max(1, Math.max(greenWay, redWay))));
    wrong.add(wrong("squares-that-differ", different));
    wrong.add(wrong("whole-swap-formula", green * red + green + red));
    return wrong;
  }

  private static WrongAnswer wrong(String procedure, int moves) {
    return new WrongAnswer(procedure, Integer.toString(moves));
  }

  /** Squares that the checkers of a colour go in all. */
  private static int way(CheckerScene scene, char colour) {
    int way = 0;
    for (int i = 0; i < scene.squares(); i++) {
      way += scene.end().charAt(i) == colour ? i : 0;
      way -= scene.start().charAt(i) == colour ? i : 0;
    }
    return Math.abs(way);
  }

  /** Half ask what is on a square (content drawn first), half where a checker of a colour is. */
  @Override
  protected PerceptionQuestion look(CheckerScene scene, SeedTree seed) {
    SplittableRandom random = seed.random();
    boolean above = random.nextBoolean();
    String row = above ? scene.start() : scene.end();
    String name = above ? "start (above)" : "end (below)";
    if (random.nextBoolean()) {
      char content = "GR_".charAt(random.nextInt(3));
      while (row.indexOf(content) < 0) {
        content = "GR_".charAt(random.nextInt(3));
      }
      List<Integer> squares = new ArrayList<>();
      for (int i = 0; i < row.length(); i++) {
        if (row.charAt(i) == content) {
          squares.add(i + 1);
        }
      }
      return new PerceptionQuestion(
          "In the %s, what is on square %d, counted from the left? Answer with green, red or empty."
              .formatted(name, squares.get(random.nextInt(squares.size()))),
          content == 'G' ? "green" : content == 'R' ? "red" : "empty",
          AnswerType.WORD);
    }
    int square = random.nextInt(row.length());
    while (row.charAt(square) == '_' && count(row, '_') < row.length()) {
      square = random.nextInt(row.length());
    }
    char colour = row.charAt(square);
    int rank = count(row.substring(0, square + 1), colour);
    String noun = colour == 'G' ? "green checker" : colour == 'R' ? "red checker" : "empty square";
    return new PerceptionQuestion(
        "In the %s, on which square is %s number %d? Count both from the left, beginning with 1. Answer with a whole number."
            .formatted(name, noun, rank),
        Integer.toString(square + 1),
        AnswerType.INTEGER);
  }

  @Override
  protected Difficulty measure(CheckerScene scene, Question question) {
    Optional<CheckerSolver.Solution> solution = CheckerSolver.solve(scene);
    int moves = solution.map(CheckerSolver.Solution::moves).orElse(0);
    return CheckerMoveFamily.SCALE.difficulty(
        Map.of(
            "moves", moves,
            "squares", scene.squares(),
            "jumps", Math.max(0, way(scene, 'G') + way(scene, 'R') - moves),
            "searched", solution.map(CheckerSolver.Solution::searched).orElse(0)));
  }

  @Override
  protected int background(Rendering rendering) {
    return rendering.background().tone();
  }

  @Override
  protected Optional<String> sizeProblem(int width, int height) {
    return CheckerPainter.sizeProblem(greatestLength, width, height);
  }

  @Override
  protected void paint(CheckerScene scene, Canvas canvas, Rendering rendering) {
    CheckerPainter.paint(scene, canvas, rendering);
  }
}
