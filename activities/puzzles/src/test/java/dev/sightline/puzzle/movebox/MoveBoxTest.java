package dev.sightline.puzzle.movebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Rendering;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoveBoxTest {
  private static final ConfiguredFamily ANY = new MoveBoxFamily().configure(Map.of());
  private static final Question QUESTION = Question.of("pushes");

  private static MoveBoxScene scene(String board) {
    List<String> rows = List.of(board.split("/"));
    return new MoveBoxScene(rows.size(), rows.getFirst().length(), String.join("", rows));
  }

  /** Counted by hand; -1 for no way. */
  @ParameterizedTest
  @CsvSource({
    "PBT, 1",
    "PB.T, 2",
    "BPT, -1", // No pulling.
    "P.B#T, -1",
    "P../.B./..T, 2",
    "B../.P./..T, -1", // In the corner for good.
    "...#/.B../T.P., 2", // Left from the right, then down from above.
    "PBBTT, -1", // Not two at once.
    "PB.BTT.., -1",
    "..../PBT./..../PBT., -1", // Two people.
    "...../.BPB./..T../T...., 5", // 3 for the one, 2 for the other.
    "PB./..., -1", // No flag.
    "BT./PT., -1" // Fewer boxes than flags.
  })
  void pushesByHand(String board, int pushes) {
    MoveBoxScene scene = scene(board);
    OptionalInt expected = pushes < 0 ? OptionalInt.empty() : OptionalInt.of(pushes);
    assertThat(MoveBoxReferenceSolver.pushes(scene)).isEqualTo(expected);
    assertThat(
            MoveBoxSolver.solve(scene)
                .map(solution -> OptionalInt.of(solution.pushes()))
                .orElse(OptionalInt.empty()))
        .isEqualTo(expected);
  }

  /** Boards in any state, most of them unsolvable: the generator makes only solvable ones. */
  @Test
  void solversAgreeOnRandomBoards() {
    int count = Integer.getInteger("sightline.items", 1500);
    SplittableRandom random = new SplittableRandom(11);
    int solvable = 0;
    for (int i = 0; i < count; i++) {
      int rows = random.nextInt(2, 7);
      int columns = random.nextInt(3, 7);
      char[] cells = new char[rows * columns];
      for (int j = 0; j < cells.length; j++) {
        cells[j] = random.nextInt(4) == 0 ? '#' : '.';
      }
      String things = random.nextBoolean() ? "BTP" : "BBTTP";
      for (char thing : things.toCharArray()) {
        int place = random.nextInt(cells.length);
        while ("BTP".indexOf(cells[place]) >= 0) {
          place = random.nextInt(cells.length);
        }
        cells[place] = thing;
      }
      MoveBoxScene scene = new MoveBoxScene(rows, columns, new String(cells));
      Puzzle puzzle = new Puzzle(scene, QUESTION);
      assertThat(ANY.referenceAnswer(puzzle)).as("%s", puzzle).isEqualTo(ANY.answer(puzzle));
      solvable += ANY.answer(puzzle).isPresent() ? 1 : 0;
    }
    assertThat(solvable).isBetween(count / 20, count * 19 / 20);
  }

  @Test
  void turnedAndMirroredBoardsAreTheSameProblem() {
    for (int i = 0; i < 40; i++) {
      MoveBoxScene scene = (MoveBoxScene) ANY.draw(SeedTree.root(4).child(i)).scene();
      MoveBoxScene turned = ConfiguredMoveBox.turned(scene);
      MoveBoxScene mirrored = ConfiguredMoveBox.mirrored(turned);
      for (MoveBoxScene same : List.of(turned, mirrored)) {
        assertThat(ANY.canonicalKey(same)).isEqualTo(ANY.canonicalKey(scene));
        assertThat(ANY.answer(new Puzzle(same, QUESTION)))
            .isEqualTo(ANY.answer(new Puzzle(scene, QUESTION)));
        assertThat(ANY.sameScene(scene, same)).isEqualTo(same.equals(scene));
      }
    }
  }

  @Test
  void descriptionIsTheInsideOfTheWarehouse() {
    MoveBoxScene scene = scene("P.#/.B./..T");
    assertThat(ANY.description(scene)).isEqualTo("P.#/.B./..T");
    assertThat(ANY.readDescription("p . #\n. b .\n. . t"))
        .isEqualTo(new DescriptionReading.Complete(scene));
    assertThat(ANY.readDescription("P.#/.B/..T")).isInstanceOf(DescriptionReading.Partial.class);
    assertThat(ANY.readDescription("P.#/.X./..T"))
        .isInstanceOf(DescriptionReading.Unparsable.class);
  }

  @Test
  void theTextSaysHowManyBoxesAndThatWalkingIsFree() {
    assertThat(ANY.questionText(new Puzzle(scene("PBT"), QUESTION)))
        .contains("a box and a flag", "Only pushes count");
    assertThat(ANY.questionText(new Puzzle(scene("PBBTT"), QUESTION)))
        .contains("Either box may go to either flag");
  }

  @Test
  void wrongSizesAreRefused() {
    MoveBoxFamily family = new MoveBoxFamily();
    assertThatThrownBy(() -> family.configure(Map.of("minimumSide", 6, "maximumSide", 5)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("maximumSide");
    assertThatThrownBy(() -> family.configure(Map.of("maximumBoxes", 3)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("maximumBoxes");
  }

  @Test
  void measuresCanBeAskedFor() {
    ConfiguredFamily deep =
        PuzzleFamilies.configure(
            "move_box",
            Map.of(
                "minimumSide",
                7,
                "maximumSide",
                8,
                "minimumBoxes",
                2,
                "maximumBoxes",
                2,
                "measures",
                Map.of("pushes", List.of(17, 18), "walls", List.of(0, 12))));
    for (int i = 0; i < 5; i++) {
      Puzzle puzzle = deep.draw(SeedTree.root(5).child(i));
      assertThat(Integer.parseInt(deep.answer(puzzle).orElseThrow())).isBetween(17, 18);
    }
  }

  /** Tiles of 22 pixels at 224, things that differ in colour from floor and wall. */
  @Test
  void tilesAndThingsAreToldApart() {
    MoveBoxPainter.Grid grid = MoveBoxPainter.grid(224, 224, 8, 8);
    assertThat(grid.tile()).isGreaterThanOrEqualTo(22);
    assertThat(grid.left()).isGreaterThanOrEqualTo(0);
    assertThat(grid.x(8) + grid.tile()).isLessThanOrEqualTo(224);
    for (int i = 0; i < 60; i++) {
      Rendering rendering = Rendering.draw(SeedTree.root(6).child(i));
      int floor = MoveBoxPainter.floorColour(rendering);
      assertThat(Colours.distance(floor, MoveBoxPainter.wallColour(rendering))).isGreaterThan(20);
      for (String ink : List.of("orange", "green", "blue")) {
        assertThat(Colours.distance(floor, rendering.palette().rgb(ink))).isGreaterThan(20);
      }
    }
  }
}
