package dev.sightline.puzzle.wheeloffortune;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.Difficulty;
import dev.sightline.puzzle.Drawing;
import dev.sightline.puzzle.MeasuredSpace;
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
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Wheels of fortune of one configuration. */
final class ConfiguredWheel extends SceneFamily<WheelScene> {
  /** Edges may be described so many degrees off; always less than the margin at the arrow. */
  static final int TOLERANCE = 4;

  private static final Grammar GRAMMAR =
      new Grammar(
          Section.number("arrow", 0, 359, 0),
          Section.number("edges", 0, 359, TOLERANCE),
          Section.words("prizes", vocabulary()));

  private final WheelOfFortuneFamily family;
  private final WheelGenerator generator;

  ConfiguredWheel(
      WheelOfFortuneFamily family, Map<String, Object> config, WheelGenerator generator) {
    super(family, WheelScene.class, config, generator.selection(), GRAMMAR);
    this.family = family;
    this.generator = generator;
  }

  private static Set<String> vocabulary() {
    Set<String> words = new TreeSet<>(WheelGenerator.PRIZES);
    // Only imported wheels have it. Elsewhere it would be the one prize of two words.
    words.add("Ice-Cream");
    return words;
  }

  @Override
  protected Description describe(WheelScene scene) {
    return Description.builder()
        .word("arrow", scene.arrow())
        .rows("edges", List.of(scene.edges().stream().map(String::valueOf).toList()))
        .rows(
            "prizes",
            List.of(scene.prizes().stream().map(prize -> prize.replace(' ', '-')).toList()))
        .build();
  }

  @Override
  protected WheelScene compose(Description description) {
    return new WheelScene(
        description.rows("edges").stream().flatMap(List::stream).map(Integer::valueOf).toList(),
        description.rows("prizes").stream()
            .flatMap(List::stream)
            .map(prize -> prize.replace('-', ' '))
            .toList(),
        description.number("arrow"));
  }

  /** Seen from the arrow, with prizes numbered as they come. */
  @Override
  protected WheelScene canonical(WheelScene scene) {
    List<Integer> edges =
        scene.edges().stream().map(edge -> Math.floorMod(edge - scene.arrow(), 360)).toList();
    List<Integer> sorted = edges.stream().sorted().toList();
    return new WheelScene(sorted, WheelGenerator.PRIZES.subList(0, sorted.size()), 0);
  }

  @Override
  protected Space countSpace() {
    return MeasuredSpace.of(this, BigInteger.ONE);
  }

  @Override
  protected boolean obeysRules(WheelScene scene, Question question) {
    Spins spins = Spins.of(question);
    boolean sequence = question.kind().equals(WheelOfFortuneFamily.SEQUENCE);
    int count = scene.edges().size();
    for (int i = 0; i < count; i++) {
      int width = Math.floorMod(scene.edges().get((i + 1) % count) - scene.edges().get(i), 360);
      if (width < WheelGenerator.NARROWEST || width > WheelGenerator.WIDEST) {
        return false;
      }
    }
    return generator.size(scene)
        && sequence == spins.degrees().size() > 1
        && scene.prizes().stream().distinct().count() == count
        && scene.arrow() % 45 == 0
        && generator.clear(scene, question);
  }

  @Override
  public Puzzle draw(SeedTree seed) {
    return Drawing.until(seed, 2000, generator::draw);
  }

  @Override
  protected Question drawQuestion(WheelScene scene, SeedTree seed) {
    return Drawing.until(
        seed, 50, random -> generator.question(scene, selection().level(random), random));
  }

  @Override
  protected String ask(WheelScene scene, Question question) {
    Spins spins = Spins.of(question);
    StringBuilder how = new StringBuilder();
    for (int i = 0; i < spins.degrees().size(); i++) {
      int spin = spins.degrees().get(i);
      how.append(i == 0 ? "" : ", then ")
          .append(spin > 0 ? "clockwise by " : "counterclockwise by ")
          .append(amount(Math.abs(spin), question.kind()));
    }
    return ("The wheel turns about its middle; the arrow beside it stays where it is."
            + " The wheel is turned %s, and stops."
            + " Which prize is at the arrow now? Answer with the name of the prize.")
        .formatted(how);
  }

  private static String amount(int degrees, String kind) {
    if (!kind.equals(WheelOfFortuneFamily.TURNS)) {
      return degrees + " degrees";
    }
    int hundredths = Math.round(degrees * 100 / 360f);
    String text =
        hundredths / 100
            + (hundredths % 100 == 0 ? "" : "." + hundredths % 100 / 10)
            + (hundredths % 10 == 0 ? "" : Integer.toString(hundredths % 10));
    return text + (hundredths == 100 ? " full turn" : " full turns");
  }

  @Override
  protected Optional<String> solve(WheelScene scene, Question question) {
    return WheelSolver.prize(scene, Spins.of(question).net());
  }

  @Override
  protected Optional<String> solveAgain(WheelScene scene, Question question) {
    return WheelReferenceSolver.prize(scene, question);
  }

  @Override
  public AnswerType answerType(Question question) {
    return AnswerType.WORD;
  }

  @Override
  protected List<WrongAnswer> mistakes(WheelScene scene, Question question) {
    return WheelMistakes.of(scene, question);
  }

  @Override
  protected PerceptionQuestion look(WheelScene scene, SeedTree seed) {
    SplittableRandom random = seed.random();
    int count = scene.prizes().size();
    int sector = random.nextInt(count);
    int kind = random.nextInt(6);
    if (kind == 0) {
      return new PerceptionQuestion(
          "How many sectors has the wheel?", Integer.toString(count), AnswerType.INTEGER);
    }
    if (kind <= 2 && WheelSolver.margin(scene, 0) > TOLERANCE) {
      return new PerceptionQuestion(
          "At which prize does the arrow point in the picture?",
          scene.prizes().get(WheelSolver.sector(scene.edges(), scene.arrow())),
          AnswerType.WORD);
    }
    boolean clockwise = random.nextBoolean();
    return new PerceptionQuestion(
        "Which prize is next to %s, going %s?"
            .formatted(scene.prizes().get(sector), clockwise ? "clockwise" : "counterclockwise"),
        scene.prizes().get(Math.floorMod(sector + (clockwise ? 1 : -1), count)),
        AnswerType.WORD);
  }

  @Override
  protected Difficulty measure(WheelScene scene, Question question) {
    return family.difficultyScale().difficulty(WheelMeasures.of(scene, question));
  }

  /** The same prizes in the same order at the same arrow, edges a little off. */
  @Override
  protected boolean same(WheelScene truth, WheelScene described) {
    int count = truth.edges().size();
    if (count != described.edges().size() || truth.arrow() != described.arrow()) {
      return false;
    }
    for (int shift = 0; shift < count; shift++) {
      boolean all = true;
      for (int i = 0; i < count && all; i++) {
        int other = (i + shift) % count;
        int apart = Math.floorMod(truth.edges().get(i) - described.edges().get(other), 360);
        all =
            truth.prizes().get(i).equals(described.prizes().get(other))
                && Math.min(apart, 360 - apart) <= TOLERANCE;
      }
      if (all) {
        return true;
      }
    }
    return false;
  }

  @Override
  protected Optional<String> sizeProblem(int width, int height) {
    return PictureSize.below(
        WheelPainter.SMALLEST, width, height, "are too few for a wheel with names");
  }

  @Override
  protected void paint(WheelScene scene, Canvas canvas, Rendering rendering) {
    WheelPainter.paint(scene, canvas, rendering);
  }
}
