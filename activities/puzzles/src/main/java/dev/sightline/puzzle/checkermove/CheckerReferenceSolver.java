package dev.sightline.puzzle.checkermove;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Takes moves back from the end until the start appears, and counts by a formula: a slide goes one
 * square and a jump two, and every pair of colours that changes sides does so in one jump, so the
 * moves are the squares gone less those pairs. Answers only where both counts agree: a way of
 * another length would mean a wrong rule.
 */
final class CheckerReferenceSolver {
  private CheckerReferenceSolver() {}

  static OptionalInt moves(CheckerScene scene) {
    List<Integer> greenFrom = places(scene.start(), 'G');
    List<Integer> greenTo = places(scene.end(), 'G');
    List<Integer> redFrom = places(scene.start(), 'R');
    List<Integer> redTo = places(scene.end(), 'R');
    if (greenFrom.size() != greenTo.size() || redFrom.size() != redTo.size()) {
      return OptionalInt.empty();
    }
    int counted = 0;
    for (int i = 0; i < greenFrom.size(); i++) {
      counted += greenTo.get(i) - greenFrom.get(i);
      for (int j = 0; j < redFrom.size(); j++) {
        boolean left = greenFrom.get(i) < redFrom.get(j);
        boolean leftAfter = greenTo.get(i) < redTo.get(j);
        counted -= left && !leftAfter ? 1 : 0;
      }
    }
    for (int j = 0; j < redFrom.size(); j++) {
      counted += redFrom.get(j) - redTo.get(j);
    }
    int walked = walkBack(scene.end(), scene.start());
    return walked >= 0 && walked == counted ? OptionalInt.of(counted) : OptionalInt.empty();
  }

  /** The moves taken back when the start appears, or -1; the row met last is tried first. */
  private static int walkBack(String end, String start) {
    Map<String, Integer> moves = new HashMap<>(Map.of(end, 0));
    Deque<String> open = new ArrayDeque<>(List.of(end));
    while (!open.isEmpty()) {
      String row = open.removeLast();
      int before = moves.getOrDefault(row, 0) + 1;
      if (row.equals(start)) {
        return before - 1;
      }
      for (String[] pattern :
          new String[][] {{"_G", "G_"}, {"R_", "_R"}, {"_RG", "GR_"}, {"RG_", "_GR"}}) {
        for (int at = row.indexOf(pattern[0]); at >= 0; at = row.indexOf(pattern[0], at + 1)) {
          String earlier =
              row.substring(0, at) + pattern[1] + row.substring(at + pattern[0].length());
          if (!moves.containsKey(earlier) && notBeyond(earlier, start)) {
            moves.put(earlier, before);
            open.addLast(earlier);
          }
        }
      }
    }
    return -1;
  }

  /** Whether no checker stands behind where it started. */
  private static boolean notBeyond(String row, String start) {
    List<Integer> green = places(row, 'G');
    List<Integer> greenFrom = places(start, 'G');
    for (int i = 0; i < green.size(); i++) {
      if (green.get(i) < greenFrom.get(i)) {
        return false;
      }
    }
    List<Integer> red = places(row, 'R');
    List<Integer> redFrom = places(start, 'R');
    for (int i = 0; i < red.size(); i++) {
      if (red.get(i) > redFrom.get(i)) {
        return false;
      }
    }
    return true;
  }

  private static List<Integer> places(String row, char checker) {
    List<Integer> places = new ArrayList<>();
    for (int at = row.indexOf(checker); at >= 0; at = row.indexOf(checker, at + 1)) {
      places.add(at);
    }
    return places;
  }
}
