package dev.sightline.puzzle.woodslide;

/** The question in words. */
final class WoodSlideText {
  private WoodSlideText() {}

  static String ask() {
    return "The image shows a sliding block puzzle twice, at the start and at the end: a board of 5"
        + " rows and 4 columns with wooden blocks of 1 x 1, 1 x 2, 2 x 1 and 2 x 2 cells and a few"
        + " empty cells. A move slides one block by one cell up, down, left or right into empty"
        + " cells; sliding a block by two cells is two moves. Blocks do not turn, overlap or leave"
        + " the board. Blocks of the same shape are interchangeable: only the shapes must lie as"
        + " the end picture shows. What is the least number of moves from the start to the end?"
        + " Answer with a whole number.";
  }
}
