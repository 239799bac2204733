package dev.sightline.puzzle.woodslide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.PerceptionQuestion;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Rendering;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WoodSlideTest {
  private static String board(String... rows) {
    return String.join("", rows);
  }

  private static Optional<String> answer(String start, String end) {
    WoodSlideScene scene = new WoodSlideScene(start, end);
    Optional<String> answer = WoodSlideSolver.answer(scene);
    assertThat(WoodSlideReferenceSolver.answer(scene)).isEqualTo(answer);
    return answer;
  }

  @Test
  void byHand() {
    String start = board("BBVV", "BBVV", "HHSS", "S..S", "HHHH");
    // The single on the left goes right, then once more.
    assertThat(answer(start, board("BBVV", "BBVV", "HHSS", ".S.S", "HHHH"))).contains("1");
    assertThat(answer(start, board("BBVV", "BBVV", "HHSS", "..SS", "HHHH"))).contains("2");
    // A wide block goes down only where both cells below are empty.
    assertThat(answer(start, board("BBVV", "BBVV", "..SS", "HHSS", "HHHH"))).contains("3");
    assertThat(answer(start, start)).contains("0");
  }

  /** The two singles are alike: the nearer one goes. */
  @Test
  void blocksOfOneShapeAreInterchangeable() {
    String start = board("VVVV", "VVVV", "S...", "BBBB", "BBBB");
    assertThat(answer(start, board("VVVV", "VVVV", "...S", "BBBB", "BBBB"))).contains("3");
    String two = board("VVVV", "VVVV", "SS..", "BBBB", "BBBB");
    assertThat(answer(two, board("VVVV", "VVVV", ".SS.", "BBBB", "BBBB"))).contains("2");
  }

  @Test
  void whatCannotBeReachedHasNoAnswer() {
    String start = board("BBVV", "BBVV", "HHSS", "S..S", "HHHH");
    assertThat(answer(start, board("VVBB", "VVBB", "HHSS", "S..S", "HHHS"))).isEmpty();
    assertThat(answer(start, board("BBVV", "BBVV", "HHSS", "S..S", "HHVV"))).isEmpty();
    String locked = board("VHHV", "VHHV", "HHHH", "HHHH", "S.S.");
    assertThat(answer(locked, board("VHHV", "VHHV", "HHHH", "HHHH", ".S.S"))).contains("2");
    assertThat(answer(locked, board("HHVV", "HHVV", "HHHH", "HHHH", "S.S."))).isEmpty();
  }

  /** The released items lie on one solution of 83 moves. */
  @Test
  void pennantIsDeep() {
    String start = board("BBHH", "BBHH", "VVSS", "VV..", "HHHH");
    long[] far = WoodSlideSolver.at(WoodSlideSolver.encode(start).orElseThrow(), 60, 400_000);
    assertThat(far).isNotEmpty();
    WoodSlideScene scene = new WoodSlideScene(start, WoodSlideSolver.decode(far[0]));
    assertThat(WoodSlideSolver.answer(scene)).contains("60");
    assertThat(WoodSlideReferenceSolver.answer(scene)).contains("60");
  }

  @Test
  void labelledItemsLoseTheirLabels() {
    var item =
        new WoodSlideReader()
            .read(
                "",
                Map.of(
                    "start_position",
                    "7633\n7622\n1154\n1100\n8899",
                    "end_position",
                    "0633\n0622\n7115\n7114\n8899"));
    WoodSlideScene scene = (WoodSlideScene) item.puzzle().scene();
    assertThat(scene.start()).isEqualTo(board("VVHH", "VVHH", "BBSS", "BB..", "HHHH"));
    assertThat(answer(scene.start(), scene.end())).contains("5");
  }

  @Test
  void mirroredAndReversedPuzzlesShareAForm() {
    ConfiguredFamily family = new WoodSlideFamily().configure(Map.of());
    String start = board("BBVV", "BBVV", "HHSS", "S..S", "HHHH");
    String end = board("BBVV", "BBVV", "HHSS", ".S.S", "HHHH");
    WoodSlideScene scene = new WoodSlideScene(start, end);
    WoodSlideScene mirrored =
        new WoodSlideScene(
            board("VVBB", "VVBB", "SSHH", "S..S", "HHHH"),
            board("VVBB", "VVBB", "SSHH", "S.S.", "HHHH"));
    assertThat(family.canonicalKey(new WoodSlideScene(end, start)))
        .isEqualTo(family.canonicalKey(scene));
    assertThat(family.canonicalKey(mirrored)).isEqualTo(family.canonicalKey(scene));
    assertThat(answer(mirrored.start(), mirrored.end())).isEqualTo(answer(start, end));
    assertThat(family.canonicalKey(new WoodSlideScene(start, start)))
        .isNotEqualTo(family.canonicalKey(scene));
  }

  @Test
  void randomBoardsAreWhole() {
    SplittableRandom random = new SplittableRandom(1);
    for (String blocks : List.of("pennant", "klotski", "mixed", "any")) {
      WoodSlideGenerator generator = new WoodSlideGenerator(blocks);
      int made = 0;
      for (int i = 0; i < 100; i++) {
        Optional<WoodSlideScene> scene = generator.scene(1 + i % 4, random);
        if (scene.isPresent()) {
          made++;
          assertThat(WoodSlideSolver.encode(scene.get().start())).isPresent();
          assertThat(generator.has(scene.get().end())).isTrue();
        }
      }
      assertThat(made).as(blocks).isGreaterThan(20);
    }
  }

  @Test
  void aConfiguredSetOfBlocksIsKept() {
    ConfiguredFamily klotski = new WoodSlideFamily().configure(Map.of("blocks", "klotski"));
    ConfiguredFamily pennant = new WoodSlideFamily().configure(Map.of("blocks", "pennant"));
    Puzzle puzzle = klotski.draw(SeedTree.root(2));
    assertThat(klotski.legal(puzzle)).isTrue();
    assertThat(pennant.legal(puzzle)).isFalse();
  }

  @Test
  void boardsStayApartAndBlocksDiffer() {
    for (int[] size : new int[][] {{448, 448}, {224, 224}, {112, 112}, {300, 600}, {600, 300}}) {
      var g = WoodSlidePainter.Geometry.of(size[0], size[1]);
      assertThat(g.cell()).isGreaterThanOrEqualTo(10);
      assertThat(g.x(true)).isGreaterThan(0);
      assertThat(g.y(true)).isGreaterThanOrEqualTo(g.cell());
      assertThat(g.x(false) + 4 * g.cell()).isLessThan(size[0]);
      assertThat(g.y(false) + 5 * g.cell()).isLessThan(size[1]);
      boolean apart =
          g.x(false) - g.x(true) > 4 * g.cell() || g.y(false) - g.y(true) > 6 * g.cell();
      assertThat(apart).isTrue();
    }
    for (int i = 0; i < 100; i++) {
      Rendering rendering = Rendering.draw(SeedTree.root(3).child(i));
      for (int shape = 0; shape < 4; shape++) {
        assertThat(Colours.distance(WoodSlidePainter.tone(rendering, shape), 0xffffff))
            .isGreaterThan(10);
      }
    }
  }

  @Test
  void perceptionQuestionsAreAnsweredByTheScene() {
    ConfiguredFamily family = new WoodSlideFamily().configure(Map.of());
    for (int i = 0; i < 150; i++) {
      WoodSlideScene scene = (WoodSlideScene) family.draw(SeedTree.root(11).child(i)).scene();
      PerceptionQuestion look = family.perceptionQuestion(scene, SeedTree.root(12).child(i));
      Matcher place =
          Pattern.compile("row (\\d), column (\\d) of the (start|end) board").matcher(look.text());
      assertThat(place.find()).isTrue();
      String board = place.group(3).equals("start") ? scene.start() : scene.end();
      int row = Integer.parseInt(place.group(1)) - 1;
      char letter = board.charAt(4 * row + Integer.parseInt(place.group(2)) - 1);
      Map<Character, String> words =
          Map.of('.', "empty", 'S', "single", 'H', "wide", 'V', "tall", 'B', "square");
      assertThat(look.answer()).isEqualTo(words.get(letter));
    }
  }
}
