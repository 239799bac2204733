package dev.sightline.puzzle.clock;

import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import java.util.ArrayList;
import java.util.List;

/** Wrong procedures on a clock. */
final class ClockMistakes {
  private ClockMistakes() {}

  static List<WrongAnswer> of(ClockScene scene, Question question) {
    int now = ClockSolver.minutes(scene);
    int[] shifts = ClockSolver.shifts(question);
    int sum = 0;
    int hoursOnly = 0;
    int minutes = now % 60;
    int hours = now / 60;
    for (int shift : shifts) {
      sum += shift;
      hoursOnly += shift / 60 * 60;
      minutes += shift % 60;
      hours += shift / 60;
    }
    List<WrongAnswer> wrong = new ArrayList<>();
    int swapped = scene.minute() / 5 * 60 + scene.hour() % 12 * 5;
    wrong.add(wrong("hands-swapped", swapped + sum));
    wrong.add(wrong("next-hour-read", now + 60 + sum));
    wrong.add(wrong("hour-too-early", now - 60 + sum));
    wrong.add(wrong("five-minutes-off", now + 5 + sum));
    wrong.add(wrong("five-minutes-off", now - 5 + sum));
    if (shifts.length > 0) {
      wrong.add(wrong("no-carry", hours * 60 + Math.floorMod(minutes, 60)));
      wrong.add(wrong("minutes-ignored", now + hoursOnly));
      wrong.add(wrong("wrong-direction", now - sum));
    }
    if (shifts.length > 1) {
      wrong.add(wrong("first-part-only", now + shifts[0]));
      wrong.add(wrong("second-part-only", now + shifts[1]));
    }
    return wrong;
  }

  private static WrongAnswer wrong(String procedure, int minutes) {
    return new WrongAnswer(procedure, ClockSolver.time(minutes));
  }
}
