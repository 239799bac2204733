package dev.sightline.puzzle.woodslide;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.Difficulty;
import dev.sightline.puzzle.MeasuredSpace;
import dev.sightline.puzzle.PerceptionQuestion;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.SceneFamily;
import dev.sightline.puzzle.Selection;
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
import java.util.SplittableRandom;

final class ConfiguredWoodSlide extends SceneFamily<WoodSlideScene> {
  private static final int TRIES = 3000;
  private static final Grammar GRAMMAR =
      new Grammar(
          Section.cells("start", WoodSlideScene.LETTERS),
          Section.cells("end", WoodSlideScene.LETTERS));

  private final WoodSlideFamily family;
  private final WoodSlideGenerator generator;

  ConfiguredWoodSlide(
      WoodSlideFamily family,
      Map<String, Object> config,
      Selection selection,
      WoodSlideGenerator generator) {
    super(family, WoodSlideScene.class, config, selection, GRAMMAR);
    this.family = family;
    this.generator = generator;
  }

  @Override
  public AnswerType answerType(Question question) {
    return AnswerType.INTEGER;
  }

  @Override
  public Puzzle draw(SeedTree seed) {
    return draw(seed, TRIES, Question.of(WoodSlideFamily.MOVES), this::attempt);
  }

  private Optional<WoodSlideScene> attempt(SplittableRandom random) {
    int level = selection().wantedLevel().orElse(random.nextInt(1, Difficulty.LEVELS + 1));
    return generator.scene(level, random);
  }

  @Override
  protected Question drawQuestion(WoodSlideScene scene, SeedTree seed) {
    return Question.of(WoodSlideFamily.MOVES);
  }

  @Override
  protected Description describe(WoodSlideScene scene) {
    return Description.builder()
        .board("start", rows(scene.start()))
        .board("end", rows(scene.end()))
        .build();
  }

