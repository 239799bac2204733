package dev.sightline.puzzle.rubikscube;

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
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

final class ConfiguredRubiksCube extends SceneFamily<RubiksCubeScene> {
  private static final int TRIES = 2000;
  private static final Grammar GRAMMAR =
      new Grammar(
          CubeFace.ALL.stream()
              .map(face -> Section.cells(face.word(), RubiksCubeScene.LETTERS))
              .toArray(Section[]::new));

  private final RubiksCubeFamily family;
  private final Optional<Integer> scramble;

  ConfiguredRubiksCube(
      RubiksCubeFamily family,
      Map<String, Object> config,
      Selection selection,
      Optional<Integer> scramble) {
    super(family, RubiksCubeScene.class, config, selection, GRAMMAR);
    this.family = family;
    this.scramble = scramble;
  }

  @Override
  public AnswerType answerType(Question question) {
    return question.kind().equals(RubiksCubeFamily.COUNT) ? AnswerType.INTEGER : AnswerType.WORD;
  }

  @Override
  public Puzzle draw(SeedTree seed) {
    return Drawing.until(seed, TRIES, this::attempt);
  }

  private Optional<Puzzle> attempt(SplittableRandom random) {
    int level = selection().wantedLevel().orElse(random.nextInt(1, Difficulty.LEVELS + 1));
    int mixing = scramble.orElse(RubiksCubeGenerator.scramble(level));
    RubiksCubeScene scene = RubiksCubeGenerator.cube(random, mixing);
    Question question =
        RubiksCubeGenerator.question(
            scene, random, selection().questions(), RubiksCubeGenerator.turns(level, random));
    return wanted(scene, question) ? Optional.of(new Puzzle(scene, question)) : Optional.empty();
  }

  @Override
  protected Question drawQuestion(RubiksCubeScene scene, SeedTree seed) {
    SplittableRandom random = seed.random();
    int length = random.nextInt(1, RubiksCubeGenerator.MOST_TURNS + 1);
    return RubiksCubeGenerator.question(scene, random, selection().questions(), length);
  }

  @Override
  protected Description describe(RubiksCubeScene scene) {
    Description.Builder builder = Description.builder();
    for (CubeFace face : CubeFace.ALL) {
      List<String> rows = new ArrayList<>();
      for (int row = 0; row < 3; row++) {
        int first = RubiksCubeSolver.at(face, row, 0);
        rows.add(scene.stickers().substring(first, first + 3));
      }
      builder.board(face.word(), rows);
    }
    return builder.build();
  }

  @Override
  protected RubiksCubeScene compose(Description description) {
    StringBuilder stickers = new StringBuilder();
    for (CubeFace face : CubeFace.ALL) {
      List<String> rows = description.board(face.word());
      if (rows.size() != 3 || rows.getFirst().length() != 3) {
        throw new IllegalArgumentException("a face has three rows of three stickers");
      }
      rows.forEach(stickers::append);
    }
    return new RubiksCubeScene(stickers.toString());
  }

  @Override
  protected RubiksCubeScene canonical(RubiksCubeScene scene) {
    return new RubiksCubeScene(RubiksCubeSymmetry.canonical(scene.stickers()));
  }

  @Override
  protected Space countSpace() {
    return MeasuredSpace.of(this, BigInteger.ONE);
  }

  @Override
  protected boolean obeysRules(RubiksCubeScene scene, Question question) {
    String stickers = scene.stickers();
    boolean nineOfEach =
        CubeColour.ALL.stream()
            .allMatch(colour -> stickers.chars().filter(s -> s == colour.letter()).count() == 9);
    long centres =
        CubeFace.ALL.stream()
            .map(face -> stickers.charAt(RubiksCubeSolver.at(face, 1, 1)))
            .distinct()
            .count();
    List<RubiksCubeSolver.Turn> turns = RubiksCubeSolver.turns(question);
    boolean asked =
        question.kind().equals(RubiksCubeFamily.COUNT)
            ? CubeColour.ALL.contains(CubeColour.of(question.text("colour")))
            : place(question.integer("row")) && place(question.integer("column"));
    return nineOfEach
        && centres == 6
        && asked
        && CubeFace.ALL.contains(CubeFace.of(question.text("face")))
        && turns.size() <= RubiksCubeGenerator.MOST_TURNS;
  }

  private static boolean place(int number) {
    return number >= 1 && number <= 3;
  }

  @Override
  protected String ask(RubiksCubeScene scene, Question question) {
    return RubiksCubeText.ask(question);
  }

  @Override
  protected Optional<String> solve(RubiksCubeScene scene, Question question) {
    return RubiksCubeSolver.answer(scene, question);
  }

  @Override
  protected Optional<String> solveAgain(RubiksCubeScene scene, Question question) {
    return RubiksCubeReferenceSolver.answer(scene, question);
  }

  @Override
  protected List<WrongAnswer> mistakes(RubiksCubeScene scene, Question question) {
    return RubiksCubeMistakes.of(scene, question);
  }

  @Override
  protected PerceptionQuestion look(RubiksCubeScene scene, SeedTree seed) {
    SplittableRandom random = seed.random();
    char wanted = CubeColour.ALL.get(random.nextInt(6)).letter();
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < 54; i++) {
      if (scene.stickers().charAt(i) == wanted) {
        places.add(i);
      }
    }
    int at = places.isEmpty() ? random.nextInt(54) : places.get(random.nextInt(places.size()));
    return new PerceptionQuestion(
        ("Which colour is the sticker in row %d, column %d of the %s face? Rows are counted from the"
                + " top, columns from the left, both from 1. Answer red, green, blue, yellow,"
                + " orange or grey.")
            .formatted(at % 9 / 3 + 1, at % 3 + 1, CubeFace.ALL.get(at / 9).word()),
        CubeColour.of(scene.stickers().charAt(at)).word(),
        AnswerType.WORD);
  }

  @Override
  protected Difficulty measure(RubiksCubeScene scene, Question question) {
    List<RubiksCubeSolver.Turn> turns = RubiksCubeSolver.turns(question);
    int mixed = 0;
    for (CubeFace face : CubeFace.ALL) {
      char centre = scene.stickers().charAt(RubiksCubeSolver.at(face, 1, 1));
      mixed += 9 - (int) RubiksCubeSolver.count(scene.stickers(), face, CubeColour.of(centre));
    }
    return family
        .difficultyScale()
        .difficulty(
            Map.of(
                "turns",
                turns.size(),
                "quarters",
                turns.stream().mapToInt(RubiksCubeSolver.Turn::quarters).sum(),
                "mixed",
                mixed,
                "moved",
                RubiksCubeGenerator.moved(CubeFace.of(question.text("face")), turns)));
  }

  @Override
  protected void paint(RubiksCubeScene scene, Canvas canvas, Rendering rendering) {
    RubiksCubePainter.paint(scene, canvas, rendering);
  }

  @Override
  protected int background(Rendering rendering) {
    return rendering.background().tone();
  }

  @Override
  protected Optional<String> sizeProblem(int width, int height) {
    return RubiksCubePainter.sizeProblem(width, height);
  }
}
