package dev.sightline.puzzle.clock;

import dev.sightline.puzzle.Question;
import java.util.Map;
import java.util.Set;

/**
 * How many small operations a question takes: one to read the clock, and for each shift one for its
 * hours (if any), one for minutes in fives or two for other minutes (none for none), one where the
 * minutes carry over to the hours, one where the time passes twelve.
 */
final class ClockMeasures {
  static final String OPERATIONS = "operations";
  static final Set<String> NAMES = Set.of(OPERATIONS, "shift", "carries", "twelves", "shifts");

  private int operations = 1;
  private int shift;
  private int carries;
  private int twelves;
  private int shifts;

  private ClockMeasures() {}

  /** The operations alone, of shifts in minutes from a time; for counting many questions. */
  static int operations(ClockScene scene, int... shifts) {
    return sum(scene, shifts).operations;
  }

  private static ClockMeasures sum(ClockScene scene, int... shifts) {
    ClockMeasures sum = new ClockMeasures();
    int at = ClockSolver.minutes(scene);
    for (int minutes : shifts) {
      sum.add(at, minutes);
      at = Math.floorMod(at + minutes, ClockSolver.TURN);
    }
    return sum;
  }

  static Map<String, Integer> of(ClockScene scene, Question question) {
    ClockMeasures sum = sum(scene, ClockSolver.shifts(question));
    return Map.of(
        OPERATIONS,
        sum.operations,
        "shift",
        sum.shift,
        "carries",
        sum.carries,
        "twelves",
        sum.twelves,
        "shifts",
        sum.shifts);
  }

  private void add(int from, int minutes) {
    int size = Math.abs(minutes);
    int odd = size % 60;
    int landing = from % 60 + (minutes < 0 ? -odd : odd);
    boolean carry = landing < 0 || landing >= 60;
    boolean twelve = from + minutes < 0 || from + minutes >= ClockSolver.TURN;
    shifts++;
    shift += size;
    carries += carry ? 1 : 0;
    twelves += twelve ? 1 : 0;
    operations +=
        (size >= 60 ? 1 : 0)
            + (odd == 0 ? 0 : odd % 5 == 0 ? 1 : 2)
            + (carry ? 1 : 0)
            + (twelve ? 1 : 0);
  }
}