  private static List<String> rows(String board) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < WoodSlideScene.ROWS; row++) {
      rows.add(board.substring(row * WoodSlideScene.COLUMNS, (row + 1) * WoodSlideScene.COLUMNS));
    }
    return rows;
  }

  @Override
  protected WoodSlideScene compose(Description description) {
    return new WoodSlideScene(board(description, "start"), board(description, "end"));
  }

  private static String board(Description description, String section) {
    List<String> rows = description.board(section);
    if (rows.getFirst().length() != WoodSlideScene.COLUMNS) {
      throw new IllegalArgumentException(section + " must have 4 columns");
    }
    return String.join("", rows);
  }

  @Override
  public String textTwin(Scene scene) {
    return "Boards of blocks (. empty, S a block of 1 x 1, H one of two cells beside each other, V"
        + " one of two cells above each other, B one of 2 x 2), rows from top to bottom: "
        + description(scene);
  }

  /** The first of four reflections and rotations, start and end exchanged or not. */
  @Override
  protected WoodSlideScene canonical(WoodSlideScene scene) {
    String best = "";
    for (int symmetry = 0; symmetry < 4; symmetry++) {
      String start = mirrored(scene.start(), symmetry);
      String end = mirrored(scene.end(), symmetry);
      for (String text : List.of(start + end, end + start)) {
        best = best.isEmpty() || text.compareTo(best) < 0 ? text : best;
      }
    }
    int half = best.length() / 2;
    return new WoodSlideScene(best.substring(0, half), best.substring(half));
  }

  /** Letters stay: every shape is its own mirror image. */
  private static String mirrored(String board, int symmetry) {
    StringBuilder out = new StringBuilder();
    for (String row : rows(board)) {
      String turned = (symmetry & 1) == 0 ? row : new StringBuilder(row).reverse().toString();
      out.insert((symmetry & 2) == 0 ? out.length() : 0, turned);
    }
    return out.toString();
  }

  @Override
  protected Space countSpace() {
    return MeasuredSpace.of(this, BigInteger.ONE);
  }

  @Override
  protected boolean obeysRules(WoodSlideScene scene, Question question) {
    int moves = WoodSlideSolver.distance(scene, false).orElse(0);
    return moves >= 1 && moves <= WoodSlideGenerator.MOST_MOVES && generator.has(scene.start());
  }

  @Override
  protected String ask(WoodSlideScene scene, Question question) {
    return WoodSlideText.ask();
  }

  @Override
  protected Optional<String> solve(WoodSlideScene scene, Question question) {
    return WoodSlideSolver.answer(scene);
  }

  @Override
  protected Optional<String> solveAgain(WoodSlideScene scene, Question question) {
    return WoodSlideReferenceSolver.answer(scene);
  }

  @Override
  protected List<WrongAnswer> mistakes(WoodSlideScene scene, Question question) {
    return WoodSlideMistakes.of(scene);
  }

  /** What lies on a cell; the kind is drawn first, so that no answer is frequent. */
  @Override
  protected PerceptionQuestion look(WoodSlideScene scene, SeedTree seed) {
    SplittableRandom random = seed.random();
    boolean start = random.nextBoolean();
    String board = start ? scene.start() : scene.end();
    List<Integer> kinds = new ArrayList<>();
    for (int kind = 0; kind < WoodSlideScene.LETTERS.length(); kind++) {
      if (board.indexOf(WoodSlideScene.LETTERS.charAt(kind)) >= 0) {
        kinds.add(kind);
      }
    }
    int kind = kinds.get(random.nextInt(kinds.size()));
    List<Integer> cells = new ArrayList<>();
    for (int cell = 0; cell < board.length(); cell++) {
      if (board.charAt(cell) == WoodSlideScene.LETTERS.charAt(kind)) {
        cells.add(cell);
      }
    }
    int cell = cells.get(random.nextInt(cells.size()));
    String word =
        switch (kind) {
          case 0 -> "empty";
          case 1 -> "single";
          case 2 -> "wide";
          case 3 -> "tall";
          default -> "square";
        };
    return new PerceptionQuestion(
        ("What covers row %d, column %d of the %s board? Rows are counted from the top, columns from"
                + " the left, both from 1. Answer empty, single (a block of 1 x 1), wide (two cells"
                + " beside each other), tall (two cells above each other) or square (2 x 2).")
            .formatted(
                cell / WoodSlideScene.COLUMNS + 1,
                cell % WoodSlideScene.COLUMNS + 1,
                start ? "start" : "end"),
        word,
        AnswerType.WORD);
  }

  @Override
  protected Difficulty measure(WoodSlideScene scene, Question question) {
    int empty = (int) scene.start().chars().filter(cell -> cell == '.').count();
    int blocks = 0;
    for (int shape = 1; shape < WoodSlideScene.LETTERS.length(); shape++) {
      blocks +=
          WoodSlideMistakes.corners(scene.start(), WoodSlideScene.LETTERS.charAt(shape)).size();
    }
    var start = WoodSlideSolver.encode(scene.start());
    int branching =
        start.isPresent() ? WoodSlideSolver.moves(start.getAsLong(), false, new long[256]) : 0;
    return family
        .difficultyScale()
        .difficulty(
            Map.of(
                "moves",
                WoodSlideSolver.distance(scene, false).orElse(0),
                "blocks",
                blocks,
                "empty",
                empty,
                "branching",
                branching,
                "displaced",
                WoodSlideMistakes.displaced(scene)));
  }

  @Override
  protected void paint(WoodSlideScene scene, Canvas canvas, Rendering rendering) {
    WoodSlidePainter.paint(scene, canvas, rendering);
  }

  @Override
  protected int background(Rendering rendering) {
    return rendering.background().tone();
  }

  @Override
  protected Optional<String> sizeProblem(int width, int height) {
    return WoodSlidePainter.sizeProblem(width, height);
  }
}
