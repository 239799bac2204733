package dev.sightline.puzzle.waterjugs;

import java.util.List;
import java.util.Optional;

/** Fewest pours by forward search. */
final class JugsSolver {
  /**
   * @param pours the fewest
   * @param states amounts that the search saw
   */
  record Solution(int pours, int states) {}

  private JugsSolver() {}

  /** Empty where the goal cannot be reached, also because it does not fit the jugs. */
  static Optional<Solution> solve(JugsScene scene, List<Integer> goal) {
    if (!fits(scene, goal)) {
      return Optional.empty();
    }
    JugsSearch search = new JugsSearch(scene, Integer.MAX_VALUE, goal);
    return search.endsWith(goal)
        ? Optional.of(new Solution(search.depth(), search.states()))
        : Optional.empty();
  }

  /** Whether the goal has an amount for each jug, none too large, and the same total. */
  private static boolean fits(JugsScene scene, List<Integer> goal) {
    if (goal.size() != scene.jugs()) {
      return false;
    }
    int balance = 0;
    for (int jug = 0; jug < goal.size(); jug++) {
      if (goal.get(jug) < 0 || goal.get(jug) > scene.capacities().get(jug)) {
        return false;
      }
      balance += goal.get(jug) - scene.amounts().get(jug);
    }
    return balance == 0;
  }
}
