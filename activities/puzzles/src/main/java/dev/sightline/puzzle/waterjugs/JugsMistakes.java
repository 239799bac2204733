package dev.sightline.puzzle.waterjugs;

import dev.sightline.puzzle.WrongAnswer;
import java.util.ArrayList;
import java.util.List;

/** What solving wrongly gives. */
final class JugsMistakes {
  private JugsMistakes() {}

  static List<WrongAnswer> of(JugsScene scene, List<Integer> goal) {
    List<WrongAnswer> wrong = new ArrayList<>();
    int different = different(scene.amounts(), goal);
    JugsSolver.solve(scene, goal)
        .ifPresent(
            solution -> {
              add(wrong, "off-by-one-up", solution.pours() + 1);
              add(wrong, "off-by-one-down", Math.max(1, solution.pours() - 1));
            });
    add(wrong, "one-pour-a-wrong-jug", different);
    add(wrong, "pours-of-any-amount", anyAmount(scene.amounts(), goal));
    add(wrong, "greedy", greedy(scene, goal));
    if (goal.size() == scene.jugs()) {
      JugsSolver.solve(new JugsScene(scene.capacities(), clipped(scene, goal)), scene.amounts())
          .ifPresent(solution -> add(wrong, "wrong-direction", Math.max(1, solution.pours())));
    }
    return wrong;
  }

  private static void add(List<WrongAnswer> wrong, String procedure, int pours) {
    wrong.add(new WrongAnswer(procedure, Integer.toString(pours)));
  }

  private static List<Integer> clipped(JugsScene scene, List<Integer> goal) {
    List<Integer> amounts = new ArrayList<>();
    for (int jug = 0; jug < goal.size(); jug++) {
      amounts.add(Math.clamp(goal.get(jug), 0, scene.capacities().get(jug)));
    }
    return amounts;
  }

  private static int different(List<Integer> amounts, List<Integer> goal) {
    int count = 0;
    for (int jug = 0; jug < Math.min(amounts.size(), goal.size()); jug++) {
      count += amounts.get(jug).equals(goal.get(jug)) ? 0 : 1;
    }
    return count;
  }

  /** As many pours as there are jugs that must give, or that must take. */
  private static int anyAmount(List<Integer> amounts, List<Integer> goal) {
    int givers = 0;
    int takers = 0;
    for (int jug = 0; jug < Math.min(amounts.size(), goal.size()); jug++) {
      givers += amounts.get(jug) > goal.get(jug) ? 1 : 0;
      takers += amounts.get(jug) < goal.get(jug) ? 1 : 0;
    }
    return Math.max(givers, takers);
  }

  /** Always the pour that comes nearest to the goal; what is still wrong then counts once a jug. */
  private static int greedy(JugsScene scene, List<Integer> goal) {
    List<Integer> amounts = new ArrayList<>(scene.amounts());
    int jugs = Math.min(amounts.size(), goal.size());
    int pours = 0;
    int gap = gap(amounts, goal);
    while (gap > 0) {
      List<Integer> best = amounts;
      boolean closer = false;
      for (int from = 0; from < jugs; from++) {
        for (int to = 0; to < jugs; to++) {
          int poured =
              from == to
                  ? 0
                  : Math.min(amounts.get(from), scene.capacities().get(to) - amounts.get(to));
          List<Integer> next = new ArrayList<>(amounts);
          next.set(from, next.get(from) - poured);
          next.set(to, next.get(to) + poured);
          if (gap(next, goal) < gap) {
            gap = gap(next, goal);
            best = next;
            closer = true;
          }
        }
      }
      if (!closer) {
        return pours + different(amounts, goal);
      }
      amounts = best;
      pours++;
    }
    return pours;
  }

  private static int gap(List<Integer> amounts, List<Integer> goal) {
    int gap = 0;
    for (int jug = 0; jug < Math.min(amounts.size(), goal.size()); jug++) {
      gap += Math.abs(amounts.get(jug) - goal.get(jug));
    }
    return gap;
  }
}
