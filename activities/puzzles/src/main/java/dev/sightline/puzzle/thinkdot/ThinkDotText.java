package dev.sightline.puzzle.thinkdot;

import dev.sightline.puzzle.Question;

/** The question's words. The rules are stated in full: a picture shows faces, not wiring. */
final class ThinkDotText {
  private static final String RULES =
      "The toy has eight discs with a blue or a yellow face: three in the top row, two in the middle"
          + " row, three in the bottom row. A ball that meets a disc is sent left or right by the"
          + " face shown, and then the disc flips to its other colour. The left and right discs of"
          + " the top and bottom rows send a ball right when blue and left when yellow. The other"
          + " four discs send it left when blue and right when yellow. A ball first meets the top"
          + " disc under its hole. From the top left disc it goes, sent left, to the bottom left"
          + " disc, and sent right, to the middle left disc. From the top centre disc it goes to the"
          + " middle left or middle right disc. From the top right disc it goes, sent left, to the"
          + " middle right disc, and sent right, to the bottom right disc. From the middle left disc"
          + " it goes to the bottom left or bottom centre disc, from the middle right disc to the"
          + " bottom centre or bottom right disc. After the bottom row it leaves the toy.";

  private ThinkDotText() {}

  static String ask(Question question) {
    String drops = question.text("drops");
    StringBuilder holes = new StringBuilder();
    for (int i = 0; i < drops.length(); i++) {
      holes.append(i == 0 ? "" : ", ").append(hole(drops.charAt(i)));
    }
    String dropped =
        drops.length() == 1
            ? "One ball is dropped into the %s hole.".formatted(holes)
            : "%d balls are dropped one after the other into these holes: %s."
                .formatted(drops.length(), holes);
    return RULES + " " + dropped + " " + asked(question);
  }

  private static String asked(Question question) {
    return switch (question.kind()) {
      case ThinkDotFamily.DISC ->
          "Which face does the %s disc show at the end? Answer blue or yellow."
              .formatted(question.text("disc"));
      case ThinkDotFamily.ALL ->
          "How many of the eight faces are %s at the end? Answer with a number."
              .formatted(question.text("colour"));
      case ThinkDotFamily.TOP, ThinkDotFamily.MIDDLE, ThinkDotFamily.BOTTOM ->
          "How many faces of the %s row are %s at the end? Answer with a number."
              .formatted(question.kind(), question.text("colour"));
      default -> throw new IllegalArgumentException("no question of this toy: " + question.kind());
    };
  }

  static String hole(char hole) {
    return switch (hole) {
      case 'L' -> "left";
      case 'C' -> "centre";
      case 'R' -> "right";
      default -> throw new IllegalArgumentException("holes are L, C and R, not " + hole);
    };
  }
}
