package dev.sightline.puzzle.numberslide;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.Difficulty;
import dev.sightline.puzzle.Drawing;
import dev.sightline.puzzle.MeasuredSpace;
import dev.sightline.puzzle.PerceptionQuestion;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.SceneFamily;
import dev.sightline.puzzle.Selection;
import dev.sightline.puzzle.Space;
import dev.sightline.puzzle.WrongAnswer;
import dev.sightline.puzzle.description.Description;
import dev.sightline.puzzle.description.Grammar;
import dev.sightline.puzzle.description.Section;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Rendering;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

final class ConfiguredNumberSlide extends SceneFamily<NumberSlideScene> {
  private static final int TRIES = 2000;
  private static final Grammar GRAMMAR =
      new Grammar(Section.numbers("board", 0, NumberSlideScene.GREATEST));

  private final NumberSlideFamily family;
  private final Optional<Integer> size;

  ConfiguredNumberSlide(
      NumberSlideFamily family,
      Map<String, Object> config,
      Selection selection,
      Optional<Integer> size) {
    super(family, NumberSlideScene.class, config, selection, GRAMMAR);
    this.family = family;
    this.size = size;
  }

  @Override
  public AnswerType answerType(Question question) {
    return AnswerType.INTEGER;
  }

  @Override
  public Puzzle draw(SeedTree seed) {
    return Drawing.until(seed, TRIES, this::attempt);
  }

  /**
   * Every board admits a question about positions of every level, so that boards come out uniformly
   * within a size where these may be asked.
   */
  private Optional<Puzzle> attempt(SplittableRandom random) {
    NumberSlideScene scene = NumberSlideGenerator.board(random, size);
    int level = selection().wantedLevel().orElse(random.nextInt(1, Difficulty.LEVELS + 1));
    return NumberSlideGenerator.question(scene, random, selection(), Optional.of(level), family)
        .filter(question -> wanted(scene, question))
        .map(question -> new Puzzle(scene, question));
  }

  @Override
  protected Question drawQuestion(NumberSlideScene scene, SeedTree seed) {
    return Drawing.until(
        seed,
        TRIES,
        random ->
            NumberSlideGenerator.question(scene, random, selection(), Optional.empty(), family));
  }

