package dev.sightline.puzzle.waterjugs;

import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.Selection.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** Draws jugs and amounts, a number of pours, and a goal that needs exactly so many. */
final class JugsGenerator {
  private JugsGenerator() {}

  /** Most goals of a level need the fewest pours; so the numbers are drawn before the jugs. */
  private static final int SPREAD = 3;

  private static final int ATTEMPTS = 200;

  /** What to draw from: fewest and most jugs, largest capacity. */
  record Sizes(int leastJugs, int greatestJugs, int maximumCapacity) {}

  /** Empty where no goal with the drawn number of pours was found in many attempts. */
  static Optional<Puzzle> draw(Sizes sizes, Range pours, SplittableRandom random) {
    int highest = Math.min(pours.greatest(), pours.least() + SPREAD);
    int wanted = random.nextInt(pours.least(), highest + 1);
    Range exactly = new Range(wanted, wanted == highest ? pours.greatest() : wanted);
    Optional<Puzzle> found = Optional.empty();
    for (int i = 0; i < ATTEMPTS && found.isEmpty(); i++) {
      int jugs = random.nextInt(sizes.leastJugs(), sizes.greatestJugs() + 1);
      found = attempt(jugs, sizes.maximumCapacity(), exactly, random);
    }
    return found;
  }

  private static Optional<Puzzle> attempt(
      int jugs, int maximumCapacity, Range pours, SplittableRandom random) {
    TreeSet<Integer> capacities = new TreeSet<>(Comparator.reverseOrder());
    while (capacities.size() < jugs) {
      capacities.add(random.nextInt(1, maximumCapacity + 1));
    }
    List<Integer> amounts = new ArrayList<>();
    capacities.forEach(capacity -> amounts.add(random.nextInt(capacity + 1)));
    JugsScene scene = new JugsScene(List.copyOf(capacities), amounts);
    JugsSearch search = new JugsSearch(scene, pours.greatest(), null);
    int greatest = Math.min(search.depth(), pours.greatest());
    if (pours.least() > greatest) {
      return Optional.empty();
    }
    int wanted = random.nextInt(pours.least(), greatest + 1);
    List<Integer> goal = search.get(wanted, random.nextInt(search.count(wanted)));
    return Optional.of(new Puzzle(scene, WaterJugsFamily.ask(goal)));
  }

  /** Any reachable goal for jugs that are given. */
  static Question question(JugsScene scene, SplittableRandom random) {
    JugsSearch search = new JugsSearch(scene, Integer.MAX_VALUE, null);
    int pours = search.depth() == 0 ? 0 : random.nextInt(1, search.depth() + 1);
    return WaterJugsFamily.ask(search.get(pours, random.nextInt(search.count(pours))));
  }
}
