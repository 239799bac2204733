package dev.sightline.puzzle.thinkdot;

import dev.sightline.puzzle.Question;

/**
 * Follows no ball. A disc sends every second ball the same way, whatever the order in which balls
 * come, so that numbers of balls are enough: they run down the toy row by row.
 */
final class ThinkDotReferenceSolver {
  private final String faces;
  private final StringBuilder end = new StringBuilder("????????");

  private ThinkDotReferenceSolver(String faces) {
    this.faces = faces;
  }

  static String answer(ThinkDotScene scene, Question question) {
    String drops = question.text("drops");
    ThinkDotReferenceSolver toy = new ThinkDotReferenceSolver(scene.faces());
    int[] left = toy.split(0, count(drops, 'L'), 'Y');
    int[] centre = toy.split(1, count(drops, 'C'), 'B');
    int[] right = toy.split(2, count(drops, 'R'), 'Y');
    int[] middleLeft = toy.split(3, left[1] + centre[0], 'B');
    int[] middleRight = toy.split(4, centre[1] + right[0], 'B');
    toy.split(5, left[0] + middleLeft[0], 'Y');
    toy.split(6, middleLeft[1] + middleRight[0], 'B');
    toy.split(7, right[1] + middleRight[1], 'Y');
    String faces = toy.end.toString();
    String kind = question.kind();
    if (kind.equals("disc")) {
      String names =
          "top left,top centre,top right,middle left,middle right,"
              + "bottom left,bottom centre,bottom right";
      int index = java.util.List.of(names.split(",")).indexOf(question.text("disc"));
      return faces.charAt(index) == 'B' ? "blue" : "yellow";
    }
    String part =
        kind.equals("top")
            ? faces.substring(0, 3)
            : kind.equals("middle")
                ? faces.substring(3, 5)
                : kind.equals("bottom") ? faces.substring(5) : faces;
    return Integer.toString(count(part, question.text("colour").equals("blue") ? 'B' : 'Y'));
  }

  /**
   * Balls sent left and right by a disc, whose face at the end is noted.
   *
   * @param leftFace the face with which it sends left
   */
  private int[] split(int disc, int balls, char leftFace) {
    char face = faces.charAt(disc);
    char turned = face == 'B' ? 'Y' : 'B';
    end.setCharAt(disc, balls % 2 == 0 ? face : turned);
    int first = (balls + 1) / 2;
    return face == leftFace ? new int[] {first, balls - first} : new int[] {balls - first, first};
  }

  private static int count(String text, char wanted) {
    return (int) text.chars().filter(c -> c == wanted).count();
  }
}
