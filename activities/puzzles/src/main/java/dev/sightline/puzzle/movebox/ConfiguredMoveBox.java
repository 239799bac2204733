package dev.sightline.puzzle.movebox;

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

/** Move box in one configuration. */
final class ConfiguredMoveBox extends SceneFamily<MoveBoxScene> {
  static final Set<String> MEASURES = Set.of("pushes", "boxes", "walls", "cells", "states");

  private static final Question QUESTION = Question.of(MoveBoxFamily.PUSHES);
  private static final int TRIES = 1000;

  /** More than any board of the allowed sizes needs. */
  private static final int MOST_PUSHES = 500;

  private final MoveBoxGenerator.Sizes sizes;

  ConfiguredMoveBox(
      PuzzleFamily family,
      Map<String, Object> config,
      Selection selection,
      MoveBoxGenerator.Sizes sizes) {
    super(
        family,
        MoveBoxScene.class,
        config,
        selection,
        new Grammar(Section.cells("warehouse", "#.BTP")));
    this.sizes = sizes;
  }

  @Override
  protected Description describe(MoveBoxScene scene) {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < scene.rows(); row++) {
      lines.add(scene.cells().substring(row * scene.columns(), (row + 1) * scene.columns()));
    }
    return Description.builder().board("warehouse", lines).build();
  }

  @Override
  protected MoveBoxScene compose(Description description) {
    List<String> lines = description.board("warehouse");
    return new MoveBoxScene(lines.size(), lines.getFirst().length(), String.join("", lines));
  }

  @Override
  public String textTwin(dev.sightline.puzzle.Scene scene) {
    return super.textTwin(scene) + " (inside the outer wall)";
  }

  /** Turned and mirrored; boards that are higher than wide lie down. */
  @Override
  protected MoveBoxScene canonical(MoveBoxScene scene) {
    MoveBoxScene best = null;
    MoveBoxScene form = scene;
    for (int turn = 0; turn < 4; turn++) {
      for (MoveBoxScene same : List.of(form, mirrored(form))) {
        boolean lies = same.rows() <= same.columns();
        if (lies && (best == null || same.cells().compareTo(best.cells()) < 0)) {
          best = same;
        }
      }
      form = turned(form);
    }
    return java.util.Objects.requireNonNull(best);
  }

  static MoveBoxScene mirrored(MoveBoxScene scene) {
    StringBuilder cells = new StringBuilder();
    for (int row = 0; row < scene.rows(); row++) {
      for (int column = scene.columns() - 1; column >= 0; column--) {
        cells.append(scene.at(row, column));
      }
    }
    return new MoveBoxScene(scene.rows(), scene.columns(), cells.toString());
  }

  /** A quarter clockwise. */
  static MoveBoxScene turned(MoveBoxScene scene) {
    StringBuilder cells = new StringBuilder();
    for (int column = 0; column < scene.columns(); column++) {
      for (int row = scene.rows() - 1; row >= 0; row--) {
        cells.append(scene.at(row, column));
      }
    }
    return new MoveBoxScene(scene.columns(), scene.rows(), cells.toString());
  }

  @Override
  protected Space countSpace() {
    return MeasuredSpace.of(this, BigInteger.ONE);
  }

  @Override
  protected boolean obeysRules(MoveBoxScene scene, Question question) {
    int boxes = count(scene, 'B');
    return Math.min(scene.rows(), scene.columns()) >= sizes.leastSide()
        && Math.max(scene.rows(), scene.columns()) <= sizes.greatestSide()
        && boxes >= sizes.leastBoxes()
        && boxes <= sizes.greatestBoxes()
        && MoveBoxSolver.solve(scene).isPresent();
  }

  private static int count(MoveBoxScene scene, char thing) {
    return (int) scene.cells().chars().filter(cell -> cell == thing).count();
  }

  @Override
  protected Question drawQuestion(MoveBoxScene scene, SeedTree seed) {
    return QUESTION;
  }

  @Override
  public Puzzle draw(SeedTree seed) {
    return draw(seed, TRIES, QUESTION, this::attempt);
  }

  private Optional<MoveBoxScene> attempt(SplittableRandom random) {
    int level = selection().level(random);
    Range pushes = selection().aim(MoveBoxFamily.SCALE, level, 1, MOST_PUSHES);
    return pushes.isEmpty() ? Optional.empty() : MoveBoxGenerator.draw(sizes, pushes, random);
  }

  @Override
  protected String ask(MoveBoxScene scene, Question question) {
    boolean one = count(scene, 'B') == 1;
    return """
        The picture shows a warehouse from above, inside an outer wall, with a person, %s. \
        The person walks up, down, left and right, not through walls or boxes. \
        Next to a box, the person can push it one cell straight ahead if that cell has no wall \
        and no box; boxes cannot be pulled. \
        %s \
        Only pushes count, steps without a box do not. Answer with a whole number."""
        .formatted(
            one ? "a box and a flag" : "two boxes and two flags",
            one
                ? "What is the least number of pushes that brings the box to the flag?"
                : "Either box may go to either flag. What is the least number of pushes, of both boxes together, that brings a box to each flag?");
  }

  @Override
  public AnswerType answerType(Question question) {
    return AnswerType.INTEGER;
  }

  @Override
  protected Optional<String> solve(MoveBoxScene scene, Question question) {
    return MoveBoxSolver.solve(scene).map(solution -> Integer.toString(solution.pushes()));
  }

  @Override
  protected Optional<String> solveAgain(MoveBoxScene scene, Question question) {
    var pushes = MoveBoxReferenceSolver.pushes(scene);
    return pushes.isPresent() ? Optional.of(Integer.toString(pushes.getAsInt())) : Optional.empty();
  }

  @Override
  protected List<WrongAnswer> mistakes(MoveBoxScene scene, Question question) {
    return MoveBoxMistakes.of(scene);
  }

  /** Half ask what is in a cell (content drawn first), half in which row or column a thing is. */
  @Override
  protected PerceptionQuestion look(MoveBoxScene scene, SeedTree seed) {
    SplittableRandom random = seed.random();
    boolean content = random.nextBoolean();
    List<Character> things = new ArrayList<>();
    for (char thing : "#.BTP".toCharArray()) {
      int count = count(scene, thing);
      if (count > 0 && (content || count == 1)) {
        things.add(thing);
      }
    }
    if (things.isEmpty()) {
      content = true;
      things.add(scene.cells().charAt(random.nextInt(scene.cells().length())));
    }
    char thing = things.get(random.nextInt(things.size()));
    int chosen = random.nextInt(count(scene, thing));
    int place = -1;
    for (int seen = -1; seen < chosen; ) {
      seen += scene.cells().charAt(++place) == thing ? 1 : 0;
    }
    int row = place / scene.columns() + 1;
    int column = place % scene.columns() + 1;
    if (content) {
      return new PerceptionQuestion(
          "What is in row %d, column %d, by the numbers on the outer wall? Answer with wall, floor, box, flag or person."
              .formatted(row, column),
          word(thing),
          AnswerType.WORD);
    }
    boolean down = random.nextBoolean();
    return new PerceptionQuestion(
        "In which %s is the %s, by the numbers on the outer wall? Answer with a whole number."
            .formatted(down ? "row" : "column", word(thing)),
        Integer.toString(down ? row : column),
        AnswerType.INTEGER);
  }

  private static String word(char thing) {
    return switch (thing) {
      case '#' -> "wall";
      case 'B' -> "box";
      case 'T' -> "flag";
      case 'P' -> "person";
      default -> "floor";
    };
  }

  @Override
  protected Difficulty measure(MoveBoxScene scene, Question question) {
    Optional<MoveBoxSolver.Solution> solution = MoveBoxSolver.solve(scene);
    return MoveBoxFamily.SCALE.difficulty(
        Map.of(
            "pushes", solution.map(MoveBoxSolver.Solution::pushes).orElse(0),
            "boxes", count(scene, 'B'),
            "walls", count(scene, '#'),
            "cells", scene.cells().length(),
            "states", solution.map(MoveBoxSolver.Solution::states).orElse(0)));
  }

  @Override
  protected int background(Rendering rendering) {
    return rendering.background().tone();
  }

  @Override
  protected void paint(MoveBoxScene scene, Canvas canvas, Rendering rendering) {
    MoveBoxPainter.paint(scene, canvas, rendering);
  }
}
