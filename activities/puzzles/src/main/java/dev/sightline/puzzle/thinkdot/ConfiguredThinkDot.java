package dev.sightline.puzzle.thinkdot;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.Difficulty;
import dev.sightline.puzzle.Drawing;
import dev.sightline.puzzle.PerceptionQuestion;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.SceneFamily;
import dev.sightline.puzzle.Space;
import dev.sightline.puzzle.WrongAnswer;
import dev.sightline.puzzle.description.Description;
import dev.sightline.puzzle.description.Grammar;
import dev.sightline.puzzle.description.Section;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.PictureSize;
import dev.sightline.puzzle.render.Rendering;
import dev.sightline.puzzle.thinkdot.ThinkDotSolver.Rule;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Toys of one configuration. All that it can ask about are equally likely. */
final class ConfiguredThinkDot extends SceneFamily<ThinkDotScene> {
  private static final String FACES = "faces";
  private static final Grammar GRAMMAR = new Grammar(Section.cells(FACES, "BY"));

  private static final List<String> ORDINALS =
      List.of("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth");

  private final ThinkDotFamily family;
  private final ThinkDotGenerator generator;

  ConfiguredThinkDot(
      ThinkDotFamily family, Map<String, Object> config, ThinkDotGenerator generator) {
    super(family, ThinkDotScene.class, config, generator.selection(), GRAMMAR);
    this.family = family;
    this.generator = generator;
  }

  @Override
  protected Description describe(ThinkDotScene scene) {
    String faces = scene.faces();
    return Description.builder()
        .board(FACES, List.of(faces.substring(0, 3), faces.substring(3, 5), faces.substring(5)))
        .build();
  }

  @Override
  protected ThinkDotScene compose(Description description) {
    List<String> rows = description.rows(FACES).stream().map(row -> String.join("", row)).toList();
    if (rows.size() != 3
        || rows.get(0).length() != 3
        || rows.get(1).length() != 2
        || rows.get(2).length() != 3) {
      throw new IllegalArgumentException("the toy has rows of three, two and three faces");
    }
    return new ThinkDotScene(String.join("", rows));
  }

  @Override
  protected ThinkDotScene canonical(ThinkDotScene scene) {
    return scene;
  }

  @Override
  protected Space countSpace() {
    int[] counts = generator.leastQuestionsAndScenes();
    BigInteger scenes = BigInteger.valueOf(Math.max(1, counts[1]));
    return Space.exact(scenes, scenes, BigInteger.valueOf(counts[0]));
  }

  @Override
  protected boolean obeysRules(ThinkDotScene scene, Question question) {
    String drops = question.text("drops");
    return drops.matches("[LCR]{1," + ThinkDotGenerator.MOST_BALLS + "}")
        && (question.kind().equals(ThinkDotFamily.DISC)
            ? Disc.LOWER.contains(ThinkDotSolver.disc(question.text("disc")))
            : question.text("colour").matches("blue|yellow"));
  }

  @Override
  public Puzzle draw(SeedTree seed) {
    return Drawing.until(
        seed,
        1000,
        random -> {
          ThinkDotScene scene = ThinkDotGenerator.scene(random.nextInt(256));
          return generator.question(scene, random).map(question -> new Puzzle(scene, question));
        });
  }

  @Override
  protected Question drawQuestion(ThinkDotScene scene, SeedTree seed) {
    SplittableRandom random = seed.random();
    return generator.question(scene, random).orElseGet(() -> generator.any(random));
  }

  @Override
  protected String ask(ThinkDotScene scene, Question question) {
    return ThinkDotText.ask(question);
  }

  @Override
  protected Optional<String> solve(ThinkDotScene scene, Question question) {
    return Optional.of(ThinkDotSolver.answer(scene, question));
  }

  @Override
  protected Optional<String> solveAgain(ThinkDotScene scene, Question question) {
    return Optional.of(ThinkDotReferenceSolver.answer(scene, question));
  }

  @Override
  public AnswerType answerType(Question question) {
    return question.kind().equals(ThinkDotFamily.DISC) ? AnswerType.WORD : AnswerType.INTEGER;
  }

  @Override
  protected List<WrongAnswer> mistakes(ThinkDotScene scene, Question question) {
    String drops = question.text("drops");
    List<WrongAnswer> wrong = new ArrayList<>();
    add(wrong, "discs-do-not-flip", scene, drops, new Rule(false, false, false), question);
    add(wrong, "wrong-direction", scene, drops, new Rule(true, false, true), question);
    add(wrong, "flipped-before-it-sends", scene, drops, new Rule(false, true, true), question);
    add(
        wrong,
        "last-ball-forgotten",
        scene,
        drops.substring(0, drops.length() - 1),
        Rule.RIGHT,
        question);
    add(
        wrong,
        "only-the-last-ball",
        scene,
        drops.substring(drops.length() - 1),
        Rule.RIGHT,
        question);
    if (question.kind().equals(ThinkDotFamily.DISC)) {
      boolean blue = ThinkDotSolver.answer(scene, question).equals("blue");
      wrong.add(new WrongAnswer("other-face", blue ? "yellow" : "blue"));
    } else {
      String other = question.text("colour").equals("blue") ? "yellow" : "blue";
      wrong.add(
          new WrongAnswer(
              "other-colour", ThinkDotSolver.answer(scene, question.with("colour", other))));
      int right = Integer.parseInt(ThinkDotSolver.answer(scene, question));
      wrong.add(new WrongAnswer("off-by-one", Integer.toString(right + 1)));
      wrong.add(new WrongAnswer("off-by-one", Integer.toString(Math.max(0, right - 1))));
    }
    return wrong;
  }

  private static void add(
      List<WrongAnswer> wrong,
      String procedure,
      ThinkDotScene scene,
      String drops,
      Rule rule,
      Question question) {
    wrong.add(new WrongAnswer(procedure, ThinkDotSolver.after(scene, drops, rule).read(question)));
  }

  /**
   * The number of a disc, which is named by its face and by how many of that face come before it. A
   * face's first disc is not asked for: it mostly is the first or second of all.
   */
  @Override
  protected PerceptionQuestion look(ThinkDotScene scene, SeedTree seed) {
    SplittableRandom random = seed.random();
    int[] shown = new int[2];
    List<String> descriptions = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (Disc disc : Disc.values()) {
      boolean blue = scene.faces().charAt(disc.ordinal()) == 'B';
      int rank = shown[blue ? 0 : 1]++;
      if (rank > 0) {
        descriptions.add(ORDINALS.get(rank - 1) + (blue ? " blue" : " yellow"));
        numbers.add(disc.ordinal() + 1);
      }
    }
    int at = random.nextInt(numbers.size());
    return new PerceptionQuestion(
        ("Number the discs in the picture from 1 to 8, by rows from the top and in each row from the"
                + " left. Which number has the %s face? Answer with a number.")
            .formatted(descriptions.get(at)),
        Integer.toString(numbers.get(at)),
        AnswerType.INTEGER);
  }

  @Override
  protected Difficulty measure(ThinkDotScene scene, Question question) {
    return family.difficultyScale().difficulty(ThinkDotGenerator.measures(scene, question));
  }

  @Override
  protected Optional<String> sizeProblem(int width, int height) {
    return PictureSize.below(ThinkDotPainter.SMALLEST, width, height, "are too few for the toy");
  }

  @Override
  protected void paint(ThinkDotScene scene, Canvas canvas, Rendering rendering) {
    ThinkDotPainter.paint(scene, canvas, rendering);
  }
}
