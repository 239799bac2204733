package dev.sightline.puzzle.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.FontFace;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalendarTest {
  private static final ConfiguredFamily CALENDAR = PuzzleFamilies.configure("calendar", Map.of());

  private static Puzzle puzzle(int year, int month, LocalDate asked) {
    LocalDate first = LocalDate.of(year, month, 1);
    int years = asked.getYear() - year;
    StringBuilder leaps = new StringBuilder();
    for (int i = 0; i <= Math.abs(years); i++) {
      leaps.append(Year.isLeap(year + (long) Integer.signum(years) * i) ? 'L' : 'N');
    }
    return new Puzzle(
        new CalendarScene(first.getMonth(), first.getDayOfWeek(), first.lengthOfMonth()),
        new CalendarDate(years, asked.getMonth(), asked.getDayOfMonth(), leaps.toString())
            .question());
  }

  /** The first of the millennium was a Saturday, 4 July 1996 a Thursday. */
  @Test
  void knownDays() {
    Puzzle millennium = puzzle(1999, 3, LocalDate.of(2000, 1, 1));
    assertThat(CALENDAR.answer(millennium)).contains("Saturday");
    assertThat(CALENDAR.referenceAnswer(millennium)).contains("Saturday");
    assertThat(CALENDAR.questionText(millennium))
        .contains("The next year is a leap year.")
        .contains("January 1 of the next year")
        .doesNotContain("March");
    Puzzle independence = puzzle(1996, 2, LocalDate.of(1996, 7, 4));
    assertThat(CALENDAR.answer(independence)).contains("Thursday");
    assertThat(CALENDAR.referenceAnswer(independence)).contains("Thursday");
  }

  /** Four centuries hold every pattern of leap years; the JDK knows their weekdays. */
  @Test
  void realDatesAreAnsweredAsTheJdkDoes() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 3000; i++) {
      int year = random.nextInt(1700, 2500);
      int target = year + random.nextInt(-4, 5);
      LocalDate asked = LocalDate.ofYearDay(target, random.nextInt(1, 366));
      Puzzle puzzle = puzzle(year, random.nextInt(1, 13), asked);
      String weekday = CalendarText.name(asked.getDayOfWeek());
      assertThat(CALENDAR.answer(puzzle)).as("%s %s", puzzle, asked).contains(weekday);
      assertThat(CALENDAR.referenceAnswer(puzzle)).as("%s", puzzle).contains(weekday);
      assertThat(CALENDAR.legal(puzzle)).as("%s", puzzle).isTrue();
    }
  }

  @Test
  void pagesAndDatesThatDoNotExistHaveNoAnswer() {
    CalendarScene longFebruary = new CalendarScene(Month.FEBRUARY, DayOfWeek.MONDAY, 29);
    Question ordinary = new CalendarDate(0, Month.MARCH, 1, "N").question();
    assertThat(CALENDAR.answer(new Puzzle(longFebruary, ordinary))).isEmpty();
    assertThat(CALENDAR.referenceAnswer(new Puzzle(longFebruary, ordinary))).isEmpty();
    CalendarScene march = new CalendarScene(Month.MARCH, DayOfWeek.MONDAY, 31);
    Question never = new CalendarDate(0, Month.FEBRUARY, 29, "N").question();
    assertThat(CALENDAR.answer(new Puzzle(march, never))).isEmpty();
    assertThat(CALENDAR.referenceAnswer(new Puzzle(march, never))).isEmpty();
    assertThatThrownBy(() -> new CalendarDate(2, Month.MAY, 1, "NL"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(
            CALENDAR.legal(new Puzzle(march, new CalendarDate(2, Month.MAY, 1, "LNL").question())))
        .as("leap years two years apart")
        .isFalse();
  }

  @Test
  void everyPageComesAtEveryLevel() {
    for (int level = 1; level <= 5; level++) {
      ConfiguredFamily family = PuzzleFamilies.configure("calendar", Map.of("level", level));
      Set<Object> pages = new HashSet<>();
      for (int i = 0; i < 1500; i++) {
        pages.add(family.draw(SeedTree.root(3).child(level).child(i)).scene());
      }
      assertThat(pages).hasSize(91);
    }
    ConfiguredFamily december =
        PuzzleFamilies.configure("calendar", Map.of("level", 1, "questions", List.of("next-year")));
    assertThat(december.space().scenes().intValueExact()).as("Decembers only").isEqualTo(7);
  }

  @Test
  void monthsAndLeapDaysAreMeasured() {
    Puzzle puzzle = puzzle(2023, 11, LocalDate.of(2024, 3, 10));
    assertThat(CALENDAR.difficulty(puzzle).measures())
        .containsEntry("months", 4)
        .containsEntry("days", 130)
        .containsEntry("leap-days", 1);
    assertThat(CALENDAR.difficulty(puzzle).level()).isEqualTo(2);
  }

  @Test
  void daysStandUnderTheirWeekday() {
    CalendarScene scene = new CalendarScene(Month.MAY, DayOfWeek.SATURDAY, 31);
    assertThat(CalendarPainter.place(scene, 1, DayOfWeek.MONDAY)).containsExactly(5, 0);
    assertThat(CalendarPainter.place(scene, 31, DayOfWeek.MONDAY)).containsExactly(0, 5);
    assertThat(CalendarPainter.place(scene, 1, DayOfWeek.SUNDAY)).containsExactly(6, 0);
    assertThat(CalendarPainter.place(scene, 2, DayOfWeek.SUNDAY)).containsExactly(0, 1);
  }

  /** No label leaves its column, and the table stays within the picture. */
  @Test
  void labelsFitTheirCells() {
    for (int size : new int[] {112, 224, 448, 1024}) {
      CalendarPainter.Layout layout = CalendarPainter.Layout.of(size, size);
      assertThat(layout.bottom()).isLessThan(size);
      for (FontFace face : FontFace.values()) {
        for (DayOfWeek day : DayOfWeek.values()) {
          String name = CalendarText.name(day).substring(0, 3);
          assertThat(Canvas.textWidth(name, 0.34 * layout.names(), face))
              .as("%s %s at %d", face, name, size)
              .isLessThan(0.97 * layout.column());
        }
        assertThat(Canvas.textWidth("28", 0.36 * layout.row(), face))
            .isLessThan(0.8 * layout.column());
        assertThat(Canvas.textWidth("September", 0.42 * layout.head(), face))
            .isLessThan(7 * layout.column());
      }
    }
    CalendarPainter.Layout layout = CalendarPainter.Layout.of(448, 448);
    assertThat(0.34 * layout.names()).isGreaterThan(11);
    assertThat(0.36 * layout.row()).isGreaterThan(11);
  }
}
