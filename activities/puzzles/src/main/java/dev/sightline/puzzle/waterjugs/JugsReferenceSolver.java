package dev.sightline.puzzle.waterjugs;

import dev.sightline.puzzle.Question;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Fewest pours backwards from the goal: what could the amounts have been before the last pour? That
 * pour left its jug empty or filled the other, and any smaller part of the water may have been the
 * part that was poured.
 */
final class JugsReferenceSolver {
  private JugsReferenceSolver() {}

  static OptionalInt pours(JugsScene scene, Question question) {
    List<Integer> goal = new ArrayList<>();
    for (String litres : question.text("goal").split(" ")) {
      goal.add(Integer.valueOf(litres));
    }
    List<Integer> start = scene.amounts();
    if (goal.size() != start.size()) {
      return OptionalInt.empty();
    }
    for (int jug = 0; jug < goal.size(); jug++) {
      if (goal.get(jug) < 0 || goal.get(jug) > scene.capacities().get(jug)) {
        return OptionalInt.empty();
      }
    }
    Set<List<Integer>> known = new HashSet<>(Set.of(goal));
    List<List<Integer>> last = List.of(goal);
    for (int pours = 0; !last.isEmpty(); pours++) {
      if (known.contains(start)) {
        return OptionalInt.of(pours);
      }
      List<List<Integer>> earlier = new ArrayList<>();
      for (List<Integer> after : last) {
        for (List<Integer> before : before(scene.capacities(), after)) {
          // Only the start may be something that no pour leaves behind.
          if ((before.equals(start) || leftByPour(scene.capacities(), before))
              && known.add(before)) {
            earlier.add(before);
          }
        }
      }
      last = earlier;
    }
    return OptionalInt.empty();
  }

  private static List<List<Integer>> before(List<Integer> capacities, List<Integer> after) {
    List<List<Integer>> found = new ArrayList<>();
    for (int source = 0; source < after.size(); source++) {
      for (int sink = 0; sink < after.size(); sink++) {
        boolean ended =
            after.get(source) == 0 || after.get(sink).intValue() == capacities.get(sink);
        if (source == sink || !ended) {
          continue;
        }
        int most = Math.min(after.get(sink), capacities.get(source) - after.get(source));
        for (int litres = 1; litres <= most; litres++) {
          List<Integer> before = new ArrayList<>(after);
          before.set(source, after.get(source) + litres);
          before.set(sink, after.get(sink) - litres);
          found.add(List.copyOf(before));
        }
      }
    }
    return found;
  }

  private static boolean leftByPour(List<Integer> capacities, List<Integer> amounts) {
    for (int jug = 0; jug < amounts.size(); jug++) {
      if (amounts.get(jug) == 0 || amounts.get(jug).intValue() == capacities.get(jug)) {
        return true;
      }
    }
    return false;
  }
}
