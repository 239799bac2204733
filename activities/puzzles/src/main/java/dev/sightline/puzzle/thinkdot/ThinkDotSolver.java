package dev.sightline.puzzle.thinkdot;

import dev.sightline.puzzle.Question;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows each ball from disc to disc. */
final class ThinkDotSolver {
  /** How the toy works, so that wrong procedures can be followed as well. */
  record Rule(boolean mirrored, boolean flipsFirst, boolean flips) {
    static final Rule RIGHT = new Rule(false, false, true);
  }

  private final boolean[] blue = new boolean[Disc.values().length];
  private int passes;
  private int middle;

  private ThinkDotSolver(ThinkDotScene scene) {
    for (int i = 0; i < blue.length; i++) {
      blue[i] = scene.faces().charAt(i) == 'B';
    }
  }

  /** The toy after all balls. */
  static ThinkDotSolver after(ThinkDotScene scene, String drops, Rule rule) {
    ThinkDotSolver toy = new ThinkDotSolver(scene);
    for (int i = 0; i < drops.length(); i++) {
      toy.drop(drops.charAt(i), rule);
    }
    return toy;
  }

  private void drop(char hole, Rule rule) {
    @Nullable Disc disc =
        switch (hole) {
          case 'L' -> Disc.TOP_LEFT;
          case 'C' -> Disc.TOP_CENTRE;
          case 'R' -> Disc.TOP_RIGHT;
          default -> throw new IllegalArgumentException("holes are L, C and R, not " + hole);
        };
    while (disc != null) {
      int at = disc.ordinal();
      passes++;
      middle += disc == Disc.MIDDLE_LEFT || disc == Disc.MIDDLE_RIGHT ? 1 : 0;
      boolean shown = rule.flipsFirst() ? !blue[at] : blue[at];
      blue[at] = rule.flips() != blue[at];
      disc = disc.next(disc.sendsLeft(shown) != rule.mirrored());
    }
  }

  int passes() {
    return passes;
  }

  int throughMiddle() {
    return middle;
  }

  boolean blue(Disc disc) {
    return blue[disc.ordinal()];
  }

  static String answer(ThinkDotScene scene, Question question) {
    return after(scene, question.text("drops"), Rule.RIGHT).read(question);
  }

  /** What the question asks of the faces as they are now. */
  String read(Question question) {
    if (question.kind().equals(ThinkDotFamily.DISC)) {
      return blue(disc(question.text("disc"))) ? "blue" : "yellow";
    }
    boolean wanted = question.text("colour").equals("blue");
    int count = 0;
    for (Disc disc : row(question.kind())) {
      count += blue(disc) == wanted ? 1 : 0;
    }
    return Integer.toString(count);
  }

  static Disc disc(String words) {
    for (Disc disc : Disc.values()) {
      if (disc.words().equals(words)) {
        return disc;
      }
    }
    throw new IllegalArgumentException("no disc is called " + words);
  }

  private static List<Disc> row(String kind) {
    List<Disc> all = List.of(Disc.values());
    return switch (kind) {
      case ThinkDotFamily.TOP -> all.subList(0, 3);
      case ThinkDotFamily.MIDDLE -> all.subList(3, 5);
      case ThinkDotFamily.BOTTOM -> all.subList(5, 8);
      case ThinkDotFamily.ALL -> all;
      default -> throw new IllegalArgumentException("no question of this toy: " + kind);
    };
  }
}
