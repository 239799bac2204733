package dev.sightline.puzzle.wheeloffortune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.render.Canvas;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.FontFace;
import dev.sightline.puzzle.render.Picture;
import dev.sightline.puzzle.render.Polar;
import dev.sightline.puzzle.render.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WheelTest {
  private static final ConfiguredFamily WHEEL =
      PuzzleFamilies.configure("wheel_of_fortune", Map.of());

  /** Sectors of 60, 90, 30, 80, 70 and 30 degrees, clockwise from 20 degrees past the top. */
  private static final WheelScene SCENE =
      new WheelScene(
          List.of(20, 80, 170, 200, 280, 350),
          List.of("Car", "Book", "Lamp", "Sofa", "Tent", "Kite"),
          90);

  private static Puzzle spun(WheelScene scene, Integer... degrees) {
    String kind = degrees.length > 1 ? "sequence" : "degrees";
    return new Puzzle(scene, new Spins(List.of(degrees)).question(kind));
  }

  @Test
  void knownSpins() {
    assertThat(WHEEL.answer(spun(SCENE, 360))).contains("Book");
    assertThat(WHEEL.answer(spun(SCENE, 40))).as("50 degrees come to 90").contains("Car");
    assertThat(WHEEL.answer(spun(SCENE, -90))).as("180 degrees come back").contains("Lamp");
    assertThat(WHEEL.answer(spun(SCENE, 720 + 85))).as("5 degrees").contains("Kite");
    assertThat(WHEEL.answer(spun(SCENE, 100, -60, 360))).contains("Car");
    assertThat(WHEEL.answer(spun(SCENE, 10))).as("an edge stops at the arrow").isEmpty();
    assertThat(WHEEL.referenceAnswer(spun(SCENE, 10))).isEmpty();
  }

  @Test
  void bothSolversAgreeOnAnySpinAtAnyAngle() {
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 2000; i++) {
      WheelScene scene = new WheelScene(SCENE.edges(), SCENE.prizes(), random.nextInt(360));
      Puzzle puzzle = spun(scene, random.nextInt(-900, 0), random.nextInt(1, 900));
      assertThat(WHEEL.referenceAnswer(puzzle)).as("%s", puzzle).isEqualTo(WHEEL.answer(puzzle));
    }
  }

  @Test
  void questionsSayHowFarAndWhichWay() {
    Question turns = new Spins(List.of(-1566)).question("turns");
    assertThat(WHEEL.questionText(new Puzzle(SCENE, turns)))
        .contains("counterclockwise by 4.35 full turns");
    assertThat(WHEEL.questionText(new Puzzle(SCENE, new Spins(List.of(738)).question("turns"))))
        .contains(" clockwise by 2.05 full turns");
    assertThat(WHEEL.questionText(spun(SCENE, 945, -130)))
        .contains("clockwise by 945 degrees, then counterclockwise by 130 degrees, and stops");
  }

  /** Whatever passes for a right description gives the right answer. */
  @Test
  void tolerancesNeverChangeTheAnswer() {
    SplittableRandom random = new SplittableRandom(8);
    for (int i = 0; i < 300; i++) {
      Puzzle puzzle = WHEEL.draw(SeedTree.root(8).child(i));
      WheelScene truth = (WheelScene) puzzle.scene();
      List<Integer> edges = new ArrayList<>();
      for (int edge : truth.edges()) {
        edges.add(Math.floorMod(edge + random.nextInt(-4, 5), 360));
      }
      WheelScene described = new WheelScene(edges, truth.prizes(), truth.arrow());
      assertThat(WHEEL.sameScene(truth, described)).as("%s %s", truth, described).isTrue();
      assertThat(WHEEL.answer(new Puzzle(described, puzzle.question())))
          .isEqualTo(WHEEL.answer(puzzle));
    }
    assertThat(
            WHEEL.sameScene(
                SCENE,
                new WheelScene(List.of(25, 80, 170, 200, 280, 350), SCENE.prizes(), SCENE.arrow())))
        .isFalse();
    List<String> swapped = List.of("Book", "Car", "Lamp", "Sofa", "Tent", "Kite");
    assertThat(WHEEL.sameScene(SCENE, new WheelScene(SCENE.edges(), swapped, 90))).isFalse();
    assertThat(WHEEL.sameScene(SCENE, new WheelScene(SCENE.edges(), SCENE.prizes(), 45))).isFalse();
  }

  @Test
  void descriptionsMayBeginAnywhereOnTheWheel() {
    String text = "prizes: book lamp sofa tent kite car; edges: 80 170 200 280 350 20; arrow: 90";
    assertThat(WHEEL.readDescription(text)).isEqualTo(new DescriptionReading.Complete(SCENE));
    assertThat(WHEEL.readDescription("arrow: 90; edges: 80 20 170; prizes: book lamp sofa"))
        .isInstanceOf(DescriptionReading.Partial.class);
  }

  @Test
  void turnedWheelsWithOtherPrizesAreOneForm() {
    WheelScene turned =
        new WheelScene(
            List.of(65, 125, 215, 245, 325, 35),
            List.of("Yacht", "Lamp", "Book", "Car", "Kite", "Tent"),
            135);
    assertThat(WHEEL.canonicalKey(turned)).isEqualTo(WHEEL.canonicalKey(SCENE));
    assertThat(WHEEL.canonicalKey(new WheelScene(SCENE.edges(), SCENE.prizes(), 135)))
        .isNotEqualTo(WHEEL.canonicalKey(SCENE));
  }

  @Test
  void crossedEdgesAreCounted() {
    assertThat(WheelSolver.crossed(SCENE, 40)).as("80").isEqualTo(1);
    assertThat(WheelSolver.crossed(SCENE, -90)).as("170").isEqualTo(1);
    assertThat(WheelSolver.crossed(SCENE, 360)).isZero();
    assertThat(WheelSolver.crossed(SCENE, -355)).isEqualTo(6);
  }

  @Test
  void wrongSizesNameTheField() {
    assertThatThrownBy(
            () ->
                PuzzleFamilies.configure(
                    "wheel_of_fortune", Map.of("minimumSectors", 9, "maximumSectors", 7)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("minimumSectors");
    ConfiguredFamily small =
        PuzzleFamilies.configure(
            "wheel_of_fortune", Map.of("minimumSectors", 5, "maximumSectors", 5));
    for (int i = 0; i < 50; i++) {
      WheelScene scene = (WheelScene) small.draw(SeedTree.root(1).child(i)).scene();
      assertThat(scene.edges()).hasSize(5);
    }
  }

  /** Neighbours differ and letters stand out, in every palette, order and size of wheel. */
  @Test
  void coloursTellSectorsApart() {
    for (int i = 0; i < 300; i++) {
      Rendering rendering = i == 0 ? Rendering.PLAIN : Rendering.draw(SeedTree.root(2).child(i));
      for (int count = 5; count <= 12; count++) {
        for (int sector = 0; sector < count; sector++) {
          int ink = WheelPainter.ink(sector, rendering);
          assertThat(Colours.distance(ink, WheelPainter.ink((sector + 1) % count, rendering)))
              .as("sector %d of %d", sector, count)
              .isGreaterThan(19);
          assertThat(Colours.distance(ink, WheelPainter.letters(ink))).isGreaterThan(25);
        }
      }
    }
  }

  /** Names stay between hub and rim, and within the narrowest sector. */
  @Test
  void namesFitTheirSectors() {
    for (int size : new int[] {140, 224, 448, 1024}) {
      double radius = WheelPainter.radius(size, size);
      for (FontFace face : FontFace.values()) {
        for (String prize : WheelGenerator.PRIZES) {
          double height = WheelPainter.height(prize, radius, face);
          double length = Canvas.textWidth(prize, height, face);
          double inner = WheelPainter.TEXT_OUTER * radius - length;
          assertThat(inner).isGreaterThan(0.25 * radius);
          double halfWidth = inner * Polar.sine(WheelGenerator.NARROWEST / 2.0);
          assertThat(0.5 * height).as("%s %s", prize, face).isLessThan(halfWidth);
        }
      }
    }
    double usual = WheelPainter.height("Car", WheelPainter.radius(448, 448), FontFace.SANS);
    assertThat(usual).isGreaterThan(11);
  }

  @Test
  void sectorsAndArrowAreWhereTheSceneSays() {
    Picture picture = Picture.of(WHEEL.png(SCENE, Rendering.PLAIN, 448, 448));
    double radius = WheelPainter.radius(448, 448);
    for (int i = 0; i < 6; i++) {
      double angle = SCENE.edges().get(i) + 8 - 90;
      int x = (int) Polar.x(224, 0.97 * radius, angle);
      int y = (int) Polar.y(224, 0.97 * radius, angle);
      assertThat(picture.pixel(x, y)).isEqualTo(WheelPainter.ink(i, Rendering.PLAIN));
    }
    assertThat(picture.pixel((int) (224 + 1.15 * radius), 224)).isEqualTo(0x202020);
  }
}
