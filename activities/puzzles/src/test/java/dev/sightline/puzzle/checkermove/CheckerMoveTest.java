package dev.sightline.puzzle.checkermove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Palette;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CheckerMoveTest {
  private static final ConfiguredFamily ANY = new CheckerMoveFamily().configure(Map.of());

  /** The sentence also has to read well where one colour has a single checker. */
  @Test
  void questionCountsTheCheckersOfEachColour() {
    Puzzle puzzle = new Puzzle(new CheckerScene("GGG_R", "GG_GR"), Question.of("moves"));
    assertThat(ANY.questionText(puzzle))
        .contains("a row of 5 squares twice", "Its checkers are 3 green and 1 red;");
  }

  /** The classic swap of a against b needs ab + a + b moves. */
  @Test
  void wholeSwapsNeedThePublishedMoves() {
    for (int green = 1; green <= 6; green++) {
      for (int red = 1; red <= 6; red++) {
        CheckerScene scene =
            new CheckerScene(
                "G".repeat(green) + "_" + "R".repeat(red),
                "R".repeat(red) + "_" + "G".repeat(green));
        int moves = green * red + green + red;
        assertThat(CheckerSolver.solve(scene).orElseThrow().moves()).isEqualTo(moves);
        assertThat(CheckerReferenceSolver.moves(scene)).hasValue(moves);
      }
    }
  }

  /**
   * All pairs of rows of five squares, reachable or not, against breadth-first search: there is
   * never a shorter way than the one that is found first.
   */
  @Test
  void everyPairOfFiveSquaresAgreesWithBreadthFirstSearch() {
    List<String> rows = rows(5);
    int reachable = 0;
    for (String start : rows) {
      Map<Long, Integer> distance = distances(start);
      for (String end : rows) {
        CheckerScene scene = new CheckerScene(start, end);
        Integer moves = distance.get(CheckerRow.of(end));
        OptionalInt reference = CheckerReferenceSolver.moves(scene);
        if (moves == null) {
          assertThat(CheckerSolver.solve(scene)).as("%s", scene).isEmpty();
          assertThat(reference).as("%s", scene).isEmpty();
        } else {
          reachable++;
          assertThat(CheckerSolver.solve(scene).orElseThrow().moves()).isEqualTo(moves);
          assertThat(reference).as("%s", scene).hasValue(moves);
        }
      }
    }
    assertThat(reachable).isGreaterThan(rows.size());
  }

  private static Map<Long, Integer> distances(String start) {
    Map<Long, Integer> distance = new HashMap<>(Map.of(CheckerRow.of(start), 0));
    List<Long> open = new ArrayList<>(distance.keySet());
    long[] next = new long[start.length()];
    for (int i = 0; i < open.size(); i++) {
      int moves = distance.getOrDefault(open.get(i), 0) + 1;
      int count = CheckerRow.moves(open.get(i), start.length(), next);
      for (int j = 0; j < count; j++) {
        if (distance.putIfAbsent(next[j], moves) == null) {
          open.add(next[j]);
        }
      }
    }
    return distance;
  }

  /** A checker never jumps its own colour, never goes back, never jumps two. */
  @Test
  void movesByHand() {
    assertThat(moves("GG_")).containsExactlyInAnyOrder("G_G");
    assertThat(moves("GR_")).containsExactlyInAnyOrder("_RG");
    assertThat(moves("_GR")).containsExactlyInAnyOrder("RG_");
    assertThat(moves("_GGRR_")).isEmpty();
    assertThat(moves("_RG")).containsExactlyInAnyOrder("R_G");
    assertThat(moves("GRR_")).isEmpty();
    assertThat(moves("_GR_G")).containsExactlyInAnyOrder("__RGG", "RG__G");
  }

  private static List<String> moves(String row) {
    long[] next = new long[row.length()];
    int count = CheckerRow.moves(CheckerRow.of(row), row.length(), next);
    List<String> moves = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      moves.add(CheckerRow.text(next[i], row.length()));
    }
    return moves;
  }

  @Test
  void symmetriesKeepTheAnswer() {
    Question question = Question.of("moves");
    for (int i = 0; i < 60; i++) {
      CheckerScene scene = (CheckerScene) ANY.draw(SeedTree.root(4).child(i)).scene();
      CheckerScene mirror = new CheckerScene(mirrored(scene.start()), mirrored(scene.end()));
      CheckerScene back =
          new CheckerScene(
              new StringBuilder(scene.end()).reverse().toString(),
              new StringBuilder(scene.start()).reverse().toString());
      for (CheckerScene same : List.of(mirror, back)) {
        assertThat(ANY.canonicalKey(same)).isEqualTo(ANY.canonicalKey(scene));
        assertThat(ANY.answer(new Puzzle(same, question)))
            .isEqualTo(ANY.answer(new Puzzle(scene, question)));
      }
    }
  }

  private static String mirrored(String row) {
    return new StringBuilder(row.replace('G', 'x').replace('R', 'G').replace('x', 'R'))
        .reverse()
        .toString();
  }

  @Test
  void descriptionsAreRows() {
    CheckerScene scene = new CheckerScene("GG_RR", "G_GRR");
    assertThat(ANY.description(scene)).isEqualTo("start: GG_RR; end: G_GRR");
    assertThat(ANY.readDescription("start: g g _ r r\nend: g_grr"))
        .isEqualTo(new DescriptionReading.Complete(scene));
    assertThat(ANY.readDescription("start: GG_RR; end: G_GR"))
        .isInstanceOf(DescriptionReading.Partial.class);
    assertThat(ANY.answer(new Puzzle(new CheckerScene("GR_", "GG_"), Question.of("moves"))))
        .isEmpty();
  }

  @Test
  void impossibleConfigurationsAreRefused() {
    CheckerMoveFamily family = new CheckerMoveFamily();
    assertThatThrownBy(() -> family.configure(Map.of("minimumLength", 9, "maximumLength", 8)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("maximumLength");
    assertThatThrownBy(
            () -> family.configure(Map.of("level", 5, "minimumLength", 4, "maximumLength", 6)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("level");
  }

  @Test
  void squaresAndColoursAreToldApart() {
    for (int length = 4; length <= 16; length++) {
      CheckerPainter.Row start = CheckerPainter.row(448, 448, length, false);
      CheckerPainter.Row end = CheckerPainter.row(448, 448, length, true);
      assertThat(start.cell()).isGreaterThanOrEqualTo(26);
      assertThat(start.left()).isGreaterThanOrEqualTo(0);
      assertThat(start.left() + length * start.cell()).isLessThanOrEqualTo(448);
      assertThat(end.top() - start.top()).isGreaterThan(2 * start.cell());
    }
    for (Palette.Variant variant : Palette.Variant.values()) {
      assertThat(Colours.distance(variant.palette().rgb("green"), variant.palette().rgb("red")))
          .isGreaterThan(20);
    }
    assertThat(CheckerPainter.sizeProblem(12, 56, 56)).isEmpty();
    assertThat(CheckerPainter.sizeProblem(16, 56, 56)).isPresent();
  }

  private static List<String> rows(int length) {
    List<String> rows = List.of("");
    for (int i = 0; i < length; i++) {
      List<String> longer = new ArrayList<>();
      for (String row : rows) {
        for (String square : List.of("G", "R", "_")) {
          longer.add(row + square);
        }
      }
      rows = longer;
    }
    return rows;
  }
}
