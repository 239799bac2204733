package dev.sightline.puzzle.wheeloffortune;

import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Draws wheels of unequal sectors, 20 to 90 degrees in steps of five, and spins until steps and
 * margin fit.
 */
final class WheelGenerator {
  static final int NARROWEST = 20;
  static final int WIDEST = 90;
  static final int MOST_TURNS = 6;

  /** One word each, so that a description needs no quotes. */
  static final List<String> PRIZES =
      List.of(
          "Bicycle",
          "Book",
          "Camera",
          "Car",
          "Chocolate",
          "Drone",
          "Guitar",
          "Jewelry",
          "Kite",
          "Lamp",
          "Laptop",
          "Money",
          "Phone",
          "Piano",
          "Pizza",
          "Sofa",
          "Teapot",
          "Tent",
          "Vacation",
          "Violin",
          "Watch",
          "Yacht");

  private static final int STEP = 5;
  private static final int TWENTIETH = 18;
  private static final int TRIES = 60;

  /** Fewest and most sectors, and most spins, of each level. */
  private static final int[][] LEVELS = {{6, 8, 1}, {6, 8, 1}, {6, 10, 2}, {8, 12, 2}, {9, 12, 3}};

  private final Selection selection;
  private final DifficultyScale scale;
  private final int least;
  private final int most;
  private final int margin;

  WheelGenerator(Selection selection, DifficultyScale scale, int least, int most, int margin) {
    this.selection = selection;
    this.scale = scale;
    this.least = least;
    this.most = most;
    this.margin = margin;
  }

  Selection selection() {
    return selection;
  }

  Optional<Puzzle> draw(SplittableRandom random) {
    int level = selection.level(random);
    WheelScene scene = scene(level, random);
    return question(scene, level, random).map(question -> new Puzzle(scene, question));
  }

  private WheelScene scene(int level, SplittableRandom random) {
    int fewest = Math.clamp(LEVELS[level - 1][0], least, most);
    int count = random.nextInt(fewest, Math.clamp(LEVELS[level - 1][1], fewest, most) + 1);
    int[] widths = widths(count, random);
    List<Integer> edges = new ArrayList<>();
    int at = STEP * random.nextInt(360 / STEP);
    for (int width : widths) {
      edges.add(at % 360);
      at += width;
    }
    List<String> prizes = new ArrayList<>(PRIZES);
    for (int i = 0; i < count; i++) {
      java.util.Collections.swap(prizes, i, random.nextInt(i, prizes.size()));
    }
    return new WheelScene(edges, prizes.subList(0, count), 45 * random.nextInt(8));
  }

  /** Widths in order, each choice equally likely among those that are not all equal. */
  private static int[] widths(int count, SplittableRandom random) {
    int spare = (360 - NARROWEST * count) / STEP;
    while (true) {
      int[] cuts = new int[count - 1];
      for (int i = 0; i < cuts.length; i++) {
        cuts[i] = random.nextInt(spare + 1);
      }
      Arrays.sort(cuts);
      int[] widths = new int[count];
      int before = 0;
      int widest = 0;
      for (int i = 0; i < count; i++) {
        int cut = i < cuts.length ? cuts[i] : spare;
        widths[i] = NARROWEST + STEP * (cut - before);
        before = cut;
        widest = Math.max(widest, widths[i]);
      }
      if (widest <= WIDEST && Arrays.stream(widths).distinct().count() > 1) {
        return widths;
      }
    }
  }

  Optional<Question> question(WheelScene scene, int level, SplittableRandom random) {
    for (int i = 0; i < TRIES; i++) {
      Question question = any(level, random);
      if (clear(scene, question)
          && selection.wants(question)
          && selection.wants(scale.difficulty(WheelMeasures.of(scene, question)))) {
        return Optional.of(question);
      }
    }
    return Optional.empty();
  }

  /** Whether no edge comes to rest near the arrow. */
  boolean clear(WheelScene scene, Question question) {
    return WheelSolver.margin(scene, Spins.of(question).net()) >= margin;
  }

  boolean size(WheelScene scene) {
    return scene.edges().size() >= least && scene.edges().size() <= most;
  }

  private Question any(int level, SplittableRandom random) {
    int spins = random.nextInt(1, LEVELS[level - 1][2] + 1);
    if (spins == 1
        && !selection.questions().contains(WheelOfFortuneFamily.DEGREES)
        && !selection.questions().contains(WheelOfFortuneFamily.TURNS)) {
      spins = random.nextInt(2, 4);
    }
    List<Integer> degrees = new ArrayList<>();
    boolean turns = spins == 1 && random.nextBoolean();
    for (int i = 0; i < spins; i++) {
      int spin =
          turns
              ? TWENTIETH * random.nextInt(5, 20 * MOST_TURNS)
              : STEP * random.nextInt(6, (spins == 1 ? 1800 : 720) / STEP + 1);
      degrees.add(random.nextBoolean() ? spin : -spin);
    }
    String kind =
        spins > 1
            ? WheelOfFortuneFamily.SEQUENCE
            : turns ? WheelOfFortuneFamily.TURNS : WheelOfFortuneFamily.DEGREES;
    return new Spins(degrees).question(kind);
  }
}
