package dev.sightline.puzzle.colourhue;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.Difficulty;
import dev.sightline.puzzle.MeasuredSpace;
import dev.sightline.puzzle.PerceptionQuestion;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.SceneFamily;
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
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Boards of colours of one configuration. */
final class ConfiguredColourHue extends SceneFamily<ColourHueScene> {
  private static final String BOARD = "tiles";
  private static final Grammar GRAMMAR = new Grammar(Section.words(BOARD, vocabulary()));

  private final ColourHueFamily family;
  private final ColourHueGenerator generator;

  ConfiguredColourHue(
      ColourHueFamily family, Map<String, Object> config, ColourHueGenerator generator) {
    super(family, ColourHueScene.class, config, generator.selection(), GRAMMAR);
    this.family = family;
    this.generator = generator;
  }

  private static Set<String> vocabulary() {
    Set<String> names = new TreeSet<>();
    int side = ColourHueScene.LONGEST;
    for (int home = 0; home < side * side; home++) {
      names.add(name(home, side));
    }
    return names;
  }

  /** Row letter and column number of a place, such as b3. */
  static String name(int place, int columns) {
    return "" + (char) ('a' + place / columns) + (place % columns + 1);
  }

  @Override
  protected Description describe(ColourHueScene scene) {
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < scene.rows(); row++) {
      rows.add(
          scene.tiles().subList(row * scene.columns(), (row + 1) * scene.columns()).stream()
              .map(tile -> name(tile, scene.columns()))
              .toList());
    }
    return Description.builder().rows(BOARD, rows).build();
  }

  @Override
  protected ColourHueScene compose(Description description) {
    List<List<String>> rows = description.rows(BOARD);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("the board has no rows");
    }
    int columns = rows.getFirst().size();
    List<Integer> tiles = new ArrayList<>();
    for (List<String> row : rows) {
      if (row.size() != columns) {
        throw new IllegalArgumentException("the rows must be equally long");
      }
      for (String name : row) {
        int column = name.charAt(1) - '1';
        if (column >= columns) {
          throw new IllegalArgumentException("no column " + (column + 1));
        }
        tiles.add((name.charAt(0) - 'a') * columns + column);
      }
    }
    return new ColourHueScene(rows.size(), columns, tiles);
  }

  @Override
  public String textTwin(Scene scene) {
    return "Board (A) by rows; each tile is named by its row letter and column number in (B): "
        + description(scene);
  }

  @Override
  protected ColourHueScene canonical(ColourHueScene scene) {
    return ColourHueSymmetry.canonical(scene);
  }

  @Override
  protected Space countSpace() {
    return selection().measures().isEmpty()
        ? Space.atLeast(generator.leastForms(), BigInteger.ONE)
        : MeasuredSpace.of(this, BigInteger.ONE);
  }

  @Override
  protected boolean obeysRules(ColourHueScene scene, Question question) {
    return question.parameters().isEmpty()
        && generator.size(scene)
        && ColourHueSolver.swaps(scene).orElse(0) > 0;
  }

  @Override
  public Puzzle draw(SeedTree seed) {
    return draw(
        seed,
        3000,
        Question.of(ColourHueFamily.SWAPS),
        random -> Optional.of(generator.draw(random)));
  }

  @Override
  protected Question drawQuestion(ColourHueScene scene, SeedTree seed) {
    return Question.of(ColourHueFamily.SWAPS);
  }

  @Override
  protected String ask(ColourHueScene scene, Question question) {
    return ("Board (A) shows coloured tiles in disorder, board (B) the same %d tiles in their right"
            + " order. All tiles have different colours. A swap exchanges any two tiles of (A),"
            + " wherever they lie. What is the least number of swaps that turns (A) into (B)?"
            + " Answer with a number.")
        .formatted(scene.tiles().size());
  }

  @Override
  protected Optional<String> solve(ColourHueScene scene, Question question) {
    return text(ColourHueSolver.swaps(scene));
  }

  @Override
  protected Optional<String> solveAgain(ColourHueScene scene, Question question) {
    return text(ColourHueReferenceSolver.swaps(scene));
  }

  private static Optional<String> text(OptionalInt swaps) {
    return swaps.isPresent() ? Optional.of(Integer.toString(swaps.getAsInt())) : Optional.empty();
  }

  @Override
  public AnswerType answerType(Question question) {
    return AnswerType.INTEGER;
  }

  @Override
  protected List<WrongAnswer> mistakes(ColourHueScene scene, Question question) {
    int swaps = ColourHueSolver.swaps(scene).orElse(0);
    int misplaced = misplaced(scene);
    int cycles = scene.tiles().size() - swaps - (scene.tiles().size() - misplaced);
    return List.of(
        wrong("misplaced-tiles-counted", misplaced),
        wrong("half-of-the-misplaced", (misplaced + 1) / 2),
        wrong("one-chain-assumed", misplaced - 1),
        wrong("cycles-counted", cycles),
        wrong("one-swap-missed", swaps - 1),
        wrong("one-swap-too-many", swaps + 1),
        wrong("places-walked", (walk(scene) + 1) / 2));
  }

  private static WrongAnswer wrong(String procedure, int answer) {
    return new WrongAnswer(procedure, Integer.toString(answer));
  }

  private static int misplaced(ColourHueScene scene) {
    int count = 0;
    for (int place = 0; place < scene.tiles().size(); place++) {
      count += scene.tiles().get(place) == place ? 0 : 1;
    }
    return count;
  }

  /** How many places all tiles are from home, along rows and columns: swaps of neighbours only. */
  private static int walk(ColourHueScene scene) {
    int sum = 0;
    for (int place = 0; place < scene.tiles().size(); place++) {
      int home = scene.tiles().get(place);
      sum +=
          Math.abs(home / scene.columns() - place / scene.columns())
              + Math.abs(home % scene.columns() - place % scene.columns());
    }
    return sum;
  }

  /** A place with a misplaced tile in two of three looks. */
  @Override
  protected PerceptionQuestion look(ColourHueScene scene, SeedTree seed) {
    SplittableRandom random = seed.random();
    List<Integer> places = new ArrayList<>();
    boolean misplaced = random.nextInt(3) > 0;
    for (int place = 0; place < scene.tiles().size(); place++) {
      if (misplaced == (scene.tiles().get(place) != place)) {
        places.add(place);
      }
    }
    int place =
        places.isEmpty()
            ? random.nextInt(scene.tiles().size())
            : places.get(random.nextInt(places.size()));
    return new PerceptionQuestion(
        ("Look at the tile in row %s, column %d of board (A). Where in board (B) is the tile of the"
                + " same colour? Answer with row letter and column number, such as a1.")
            .formatted((char) ('a' + place / scene.columns()), place % scene.columns() + 1),
        name(scene.tiles().get(place), scene.columns()),
        AnswerType.WORD);
  }

  @Override
  protected Difficulty measure(ColourHueScene scene, Question question) {
    int swaps = ColourHueSolver.swaps(scene).orElse(0);
    int misplaced = misplaced(scene);
    return family
        .difficultyScale()
        .difficulty(
            Map.of(
                ColourHueFamily.SWAPS,
                swaps,
                "misplaced",
                misplaced,
                "tiles",
                scene.tiles().size(),
                "cycles",
                Math.max(0, misplaced - swaps)));
  }

  @Override
  protected Optional<String> sizeProblem(int width, int height) {
    return PictureSize.below(
        ColourHuePainter.SMALLEST, width, height, "are too few for two boards");
  }

  @Override
  protected void paint(ColourHueScene scene, Canvas canvas, Rendering rendering) {
    ColourHuePainter.paint(scene, canvas, rendering);
  }
}
