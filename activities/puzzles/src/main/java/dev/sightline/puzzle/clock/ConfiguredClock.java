package dev.sightline.puzzle.clock;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.Difficulty;
import dev.sightline.puzzle.Drawing;
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
import dev.sightline.puzzle.render.PictureSize;
import dev.sightline.puzzle.render.Rendering;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Clocks of one configuration. All 720 faces are equally likely at every level. */
final class ConfiguredClock extends SceneFamily<ClockScene> {
  private static final int FACES = 720;
  private static final Grammar GRAMMAR =
      new Grammar(Section.number("hour", 1, 12, 0), Section.number("minute", 0, 59, 1));

  private final ClockFamily family;
  private final ClockGenerator generator;
  private final int maximumHours;

  ConfiguredClock(
      ClockFamily family, Map<String, Object> config, Selection selection, int maximumHours) {
    super(family, ClockScene.class, config, selection, GRAMMAR);
    this.family = family;
    this.maximumHours = maximumHours;
    this.generator = new ClockGenerator(selection, family.difficultyScale(), maximumHours);
  }

  @Override
  protected Description describe(ClockScene scene) {
    return Description.builder().word("hour", scene.hour()).word("minute", scene.minute()).build();
  }

  @Override
  protected ClockScene compose(Description description) {
    return new ClockScene(description.number("hour"), description.number("minute"));
  }

  @Override
  protected ClockScene canonical(ClockScene scene) {
    return scene;
  }

  @Override
  protected Space countSpace() {
    BigInteger faces = BigInteger.valueOf(FACES);
    return Space.exact(faces, faces, BigInteger.valueOf(generator.leastQuestions()));
  }

  @Override
  protected boolean obeysRules(ClockScene scene, Question question) {
    return switch (question.kind()) {
      case ClockFamily.NOW -> question.parameters().isEmpty();
      case ClockFamily.IN, ClockFamily.AGO -> span(question, "");
      case ClockFamily.JOURNEY -> span(question, "") && span(question, "since-");
      default -> false;
    };
  }

  private boolean span(Question question, String prefix) {
    int hours = question.integer(prefix + "hours");
    int minutes = question.integer(prefix + "minutes");
    return hours >= 0
        && hours <= maximumHours
        && minutes >= 0
        && minutes <= 59
        && hours + minutes > 0;
  }

  @Override
  public Puzzle draw(SeedTree seed) {
    return Drawing.until(
        seed,
        200,
        random -> {
          ClockScene scene = new ClockScene(random.nextInt(1, 13), random.nextInt(60));
          return generator.question(scene, random).map(question -> new Puzzle(scene, question));
        });
  }

  @Override
  protected Question drawQuestion(ClockScene scene, SeedTree seed) {
    SplittableRandom random = seed.random();
    return generator.question(scene, random).orElseGet(() -> generator.anyQuestion(random));
  }

  @Override
  protected String ask(ClockScene scene, Question question) {
    String form = " Answer as H:MM, with hours 1 to 12.";
    return switch (question.kind()) {
      case ClockFamily.NOW -> "The clock has no second hand. What time does it show?" + form;
      case ClockFamily.AGO ->
          "The clock shows the time now. A meeting began %s ago. At what time did it begin?%s"
              .formatted(words(question, ""), form);
      case ClockFamily.IN ->
          "The clock shows the time now. A meeting begins in %s. At what time will it begin?%s"
              .formatted(words(question, ""), form);
      case ClockFamily.JOURNEY ->
          ("The clock shows the time now. A train left %s ago. Its whole journey takes %s."
                  + " At what time does (or did) the train arrive?%s")
              .formatted(words(question, "since-"), words(question, ""), form);
      default -> throw new IllegalArgumentException("no question of clocks: " + question.kind());
    };
  }

  private static String words(Question question, String prefix) {
    int hours = question.integer(prefix + "hours");
    int minutes = question.integer(prefix + "minutes");
    List<String> words = new ArrayList<>();
    if (hours > 0) {
      words.add(hours + (hours == 1 ? " hour" : " hours"));
    }
    if (minutes > 0) {
      words.add(minutes + (minutes == 1 ? " minute" : " minutes"));
    }
    return String.join(" ", words);
  }

  @Override
  protected Optional<String> solve(ClockScene scene, Question question) {
    return Optional.of(ClockSolver.answer(scene, question));
  }

  @Override
  protected Optional<String> solveAgain(ClockScene scene, Question question) {
    return Optional.of(ClockReferenceSolver.answer(scene, question));
  }

  @Override
  public AnswerType answerType(Question question) {
    return AnswerType.TIME;
  }

  @Override
  protected List<WrongAnswer> mistakes(ClockScene scene, Question question) {
    return ClockMistakes.of(scene, question);
  }

  /** Half of the looks are at the short hand, half at the long one. */
  @Override
  protected PerceptionQuestion look(ClockScene scene, SeedTree seed) {
    return seed.random().nextBoolean()
        ? new PerceptionQuestion(
            "Which hour, from 1 to 12, has the short hand reached or passed last?",
            Integer.toString(scene.hour()),
            AnswerType.INTEGER)
        : new PerceptionQuestion(
            "At which minute, from 0 to 59, is the long hand?",
            Integer.toString(scene.minute()),
            AnswerType.INTEGER);
  }

  @Override
  protected Difficulty measure(ClockScene scene, Question question) {
    return family.difficultyScale().difficulty(ClockMeasures.of(scene, question));
  }

  /** One minute off, past the hour and past twelve as well. */
  @Override
  protected boolean same(ClockScene truth, ClockScene described) {
    int apart = Math.floorMod(ClockSolver.minutes(truth) - ClockSolver.minutes(described), FACES);
    return Math.min(apart, FACES - apart) <= 1;
  }

  @Override
  protected Optional<String> sizeProblem(int width, int height) {
    return PictureSize.below(ClockPainter.SMALLEST, width, height, "are too few for a clock");
  }

  @Override
  protected void paint(ClockScene scene, Canvas canvas, Rendering rendering) {
    ClockPainter.paint(scene, canvas, rendering);
  }
}
