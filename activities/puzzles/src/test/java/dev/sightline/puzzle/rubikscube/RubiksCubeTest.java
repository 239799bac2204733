package dev.sightline.puzzle.rubikscube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.PerceptionQuestion;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Palette;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RubiksCubeTest {
  private static final String SOLVED =
      "Y".repeat(9) + "O".repeat(9) + "B".repeat(9) + "R".repeat(9) + "G".repeat(9) + "A".repeat(9);

  private static Question turns(String turns) {
    return Question.of("count").with("turns", turns).with("face", "front").with("colour", "blue");
  }

  private static String after(String stickers, String turns) {
    return RubiksCubeSolver.after(stickers, RubiksCubeSolver.turns(turns(turns)));
  }

  private static String repeated(String turns, int times) {
    return (turns + " ").repeat(times).strip();
  }

  @Test
  void knownOrders() {
    SplittableRandom random = new SplittableRandom(1);
    String cube = RubiksCubeGenerator.cube(random, 20).stickers();
    for (CubeFace face : CubeFace.ALL) {
      String turn = String.valueOf(face.letter());
      assertThat(after(cube, repeated(turn, 4))).isEqualTo(cube);
      assertThat(after(cube, turn + "2 " + turn + "2")).isEqualTo(cube);
      assertThat(after(cube, turn + " " + turn + "3")).isEqualTo(cube);
    }
    assertThat(after(cube, repeated("R U R3 U3", 6))).isEqualTo(cube);
    assertThat(after(cube, repeated("R U", 105))).isEqualTo(cube);
    assertThat(after(cube, repeated("R U", 35))).isNotEqualTo(cube);
    assertThat(after(cube, "U D L2 R2")).isEqualTo(after(cube, "D U R2 L2"));
  }

  @Test
  void quarterTurnsByHand() {
    // Right: what was in front goes up, what was up goes back.
    assertThat(after(SOLVED, "R"))
        .isEqualTo(
            "YYBYYBYYB" + "O".repeat(9) + "BBABBABBA" + "R".repeat(9) + "YGGYGGYGG" + "AAGAAGAAG");
    // Up: what was in front goes left.
    assertThat(after(SOLVED, "U").substring(9, 12)).isEqualTo("BBB");
    // Front: what was up goes right.
    assertThat(after(SOLVED, "F").substring(27, 36)).isEqualTo("YRRYRRYRR");
    // Back: what was up goes left.
    assertThat(after(SOLVED, "B").substring(9, 18)).isEqualTo("YOOYOOYOO");
  }

  @Test
  void theTwoSolversAgreeOnEveryPlace() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 20; i++) {
      RubiksCubeScene scene = RubiksCubeGenerator.cube(random, 20);
      String turns =
          String.join(
              " ",
              RubiksCubeGenerator.sequence(random, 12).stream()
                  .map(RubiksCubeSolver.Turn::toString)
                  .toList());
      for (int place = 0; place < 54; place++) {
        Question question =
            Question.of("sticker")
                .with("turns", turns)
                .with("face", CubeFace.ALL.get(place / 9).word())
                .with("row", place % 9 / 3 + 1)
                .with("column", place % 3 + 1);
        assertThat(RubiksCubeReferenceSolver.answer(scene, question))
            .isEqualTo(RubiksCubeSolver.answer(scene, question));
      }
    }
  }

  @Test
  void thereAre24WaysToHoldACube() {
    assertThat(RubiksCubeSymmetry.count()).isEqualTo(24);
    String cube = RubiksCubeGenerator.cube(new SplittableRandom(3), 20).stickers();
    Set<String> held = new HashSet<>();
    for (int way = 0; way < 24; way++) {
      String other = RubiksCubeSymmetry.held(cube, way);
      held.add(other);
      assertThat(RubiksCubeSymmetry.canonical(other)).isEqualTo(RubiksCubeSymmetry.canonical(cube));
    }
    assertThat(held).hasSize(24);
    String recoloured = cube.replace('R', 'x').replace('G', 'R').replace('x', 'G');
    assertThat(RubiksCubeSymmetry.canonical(recoloured))
        .isEqualTo(RubiksCubeSymmetry.canonical(cube));
  }

  /** Held otherwise, a turn of what is now in front does what a turn of it did before. */
  @Test
  void holdingACubeOtherwiseCommutesWithTurning() {
    String cube = RubiksCubeGenerator.cube(new SplittableRandom(4), 20).stickers();
    Set<String> turned = new HashSet<>();
    for (CubeFace face : CubeFace.ALL) {
      turned.add(RubiksCubeSymmetry.canonical(after(cube, String.valueOf(face.letter()))));
    }
    for (int way = 0; way < 24; way++) {
      String held = RubiksCubeSymmetry.held(cube, way);
      Set<String> there = new HashSet<>();
      for (CubeFace face : CubeFace.ALL) {
        there.add(RubiksCubeSymmetry.canonical(after(held, String.valueOf(face.letter()))));
      }
      assertThat(there).isEqualTo(turned);
    }
  }

  @Test
  void everyCubeCanBeSolvedBack() {
    SplittableRandom random = new SplittableRandom(5);
    RubiksCubeScene cube = RubiksCubeGenerator.cube(random, 0);
    for (int face = 0; face < 6; face++) {
      assertThat(cube.stickers().substring(9 * face, 9 * face + 9).chars().distinct().count())
          .isEqualTo(1);
    }
  }

  @Test
  void aSolvedStartIsToBeAskedFor() {
    ConfiguredFamily solved = new RubiksCubeFamily().configure(Map.of("scramble", 0));
    var puzzle = solved.draw(SeedTree.root(1));
    assertThat(solved.difficulty(puzzle).measures()).containsEntry("mixed", 0);
    // All solved cubes are one up to colours and holding, and the space says so.
    assertThat(solved.space().canonicalForms().intValue()).isEqualTo(1);
  }

  @Test
  void aCountIsNotAskedOfAFaceThatOnlyTurnsInItself() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 200; i++) {
      RubiksCubeScene cube = RubiksCubeGenerator.cube(random, 6);
      Question asked = RubiksCubeGenerator.question(cube, random, Set.of("count"), 1);
      // A face and its turn have one letter.
      assertThat(asked.text("turns").substring(0, 1))
          .isNotEqualToIgnoringCase(asked.text("face").substring(0, 1));
    }
  }

  @Test
  void coloursAreFarApart() {
    for (Palette.Variant variant : Palette.Variant.values()) {
      for (CubeColour one : CubeColour.ALL) {
        for (CubeColour other : CubeColour.ALL.subList(0, one.ordinal())) {
          assertThat(
                  Colours.distance(
                      variant.palette().rgb(one.word()), variant.palette().rgb(other.word())))
              .as("%s: %s and %s", variant, one, other)
              .isGreaterThan(20);
        }
      }
    }
  }

  @Test
  void facesDoNotOverlap() {
    for (int size : new int[] {56, 112, 224, 448, 1024}) {
      var g = RubiksCubePainter.Geometry.of(size, size);
      assertThat(g.x(CubeFace.LEFT)).isNotNegative();
      assertThat(g.x(CubeFace.BACK) + 3 * g.cell()).isLessThanOrEqualTo(size);
      assertThat(g.y(CubeFace.UP)).isGreaterThanOrEqualTo(g.gapY());
      assertThat(g.y(CubeFace.DOWN) + 3 * g.cell()).isLessThanOrEqualTo(size);
      assertThat(g.x(CubeFace.RIGHT) - g.x(CubeFace.FRONT)).isGreaterThan(3 * g.cell());
      assertThat(RubiksCubePainter.sizeProblem(size, size)).isEmpty();
    }
    // Names are at least 11 pixels high at 448.
    assertThat(RubiksCubePainter.Geometry.of(448, 448).cell() * 0.38).isGreaterThan(11);
  }

  @Test
  void perceptionQuestionsAreAnsweredByTheScene() {
    ConfiguredFamily family = new RubiksCubeFamily().configure(Map.of());
    for (int i = 0; i < 150; i++) {
      RubiksCubeScene scene = (RubiksCubeScene) family.draw(SeedTree.root(11).child(i)).scene();
      PerceptionQuestion look = family.perceptionQuestion(scene, SeedTree.root(12).child(i));
      Matcher place =
          Pattern.compile("row (\\d), column (\\d) of the (\\w+) face").matcher(look.text());
      assertThat(place.find()).isTrue();
      // The description is written by other code than the question.
      String face = family.description(scene).split(place.group(3) + ": ")[1].substring(0, 11);
      char letter =
          face.split("/")[Integer.parseInt(place.group(1)) - 1].charAt(
              Integer.parseInt(place.group(2)) - 1);
      assertThat(look.answer()).isEqualTo(CubeColour.of(letter).word());
    }
  }
}