  @Override
  protected Description describe(NumberSlideScene scene) {
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < scene.size(); row++) {
      List<String> cells = new ArrayList<>();
      for (int column = 0; column < scene.size(); column++) {
        cells.add(Integer.toString(scene.at(row, column)));
      }
      rows.add(cells);
    }
    return Description.builder().rows("board", rows).build();
  }

  @Override
  protected NumberSlideScene compose(Description description) {
    List<List<String>> rows = description.rows("board");
    List<Integer> cells = new ArrayList<>();
    for (List<String> row : rows) {
      if (row.size() != rows.size()) {
        throw new IllegalArgumentException("the board must be square");
      }
      row.forEach(cell -> cells.add(Integer.parseInt(cell)));
    }
    return new NumberSlideScene(rows.size(), cells);
  }

  /** The first of the eight rotations and reflections by the order of the numbers. */
  @Override
  protected NumberSlideScene canonical(NumberSlideScene scene) {
    int last = scene.size() - 1;
    List<Integer> best = scene.cells();
    for (int symmetry = 1; symmetry < 8; symmetry++) {
      List<Integer> turned = new ArrayList<>();
      for (int row = 0; row <= last; row++) {
        for (int column = 0; column <= last; column++) {
          int r = (symmetry & 1) == 0 ? row : last - row;
          int c = (symmetry & 2) == 0 ? column : last - column;
          turned.add((symmetry & 4) == 0 ? scene.at(r, c) : scene.at(c, r));
        }
      }
      best = earlier(turned, best) ? turned : best;
    }
    return new NumberSlideScene(scene.size(), best);
  }

  private static boolean earlier(List<Integer> one, List<Integer> other) {
    for (int i = 0; i < one.size(); i++) {
      if (!one.get(i).equals(other.get(i))) {
        return one.get(i) < other.get(i);
      }
    }
    return false;
  }

  /**
   * No board is its own image under a symmetry, so that n*n places give (n*n)!/8 forms, all equally
   * likely. Over several sizes the chance that two draws agree is the sum of share squared over
   * forms; one over it is the size.
   */
  @Override
  protected Space countSpace() {
    boolean everyBoardServes =
        selection().measures().isEmpty()
            && selection().questions().contains(NumberSlideKind.POSITIONS.wireName());
    if (!everyBoardServes) {
      return MeasuredSpace.of(this, BigInteger.ONE);
    }
    if (size.isPresent()) {
      BigInteger scenes = factorial(size.get() * size.get());
      return Space.exact(scenes, scenes.divide(BigInteger.valueOf(8)), BigInteger.ONE);
    }
    BigDecimal chance = BigDecimal.ZERO;
    for (int i = 0; i < NumberSlideGenerator.SHARES.length; i++) {
      int share = NumberSlideGenerator.SHARES[i];
      BigDecimal forms = new BigDecimal(factorial((i + 3) * (i + 3))).divide(BigDecimal.valueOf(8));
      chance =
          chance.add(
              BigDecimal.valueOf(share * share)
                  .movePointLeft(4)
                  .divide(forms, MathContext.DECIMAL64));
    }
    BigInteger forms = BigDecimal.ONE.divide(chance, MathContext.DECIMAL64).toBigInteger();
    return Space.atLeast(forms, BigInteger.ONE);
  }

  private static BigInteger factorial(int number) {
    BigInteger product = BigInteger.ONE;
    for (int factor = 2; factor <= number; factor++) {
      product = product.multiply(BigInteger.valueOf(factor));
    }
    return product;
  }

  @Override
  protected boolean obeysRules(NumberSlideScene scene, Question question) {
    boolean sized = size.isEmpty() ? scene.size() >= 3 : scene.size() == size.get();
    int places = scene.size() * scene.size();
    boolean whole =
        new HashSet<>(scene.cells()).size() == places
            && scene.cells().stream().allMatch(number -> number < places);
    return sized && whole && asks(scene, question);
  }

  private static boolean asks(NumberSlideScene scene, Question question) {
    if (NumberSlideKind.of(question.kind()) == NumberSlideKind.AFTER_MOVES) {
      var path = NumberSlideSolver.path(question);
      return path.size() <= NumberSlideGenerator.LONGEST_PATH
          && NumberSlideSolver.moved(NumberSlideSolver.board(scene), scene.size(), path).isPresent()
          && NumberSlideGenerator.VALUES.contains(question.text("value"))
          && List.of("row", "column").contains(question.text("line"));
    }
    int moves = question.integer("moves");
    return moves >= 1
        && moves <= NumberSlideWork.MOST_MOVES
        && NumberSlideWork.slides(scene.size(), scene.cells().indexOf(0), moves)
            <= NumberSlideWork.MOST_WORK
        && (NumberSlideKind.of(question.kind()) == NumberSlideKind.POSITIONS
            || NumberSlideGenerator.LINES.contains(question.text("line")));
  }

  @Override
  protected String ask(NumberSlideScene scene, Question question) {
    return NumberSlideText.ask(scene, question);
  }

  @Override
  protected Optional<String> solve(NumberSlideScene scene, Question question) {
    return NumberSlideSolver.answer(scene, question);
  }

  @Override
  protected Optional<String> solveAgain(NumberSlideScene scene, Question question) {
    return NumberSlideReferenceSolver.answer(scene, question);
  }

  @Override
  protected List<WrongAnswer> mistakes(NumberSlideScene scene, Question question) {
    return NumberSlideMistakes.of(scene, question);
  }

  @Override
  protected PerceptionQuestion look(NumberSlideScene scene, SeedTree seed) {
    SplittableRandom random = seed.random();
    int tile = random.nextInt(1, scene.size() * scene.size());
    int at = scene.cells().indexOf(tile);
    if (at < 0) {
      at = random.nextInt(scene.cells().size());
    }
    return new PerceptionQuestion(
        ("Which number is on the tile in row %d, column %d? Rows are counted from the top, columns"
                + " from the left, both from 1. Answer 0 if the position is open.")
            .formatted(at / scene.size() + 1, at % scene.size() + 1),
        scene.cells().get(at).toString(),
        AnswerType.INTEGER);
  }

  @Override
  protected Difficulty measure(NumberSlideScene scene, Question question) {
    int open = scene.cells().indexOf(0);
    boolean path = NumberSlideKind.of(question.kind()) == NumberSlideKind.AFTER_MOVES;
    int moves = path ? NumberSlideSolver.path(question).size() : question.integer("moves");
    return family
        .difficultyScale()
        .difficulty(
            Map.of(
                "slides",
                path ? moves : NumberSlideWork.slides(scene.size(), open, moves),
                "moves",
                moves,
                "boards",
                path ? 1 : NumberSlideWork.boards(scene.size(), open, moves),
                "tiles",
                scene.size() * scene.size() - 1));
  }

  @Override
  protected void paint(NumberSlideScene scene, Canvas canvas, Rendering rendering) {
    NumberSlidePainter.paint(scene, canvas, rendering);
  }

  @Override
  protected int background(Rendering rendering) {
    return rendering.background().tone();
  }

  @Override
  protected Optional<String> sizeProblem(int width, int height) {
    return NumberSlidePainter.sizeProblem(size.orElse(5), width, height);
  }
}
