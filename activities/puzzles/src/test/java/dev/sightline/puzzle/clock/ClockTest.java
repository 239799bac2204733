package dev.sightline.puzzle.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.SeedTree;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Palette;
import dev.sightline.puzzle.render.Picture;
import dev.sightline.puzzle.render.Polar;
import dev.sightline.puzzle.render.Rendering;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockTest {
  private static final ConfiguredFamily CLOCK = PuzzleFamilies.configure("clock", Map.of());

  @ParameterizedTest
  @CsvSource({
    "1, 10, ago, 2, 8, 11:02",
    "12, 5, ago, 0, 6, 11:59",
    "12, 0, in, 0, 37, 12:37",
    "11, 59, in, 0, 1, 12:00",
    "8, 33, in, 3, 54, 12:27",
    "6, 30, in, 11, 59, 6:29",
    "1, 0, ago, 1, 0, 12:00"
  })
  void knownTimes(int hour, int minute, String kind, int hours, int minutes, String time) {
    Question question = Question.of(kind).with("hours", hours).with("minutes", minutes);
    Puzzle puzzle = new Puzzle(new ClockScene(hour, minute), question);
    assertThat(CLOCK.answer(puzzle)).contains(time);
    assertThat(CLOCK.referenceAnswer(puzzle)).contains(time);
    assertThat(CLOCK.questionText(puzzle)).doesNotContain(time);
  }

  @Test
  void aTrainThatLeftAtTenToTwelveAndTakesFourHours() {
    Puzzle puzzle =
        new Puzzle(
            new ClockScene(2, 15),
            Question.of("journey")
                .with("since-hours", 2)
                .with("since-minutes", 25)
                .with("hours", 4)
                .with("minutes", 0));
    assertThat(CLOCK.answer(puzzle)).contains("3:50");
    assertThat(CLOCK.referenceAnswer(puzzle)).contains("3:50");
    assertThat(CLOCK.questionText(puzzle)).contains("2 hours 25 minutes ago").contains("4 hours.");
  }

  @Test
  void operationsAreCountedAsDocumented() {
    Question odd = Question.of("in").with("hours", 2).with("minutes", 48);
    assertThat(ClockMeasures.of(new ClockScene(11, 30), odd))
        .containsEntry("operations", 6)
        .containsEntry("carries", 1)
        .containsEntry("twelves", 1)
        .containsEntry("shift", 168);
    assertThat(ClockMeasures.of(new ClockScene(11, 30), Question.of("now")))
        .containsEntry("operations", 1);
    Question back = Question.of("ago").with("hours", 0).with("minutes", 30);
    assertThat(ClockMeasures.of(new ClockScene(12, 30), back)).containsEntry("operations", 2);
  }

  @Test
  void everyFaceComesAtEveryLevel() {
    for (int level = 1; level <= 5; level++) {
      ConfiguredFamily family = PuzzleFamilies.configure("clock", Map.of("level", level));
      Set<Object> faces = new HashSet<>();
      for (int i = 0; i < 2000; i++) {
        faces.add(family.draw(SeedTree.root(3).child(level).child(i)).scene());
      }
      // 720 (1 - e^(-2000/720)) = 675 are expected of uniform draws, with a deviation of about 5.
      assertThat(faces).hasSizeBetween(650, 700);
      assertThat(family.space().questions().intValueExact()).isGreaterThan(20);
    }
  }

  @Test
  void oneMinuteOffIsStillRight() {
    assertThat(CLOCK.sameScene(new ClockScene(12, 0), new ClockScene(11, 59))).isTrue();
    assertThat(CLOCK.sameScene(new ClockScene(3, 7), new ClockScene(3, 8))).isTrue();
    assertThat(CLOCK.sameScene(new ClockScene(3, 7), new ClockScene(3, 9))).isFalse();
    assertThat(CLOCK.sameScene(new ClockScene(3, 7), new ClockScene(4, 7))).isFalse();
  }

  @Test
  void describedTimesMustExist() {
    assertThat(CLOCK.readDescription("Hour: 03\nminute: 7"))
        .isEqualTo(new DescriptionReading.Complete(new ClockScene(3, 7)));
    assertThat(CLOCK.readDescription("hour: 13; minute: 7"))
        .isInstanceOf(DescriptionReading.Unparsable.class);
    assertThat(CLOCK.readDescription("hour: 3")).isInstanceOf(DescriptionReading.Partial.class);
  }

  @Test
  void whatHardlyExistsIsRefused() {
    ConfiguredFamily family =
        PuzzleFamilies.configure("clock", Map.of("level", 4, "questions", List.of("now")));
    assertThatThrownBy(() -> family.draw(SeedTree.root(1))).isInstanceOf(SightlineException.class);
  }

  /** Length and width tell the hands apart whatever the line scale, and colour does as well. */
  @Test
  void handsCannotBeConfused() {
    assertThat(ClockPainter.MINUTE_LENGTH).isGreaterThan(1.5 * ClockPainter.HOUR_LENGTH);
    assertThat(ClockPainter.HOUR_WIDTH).isGreaterThan(1.8 * ClockPainter.MINUTE_WIDTH);
    for (Palette.Variant variant : Palette.Variant.values()) {
      for (String ink : ClockPainter.MINUTE_INKS) {
        int colour = variant.palette().rgb(ink);
        assertThat(Colours.distance(colour, 0x202020)).as("%s %s", variant, ink).isGreaterThan(20);
        assertThat(Colours.distance(colour, 0xffffff)).as("%s %s", variant, ink).isGreaterThan(20);
      }
    }
  }

  /** The long hand is where the minute says, the short one between its hours. */
  @Test
  void handsPointWhereTheyShould() {
    for (int i = 0; i < 40; i++) {
      ClockScene scene = (ClockScene) CLOCK.draw(SeedTree.root(11).child(i)).scene();
      Rendering rendering =
          i % 2 == 0 ? Rendering.PLAIN : Rendering.draw(SeedTree.root(12).child(i));
      Picture picture = Picture.of(CLOCK.png(scene, rendering, 448, 448));
      double radius = 448 * 0.46;
      double minute = 270 + scene.minute() * 6.0;
      double hour = 270 + scene.hour() * 30 + scene.minute() / 2.0;
      int longInk = at(picture, 0.65 * radius, minute);
      String ink = ClockPainter.MINUTE_INKS.get(rendering.variant() / 12 % 5);
      assertThat(longInk).as("%s", scene).isEqualTo(rendering.palette().rgb(ink));
      if (Math.abs(Math.IEEEremainder(minute - hour, 360)) > 20) {
        assertThat(at(picture, 0.4 * radius, hour)).as("%s", scene).isEqualTo(0x202020);
      }
    }
  }

  private static int at(Picture picture, double distance, double degrees) {
    return picture.pixel(
        (int) Polar.x(224, distance, degrees), (int) Polar.y(224, distance, degrees));
  }

  @Test
  void tooSmallPicturesAreRefusedWithTheFix() {
    assertThat(CLOCK.imageSizeProblem(60, 448).orElseThrow()).contains("at least 64");
  }
}
