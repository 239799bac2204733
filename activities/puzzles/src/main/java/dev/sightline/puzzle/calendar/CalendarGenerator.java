package dev.sightline.puzzle.calendar;

import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.Selection;
import java.time.DayOfWeek;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Draws dates: first how many months away, evenly within a level, then years, leap years, day. */
final class CalendarGenerator {
  private static final int TRIES = 300;

  /** One time in so many a leap year is left out, as at the turn of most centuries. */
  private static final int CENTURY = 16;

  private final Selection selection;
  private final DifficultyScale scale;

  CalendarGenerator(Selection selection, DifficultyScale scale) {
    this.selection = selection;
    this.scale = scale;
  }

  /** The 91 pages: eleven months and two Februaries on seven weekdays. */
  static List<CalendarScene> pages() {
    List<CalendarScene> pages = new ArrayList<>();
    for (Month month : Month.values()) {
      for (DayOfWeek first : DayOfWeek.values()) {
        for (int days = month.minLength(); days <= month.maxLength(); days++) {
          pages.add(new CalendarScene(month, first, days));
        }
      }
    }
    return List.copyOf(pages);
  }

  Optional<Question> question(CalendarScene scene, SplittableRandom random) {
    for (int i = 0; i < TRIES; i++) {
      Question question = any(scene, random);
      if (wanted(scene, question)) {
        return Optional.of(question);
      }
    }
    return Optional.empty();
  }

  private boolean wanted(CalendarScene scene, Question question) {
    return selection.wants(question)
        && selection.wants(scale.difficulty(CalendarMeasures.of(scene, question)));
  }

  Question any(CalendarScene scene, SplittableRandom random) {
    int level = selection.level(random);
    Selection.Range months = scale.range(level, 0, 12 * CalendarDate.FARTHEST);
    int away = random.nextInt(months.least(), months.greatest() + 1);
    int index = scene.month().getValue() - 1 + (random.nextBoolean() ? away : -away);
    int years = Math.floorDiv(index, 12);
    Month month = Month.of(Math.floorMod(index, 12) + 1);
    if (Math.abs(years) > CalendarDate.FARTHEST) {
      return any(scene, random);
    }
    String leaps = leaps(scene, Math.abs(years), random);
    int days = month.length(leaps.charAt(leaps.length() - 1) == 'L');
    return new CalendarDate(years, month, random.nextInt(1, days + 1), leaps).question();
  }

  private static String leaps(CalendarScene scene, int years, SplittableRandom random) {
    while (true) {
      int phase = random.nextInt(4);
      int century = random.nextInt(CENTURY);
      StringBuilder leaps = new StringBuilder();
      for (int i = 0; i <= years; i++) {
        boolean leftOut = i < 4 ? century == 0 : century == 1;
        leaps.append((i + phase) % 4 == 0 && !leftOut ? 'L' : 'N');
      }
      if (fits(scene, leaps.charAt(0))) {
        return leaps.toString();
      }
    }
  }

  private static boolean fits(CalendarScene scene, char leap) {
    return scene.month().length(leap == 'L') == scene.days();
  }

  /** How many wanted questions each page has, in the order of {@link #pages}. */
  List<Integer> questions() {
    return pages().stream().map(this::questions).toList();
  }

  private int questions(CalendarScene scene) {
    int count = 0;
    for (int years = -CalendarDate.FARTHEST; years <= CalendarDate.FARTHEST; years++) {
      for (String leaps : patterns(Math.abs(years) + 1)) {
        if (!fits(scene, leaps.charAt(0))) {
          continue;
        }
        for (Month month : Month.values()) {
          for (int day = 1; day <= month.length(leaps.endsWith("L")); day++) {
            CalendarDate date = new CalendarDate(years, month, day, leaps);
            count += date.possible() && wanted(scene, date.question()) ? 1 : 0;
          }
        }
      }
    }
    return count;
  }

  private static List<String> patterns(int length) {
    List<String> patterns = new ArrayList<>();
    for (int bits = 0; bits < 1 << length; bits++) {
      StringBuilder pattern = new StringBuilder();
      for (int i = 0; i < length; i++) {
        pattern.append((bits >> i & 1) == 1 ? 'L' : 'N');
      }
      int first = pattern.indexOf("L");
      if (first < 0 || pattern.indexOf("L", first + 1) < 0 || patternSpread(pattern)) {
        patterns.add(pattern.toString());
      }
    }
    return patterns;
  }

  private static boolean patternSpread(StringBuilder pattern) {
    int first = pattern.indexOf("L");
    return pattern.indexOf("L", first + 1) - first >= 4;
  }
}
