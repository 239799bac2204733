package dev.sightline.puzzle.thinkdot;

import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.Selection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Draws what is asked, then holes for balls in any order until the number of passes fits. */
final class ThinkDotGenerator {
  static final int MOST_BALLS = 14;
  private static final int TRIES = 300;
  private static final String HOLES = "LCR";

  /** Fewest and most balls that can give a level's passes, two or three a ball. */
  private static final int[][] BALLS = {{1, 1}, {2, 3}, {3, 6}, {5, 9}, {7, MOST_BALLS}};

  /** The top row is asked about half as often as the rest: no ball need be followed for it. */
  private static final Map<String, Integer> WEIGHTS = Map.of(ThinkDotFamily.TOP, 1);

  private final Selection selection;
  private final DifficultyScale scale;
  private final List<String> kinds;

  ThinkDotGenerator(Selection selection, DifficultyScale scale) {
    this.selection = selection;
    this.scale = scale;
    this.kinds =
        selection.questions().stream()
            .flatMap(kind -> Stream.generate(() -> kind).limit(WEIGHTS.getOrDefault(kind, 2)))
            .toList();
  }

  Selection selection() {
    return selection;
  }

  Optional<Question> question(ThinkDotScene scene, SplittableRandom random) {
    Question asked = asked(random);
    for (int i = 0; i < TRIES; i++) {
      Question question = asked.with("drops", drops(random));
      if (wanted(scene, question)) {
        return Optional.of(question);
      }
    }
    return Optional.empty();
  }

  Question any(SplittableRandom random) {
    return asked(random).with("drops", drops(random));
  }

  private Question asked(SplittableRandom random) {
    String kind = kinds.get(random.nextInt(kinds.size()));
    if (kind.equals(ThinkDotFamily.DISC)) {
      Disc disc = Disc.LOWER.get(random.nextInt(Disc.LOWER.size()));
      return Question.of(kind).with("disc", disc.words());
    }
    return Question.of(kind).with("colour", random.nextBoolean() ? "blue" : "yellow");
  }

  private String drops(SplittableRandom random) {
    int level = selection.level(random);
    int balls = random.nextInt(BALLS[level - 1][0], BALLS[level - 1][1] + 1);
    StringBuilder drops = new StringBuilder();
    for (int i = 0; i < balls; i++) {
      drops.append(HOLES.charAt(random.nextInt(3)));
    }
    return drops.toString();
  }

  private boolean wanted(ThinkDotScene scene, Question question) {
    return selection.wants(scale.difficulty(measures(scene, question)));
  }

  static Map<String, Integer> measures(ThinkDotScene scene, Question question) {
    String drops = question.text("drops");
    ThinkDotSolver toy = ThinkDotSolver.after(scene, drops, ThinkDotSolver.Rule.RIGHT);
    return Map.of(
        ThinkDotFamily.PASSES,
        toy.passes(),
        "balls",
        drops.length(),
        "through-middle",
        toy.throughMiddle());
  }

  /**
   * The least number of wanted questions on a toy, and how many toys have one. Only sequences of
   * the level's two smallest numbers of balls are counted.
   */
  int[] leastQuestionsAndScenes() {
    int ways = 0;
    for (String kind : selection.questions()) {
      ways += kind.equals(ThinkDotFamily.DISC) ? Disc.LOWER.size() : 2;
    }
    int[] balls = BALLS[selection.wantedLevel().orElse(1) - 1];
    int longest =
        selection.wantedLevel().isPresent() ? Math.min(balls[0] + 1, balls[1]) : MOST_BALLS / 2;
    int least = Integer.MAX_VALUE;
    int scenes = 0;
    for (int bits = 0; bits < 256; bits++) {
      int count = sequences(scene(bits), "", balls[0], longest);
      if (count > 0) {
        scenes++;
        least = Math.min(least, count);
      }
    }
    return new int[] {scenes == 0 ? 1 : least * ways, scenes};
  }

  private int sequences(ThinkDotScene scene, String drops, int shortest, int longest) {
    int count = 0;
    if (drops.length() >= shortest) {
      Question question = Question.of(ThinkDotFamily.ALL).with("drops", drops);
      count += wanted(scene, question) ? 1 : 0;
    }
    for (int hole = 0; hole < 3 && drops.length() < longest; hole++) {
      count += sequences(scene, drops + HOLES.charAt(hole), shortest, longest);
    }
    return count;
  }

  /** The toys by number, 0 to 255. */
  static ThinkDotScene scene(int bits) {
    StringBuilder faces = new StringBuilder();
    for (int disc = 0; disc < 8; disc++) {
      faces.append((bits >> disc & 1) == 1 ? 'B' : 'Y');
    }
    return new ThinkDotScene(faces.toString());
  }
}
