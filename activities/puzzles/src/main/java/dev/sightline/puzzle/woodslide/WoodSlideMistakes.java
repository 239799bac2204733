package dev.sightline.puzzle.woodslide;

import dev.sightline.puzzle.WrongAnswer;
import java.util.ArrayList;
import java.util.List;

/** What wrong procedures answer. */
final class WoodSlideMistakes {
  private WoodSlideMistakes() {}

  static List<WrongAnswer> of(WoodSlideScene scene) {
    List<WrongAnswer> wrong = new ArrayList<>();
    WoodSlideSolver.distance(scene, false)
        .ifPresent(
            right -> {
              say(wrong, "off-by-one-up", right + 1);
              say(wrong, "off-by-one-down", Math.max(1, right - 1));
              say(wrong, "two-moves-overlooked", Math.max(1, right - 2));
              say(wrong, "a-detour", right + 2);
            });
    WoodSlideSolver.distance(scene, true)
        .ifPresent(moves -> say(wrong, "slide-counted-as-one-move", moves));
    say(wrong, "displaced-blocks", displaced(scene));
    say(wrong, "obstacles-ignored", freely(scene));
    int cells = 0;
    for (int cell = 0; cell < scene.start().length(); cell++) {
      cells += scene.start().charAt(cell) == scene.end().charAt(cell) ? 0 : 1;
    }
    say(wrong, "cells-that-differ", cells);
    var start = WoodSlideSolver.encode(scene.start());
    if (start.isPresent()) {
      say(
          wrong,
          "first-moves-possible",
          WoodSlideSolver.moves(start.getAsLong(), false, new long[256]));
    }
    return wrong;
  }

  private static void say(List<WrongAnswer> wrong, String procedure, int answer) {
    wrong.add(new WrongAnswer(procedure, Integer.toString(Math.max(1, answer))));
  }

  /** Blocks of the start whose place holds no such block at the end. */
  static int displaced(WoodSlideScene scene) {
    int displaced = 0;
    for (char shape : new char[] {'S', 'H', 'V', 'B'}) {
      List<Integer> there = corners(scene.end(), shape);
      for (int corner : corners(scene.start(), shape)) {
        displaced += there.contains(corner) ? 0 : 1;
      }
    }
    return displaced;
  }

  /** Cells to go if blocks could pass through each other, matched in reading order. */
  private static int freely(WoodSlideScene scene) {
    int cells = 0;
    for (char shape : new char[] {'S', 'H', 'V', 'B'}) {
      List<Integer> from = new ArrayList<>(corners(scene.start(), shape));
      List<Integer> to = new ArrayList<>(corners(scene.end(), shape));
      List<Integer> stay = from.stream().filter(to::contains).toList();
      from.removeAll(stay);
      to.removeAll(stay);
      for (int i = 0; i < Math.min(from.size(), to.size()); i++) {
        int columns = WoodSlideScene.COLUMNS;
        cells += Math.abs(from.get(i) / columns - to.get(i) / columns);
        cells += Math.abs(from.get(i) % columns - to.get(i) % columns);
      }
    }
    return cells;
  }

  /** The upper left cells of the blocks of a shape, on a board that can be cut into blocks. */
  static List<Integer> corners(String board, char shape) {
    int tall = shape == 'V' || shape == 'B' ? 2 : 1;
    int wide = shape == 'H' || shape == 'B' ? 2 : 1;
    boolean[] taken = new boolean[board.length()];
    List<Integer> corners = new ArrayList<>();
    for (int cell = 0; cell < board.length(); cell++) {
      if (board.charAt(cell) == shape && !taken[cell]) {
        corners.add(cell);
        for (int i = 0; i < tall; i++) {
          for (int j = 0; j < wide; j++) {
            int covered = cell + i * WoodSlideScene.COLUMNS + j;
            if (covered < taken.length) {
              taken[covered] = true;
            }
          }
        }
      }
    }
    return corners;
  }
}
