package dev.sightline.puzzle.calendar;

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
import java.time.DayOfWeek;
import java.time.Month;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Calendar pages of one configuration. All pages that it can ask about are equally likely. */
final class ConfiguredCalendar extends SceneFamily<CalendarScene> {
  private static final List<CalendarScene> PAGES = CalendarGenerator.pages();
  private static final Grammar GRAMMAR =
      new Grammar(
          Section.words("month", CalendarText.MONTHS),
          Section.words("first", CalendarText.WEEKDAYS),
          Section.number("days", 28, 31, 0));

  private static final List<String> ORDINALS =
      List.of("first", "second", "third", "fourth", "fifth");

  private final CalendarFamily family;
  private final CalendarGenerator generator;

  ConfiguredCalendar(CalendarFamily family, Map<String, Object> config, Selection selection) {
    super(family, CalendarScene.class, config, selection, GRAMMAR);
    this.family = family;
    this.generator = new CalendarGenerator(selection, family.difficultyScale());
  }

  @Override
  protected Description describe(CalendarScene scene) {
    return Description.builder()
        .word("month", CalendarText.name(scene.month()))
        .word("first", CalendarText.name(scene.first()))
        .word("days", scene.days())
        .build();
  }

  @Override
  protected CalendarScene compose(Description description) {
    return new CalendarScene(
        Month.valueOf(description.word("month").toUpperCase(Locale.ROOT)),
        DayOfWeek.valueOf(description.word("first").toUpperCase(Locale.ROOT)),
        description.number("days"));
  }

  @Override
  protected CalendarScene canonical(CalendarScene scene) {
    return scene;
  }

  @Override
  protected Space countSpace() {
    List<Integer> questions = generator.questions().stream().filter(count -> count > 0).toList();
    BigInteger pages = BigInteger.valueOf(Math.max(1, questions.size()));
    int least = questions.stream().mapToInt(Integer::intValue).min().orElse(1);
    return Space.exact(pages, pages, BigInteger.valueOf(least));
  }

  @Override
  protected boolean obeysRules(CalendarScene scene, Question question) {
    CalendarDate date = CalendarDate.of(question);
    return CalendarDate.kind(date.years()).equals(question.kind())
        && date.possible()
        && CalendarSolver.weekday(scene, question).isPresent();
  }

  @Override
  public Puzzle draw(SeedTree seed) {
    return Drawing.until(
        seed,
        1000,
        random -> {
          CalendarScene scene = PAGES.get(random.nextInt(PAGES.size()));
          return generator.question(scene, random).map(question -> new Puzzle(scene, question));
        });
  }

  @Override
  protected Question drawQuestion(CalendarScene scene, SeedTree seed) {
    SplittableRandom random = seed.random();
    return generator.question(scene, random).orElseGet(() -> generator.any(scene, random));
  }

  @Override
  protected String ask(CalendarScene scene, Question question) {
    return CalendarText.ask(CalendarDate.of(question));
  }

  @Override
  protected Optional<String> solve(CalendarScene scene, Question question) {
    return CalendarSolver.weekday(scene, question).map(CalendarText::name);
  }

  @Override
  protected Optional<String> solveAgain(CalendarScene scene, Question question) {
    return CalendarReferenceSolver.weekday(scene, question).map(CalendarText::name);
  }

  @Override
  public AnswerType answerType(Question question) {
    return AnswerType.WORD;
  }

  @Override
  protected List<WrongAnswer> mistakes(CalendarScene scene, Question question) {
    return CalendarMistakes.of(scene, question);
  }

  @Override
  protected PerceptionQuestion look(CalendarScene scene, SeedTree seed) {
    SplittableRandom random = seed.random();
    int day = random.nextInt(1, scene.days() + 1);
    DayOfWeek weekday = scene.first().plus(day - 1);
    return switch (random.nextInt(3)) {
      case 0 ->
          new PerceptionQuestion(
              "In the shown month, on which day of the week is day " + day + "?",
              CalendarText.name(weekday),
              AnswerType.WORD);
      case 1 ->
          new PerceptionQuestion(
              "On which day of the shown month is its %s %s?"
                  .formatted(ORDINALS.get((day - 1) / 7), CalendarText.name(weekday)),
              Integer.toString(day),
              AnswerType.INTEGER);
      default ->
          new PerceptionQuestion(
              "Which month is shown?", CalendarText.name(scene.month()), AnswerType.WORD);
    };
  }

  @Override
  protected Difficulty measure(CalendarScene scene, Question question) {
    return family.difficultyScale().difficulty(CalendarMeasures.of(scene, question));
  }

  @Override
  protected Optional<String> sizeProblem(int width, int height) {
    return PictureSize.below(CalendarPainter.SMALLEST, width, height, "are too few for a calendar");
  }

  @Override
  protected void paint(CalendarScene scene, Canvas canvas, Rendering rendering) {
    CalendarPainter.paint(scene, canvas, rendering);
  }
}
