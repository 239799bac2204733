package dev.sightline.puzzle.colourhue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Picture;
import dev.sightline.puzzle.render.Rendering;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ColourHueTest {
  private static final ConfiguredFamily HUE = PuzzleFamilies.configure("colour_hue", Map.of());

  /** All 720 orders of six tiles: a search over swaps says the same as counting cycles. */
  @Test
  void bothSolversGiveTheLeastNumberOfSwaps() {
    Map<List<Integer>, Integer> distance = new HashMap<>();
    ArrayDeque<List<Integer>> queue = new ArrayDeque<>();
    List<Integer> sorted = List.of(0, 1, 2, 3, 4, 5);
    distance.put(sorted, 0);
    queue.add(sorted);
    while (!queue.isEmpty()) {
      List<Integer> board = queue.remove();
      for (int i = 0; i < 6; i++) {
        for (int j = 0; j < i; j++) {
          List<Integer> next = new ArrayList<>(board);
          Collections.swap(next, i, j);
          if (distance.putIfAbsent(next, distance.getOrDefault(board, 0) + 1) == null) {
            queue.add(next);
          }
        }
      }
    }
    assertThat(distance).hasSize(720);
    distance.forEach(
        (board, swaps) -> {
          ColourHueScene scene = new ColourHueScene(2, 3, board);
          assertThat(ColourHueSolver.swaps(scene)).hasValue(swaps);
          assertThat(ColourHueReferenceSolver.swaps(scene)).hasValue(swaps);
        });
  }

  @Test
  void aTileThatLiesThereTwiceHasNoAnswer() {
    ColourHueScene twice = new ColourHueScene(1, 3, List.of(0, 1, 1));
    assertThat(ColourHueSolver.swaps(twice)).isEmpty();
    assertThat(ColourHueReferenceSolver.swaps(twice)).isEmpty();
  }

  /** The number of swaps is drawn first, then each order that needs so many is equally likely. */
  @Test
  void permutationsAreDrawnEvenly() {
    ConfiguredFamily family =
        PuzzleFamilies.configure(
            "colour_hue",
            Map.of("rows", 2, "columns", 3, "measures", Map.of("swaps", List.of(2, 2))));
    Map<Object, Integer> seen = new HashMap<>();
    for (int i = 0; i < 4250; i++) {
      seen.merge(family.draw(SeedTree.root(5).child(i)).scene(), 1, Integer::sum);
    }
    // 85 permutations of six elements have four cycles; 50 draws of each are expected.
    assertThat(seen).hasSize(85);
    assertThat(seen.values()).allMatch(count -> count > 20 && count < 90);
  }

  @Test
  void turnedAndMirroredBoardsAreOneForm() {
    ColourHueScene scene = new ColourHueScene(2, 3, List.of(1, 0, 2, 3, 4, 5));
    ColourHueScene mirrored = new ColourHueScene(2, 3, List.of(0, 2, 1, 3, 4, 5));
    ColourHueScene turned = new ColourHueScene(3, 2, List.of(0, 1, 2, 5, 4, 3));
    ColourHueScene other = new ColourHueScene(2, 3, List.of(3, 1, 2, 0, 4, 5));
    assertThat(HUE.canonicalKey(mirrored)).isEqualTo(HUE.canonicalKey(scene));
    assertThat(HUE.canonicalKey(turned))
        .as("columns become rows")
        .isEqualTo(HUE.canonicalKey(scene));
    assertThat(HUE.canonicalKey(other)).isNotEqualTo(HUE.canonicalKey(scene));
  }

  @Test
  void boardsAreDescribedByTheHomesOfTheirTiles() {
    ColourHueScene scene = new ColourHueScene(2, 3, List.of(4, 0, 2, 3, 1, 5));
    assertThat(HUE.description(scene)).isEqualTo("b2 a1 a3/b1 a2 b3");
    assertThat(HUE.readDescription("B2 A1 A3\n B1 A2 B3"))
        .isEqualTo(new DescriptionReading.Complete(scene));
    assertThat(HUE.readDescription("b2 a1/b1 a2 b3"))
        .isInstanceOf(DescriptionReading.Partial.class);
    assertThat(HUE.readDescription("b2 a1 a4/b1 a2 b3"))
        .as("no column 4")
        .isInstanceOf(DescriptionReading.Partial.class);
    assertThat(HUE.readDescription("b2 z1")).isInstanceOf(DescriptionReading.Unparsable.class);
  }

  @Test
  void boardsTooSmallForTheLevelAreRefused() {
    assertThatThrownBy(
            () ->
                PuzzleFamilies.configure("colour_hue", Map.of("level", 4, "rows", 1, "columns", 6)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("rows");
    ConfiguredFamily line = PuzzleFamilies.configure("colour_hue", Map.of("rows", 1, "columns", 5));
    for (int i = 0; i < 50; i++) {
      assertThat(line.answer(line.draw(SeedTree.root(1).child(i))).orElseThrow())
          .isBetween("1", "4");
    }
  }

  /** Three answers or more at every level, none of them right for six items in ten. */
  @Test
  void answersSpreadAtEveryLevel() {
    for (int level = 1; level <= 5; level++) {
      ConfiguredFamily family = PuzzleFamilies.configure("colour_hue", Map.of("level", level));
      Map<String, Integer> answers = new HashMap<>();
      for (int i = 0; i < 1000; i++) {
        Puzzle puzzle = family.draw(SeedTree.root(8).child(level).child(i));
        answers.merge(family.answer(puzzle).orElseThrow(), 1, Integer::sum);
      }
      int[] expected = {3, 3, 4, 5, 7};
      assertThat(answers).as("level %d", level).hasSize(expected[level - 1]);
      assertThat(Collections.max(answers.values())).isLessThan(level == 1 ? 600 : 400);
    }
  }

  /** Every two tiles of every board, also far from each other, and the ground behind them. */
  @Test
  void coloursAreToldApart() {
    for (int style = 0; style < 32; style++) {
      Rendering rendering =
          new Rendering(
              Rendering.PLAIN.colours(),
              100,
              Rendering.PLAIN.font(),
              style,
              Rendering.PLAIN.background(),
              0,
              0);
      for (int rows = 1; rows <= 6; rows++) {
        for (int columns = 3; columns <= 6; columns++) {
          List<Integer> colours = new ArrayList<>();
          for (int place = 0; place < rows * columns; place++) {
            colours.add(Hues.colour(place / columns, place % columns, rows, columns, rendering));
          }
          colours.add(0xffffff);
          for (int i = 0; i < colours.size(); i++) {
            for (int j = 0; j < i; j++) {
              assertThat(Colours.distance(colours.get(i), colours.get(j)))
                  .as("style %d, %d x %d, places %d and %d", style, rows, columns, i, j)
                  .isGreaterThanOrEqualTo(Hues.LEAST_DISTANCE);
            }
          }
        }
      }
    }
  }

  @Test
  void boardsStayInThePictureAndApart() {
    for (int[] size : new int[][] {{168, 168}, {224, 224}, {448, 448}, {1024, 600}, {300, 900}}) {
      for (int rows = 1; rows <= 6; rows++) {
        for (int columns = 3; columns <= 6; columns++) {
          ColourHuePainter.Layout layout =
              ColourHuePainter.Layout.of(size[0], size[1], rows, columns);
          int across = columns * layout.tile();
          int down = rows * layout.tile();
          assertThat(layout.leftB() + across).isLessThanOrEqualTo(size[0]);
          assertThat(layout.topB() + down).isLessThanOrEqualTo(size[1]);
          boolean beside = layout.leftB() >= layout.leftA() + across + 2 * layout.text();
          boolean above = layout.topB() >= layout.topA() + down + 4 * layout.text();
          assertThat(beside || above).as("%d x %d", rows, columns).isTrue();
          assertThat(layout.tile()).isGreaterThan(size[0] / 20);
        }
      }
    }
    assertThat(ColourHuePainter.Layout.of(448, 448, 6, 6).text()).isGreaterThan(11);
  }

  @Test
  void tilesLieWhereTheSceneSays() {
    for (int i = 0; i < 20; i++) {
      ColourHueScene scene = (ColourHueScene) HUE.draw(SeedTree.root(4).child(i)).scene();
      Picture picture = Picture.of(HUE.png(scene, Rendering.PLAIN, 448, 448));
      ColourHuePainter.Layout layout =
          ColourHuePainter.Layout.of(448, 448, scene.rows(), scene.columns());
      for (int place = 0; place < scene.tiles().size(); place++) {
        int home = scene.tiles().get(place);
        int middle = layout.tile() / 2;
        assertThat(
                picture.pixel(
                    layout.leftA() + place % scene.columns() * layout.tile() + middle,
                    layout.topA() + place / scene.columns() * layout.tile() + middle))
            .isEqualTo(
                picture.pixel(
                    layout.leftB() + home % scene.columns() * layout.tile() + middle,
                    layout.topB() + home / scene.columns() * layout.tile() + middle));
      }
    }
  }
}
