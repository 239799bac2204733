package dev.sightline.puzzle.boardtile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardTileTest {
  private static final Question TILEABLE = Question.of("tileable");
  private static final Question MOST = Question.of("most");
  private final ConfiguredFamily family = PuzzleFamilies.configure("board_tile", Map.of());

  private static BoardTileScene board(String text) {
    return new BoardTileScene(List.of(text.split("/")));
  }

  private void bothSay(BoardTileScene scene, Question question, String answer) {
    assertThat(family.answer(new Puzzle(scene, question))).contains(answer);
    assertThat(family.referenceAnswer(new Puzzle(scene, question))).contains(answer);
  }

  /**
   * By hand: the chessboard without two opposite corners (Black 1946) holds 30 dominoes; a corner
   * cut off by two holes stays bare though the colours balance.
   */
  @ParameterizedTest
  @CsvSource({
    "#......./......../......../......../......../......../......../.......#, No, 30",
    "#......#/......../......../......../......../......../......../........, Yes, 31",
    ".#../#.../..#./...#, No, 5",
    ".../.../..#, Yes, 4",
    ".../..#/..., No, 3",
    "##, Yes, 0",
    "..##/##.., Yes, 2",
    ".#.#, No, 0"
  })
  void knownBoards(String text, String tileable, String most) {
    bothSay(board(text), TILEABLE, tileable);
    bothSay(board(text), MOST, most);
  }

  /** Gomory: any one light and one dark square may be cut out of a board of even area. */
  @Test
  void oneHoleOfEachColourLeavesATiling() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 200; i++) {
      int rows = 2 * random.nextInt(1, 6);
      int columns = random.nextInt(2, 12);
      int light = random.nextInt(rows * columns);
      int dark = random.nextInt(rows * columns);
      boolean differ =
          (light / columns + light % columns) % 2 != (dark / columns + dark % columns) % 2;
      if (light == dark) {
        continue;
      }
      StringBuilder cells = new StringBuilder(".".repeat(rows * columns));
      cells.setCharAt(light, '#');
      cells.setCharAt(dark, '#');
      bothSay(cut(cells, columns), TILEABLE, differ ? "Yes" : "No");
    }
  }

  @Test
  void bothSolversAgreeOnAnyBoard() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 300; i++) {
      int columns = random.nextInt(1, 10);
      int cells = columns * random.nextInt(1, 10);
      int holes = random.nextInt(1, 6);
      StringBuilder text = new StringBuilder();
      for (int cell = 0; cell < cells; cell++) {
        text.append(random.nextInt(10) < holes ? '#' : '.');
      }
      BoardTileScene scene = cut(text, columns);
      for (Question question : List.of(TILEABLE, MOST)) {
        assertThat(family.referenceAnswer(new Puzzle(scene, question)))
            .as("%s %s", question, scene)
            .isEqualTo(family.answer(new Puzzle(scene, question)));
      }
    }
  }

  private static BoardTileScene cut(CharSequence cells, int columns) {
    List<String> lines = new ArrayList<>();
    for (int at = 0; at < cells.length(); at += columns) {
      lines.add(cells.subSequence(at, at + columns).toString());
    }
    return new BoardTileScene(lines);
  }

  /** From level 3 on the colours balance about half of the times that no tiling exists. */
  @Test
  void countingColoursDoesNotDecideTheHigherLevels() {
    for (int level = 3; level <= 5; level++) {
      ConfiguredFamily hard =
          PuzzleFamilies.configure(
              "board_tile", Map.of("level", level, "questions", List.of("tileable")));
      int yes = 0;
      int balancedNo = 0;
      int items = 150;
      for (int i = 0; i < items; i++) {
        Puzzle puzzle = hard.draw(SeedTree.root(3).child(level).child(i));
        boolean tileable = hard.answer(puzzle).orElseThrow().equals("Yes");
        BoardTileMeasures measures = BoardTileMeasures.of((BoardTileScene) puzzle.scene());
        yes += tileable ? 1 : 0;
        balancedNo += !tileable && measures.difference() == 0 ? 1 : 0;
      }
      assertThat(yes).as("level %d", level).isBetween(items * 35 / 100, items * 65 / 100);
      assertThat(balancedNo).as("level %d", level).isGreaterThan((items - yes) / 4);
    }
  }

  /** Light, dark and every shade of the ground are plainly different in every rendering. */
  @Test
  void tonesKeepTheirDistance() {
    List<Rendering> renderings = new ArrayList<>(List.of(Rendering.PLAIN));
    for (int i = 0; i < 200; i++) {
      renderings.add(Rendering.draw(SeedTree.root(i)));
    }
    for (Rendering rendering : renderings) {
      int light = BoardTilePainter.light(rendering);
      int dark = BoardTilePainter.dark(rendering);
      assertThat(Colours.distance(light, dark)).as("%s", rendering).isGreaterThan(20);
      assertThat(Background.contrast(rendering, light, dark)).as("%s", rendering).isGreaterThan(20);
    }
  }

  @Test
  void keepsAskedSizes() {
    ConfiguredFamily fixed =
        PuzzleFamilies.configure("board_tile", Map.of("rows", 6, "columns", 7, "holes", 4));
    for (int i = 0; i < 40; i++) {
      BoardTileScene scene = (BoardTileScene) fixed.draw(SeedTree.root(i)).scene();
      assertThat(scene.rows()).isEqualTo(6);
      assertThat(scene.columns()).isEqualTo(7);
      assertThat(BoardTileMeasures.of(scene).holes()).isBetween(2, 6);
    }
  }
}
