package dev.sightline.puzzle.maze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.PerceptionQuestion;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Rendering;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MazeTest {
  private static MazeScene maze(String... rows) {
    return new MazeScene(rows.length, rows[0].length(), String.join("", rows));
  }

  private static Optional<String> answer(MazeScene scene, String kind) {
    Question question = Question.of(kind);
    Optional<String> answer = MazeSolver.answer(scene, question);
    assertThat(MazeReferenceSolver.answer(scene, question)).isEqualTo(answer);
    return answer;
  }

  @Test
  void byHand() {
    // Right, right, down, down, right: one turn to the right, one to the left.
    MazeScene scene = maze("#####", "S..##", "##.##", "##..E", "#####");
    assertThat(answer(scene, "cells")).contains("7");
    assertThat(answer(scene, "right-turns")).contains("1");
    assertThat(answer(scene, "left-turns")).contains("1");
    assertThat(answer(scene, "turns")).contains("2");
  }

  @Test
  void theWayInIsNoTurnAndTheWalkerDecidesWhatIsLeft() {
    // Down from the top, then to the right as seen: the walker turns left.
    MazeScene scene = maze("#S###", "#.###", "#...E", "#####");
    assertThat(answer(scene, "left-turns")).contains("1");
    assertThat(answer(scene, "right-turns")).contains("0");
    assertThat(answer(maze("#####", "S...E", "#####"), "turns")).contains("0");
  }

  @Test
  void fewestTurnsDecideAmongShortestPaths() {
    // Straight across, down and across there are two turns; in stairs there are more.
    MazeScene room = maze("######", "S...##", "#...##", "#....E", "######");
    assertThat(answer(room, "cells")).contains("8");
    assertThat(answer(room, "turns")).contains("2");
    assertThat(answer(room, "left-turns")).contains("1");
  }

  @Test
  void equalPathsThatDifferHaveNoAnswer() {
    // Above or below the block: four turns either way, two of them to the left.
    MazeScene around = maze("########", "##....##", "S..##..E", "##....##", "########");
    assertThat(answer(around, "turns")).contains("4");
    assertThat(answer(around, "left-turns")).contains("2");
    // Around the block with two turns to the right, or with two to the left.
    MazeScene torn = maze("#####", "#.E.#", "#.#.#", "#.S.#", "#####");
    assertThat(answer(torn, "cells")).contains("5");
    assertThat(answer(torn, "turns")).contains("2");
    assertThat(answer(torn, "left-turns")).isEmpty();
    assertThat(answer(torn, "right-turns")).isEmpty();
  }

  @Test
  void withoutEndsOrWayThereIsNoAnswer() {
    assertThat(answer(maze("####", "S.#E", "####"), "cells")).isEmpty();
    assertThat(answer(maze("####", "S..#", "####"), "cells")).isEmpty();
    assertThat(answer(maze("####", "S..S", "####"), "cells")).isEmpty();
  }

  @Test
  void treesHaveOnePathAndAreSpanning() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 50; i++) {
      MazeGenerator generator = new MazeGenerator(Optional.of(5), Optional.of(7), Optional.of(0));
      MazeScene scene = generator.maze(2, random).scene(random);
      long open = scene.cells().chars().filter(cell -> cell != MazeScene.WALL).count();
      int[] far = MazeSolver.distances(scene, scene.cells().indexOf(MazeScene.ENTRY));
      long reached = Arrays.stream(far).filter(d -> d != Integer.MAX_VALUE).count();
      assertThat(reached).isEqualTo(open);
      int passages = 0;
      for (int cell = 0; cell < scene.cells().length(); cell++) {
        if (scene.cells().charAt(cell) != MazeScene.WALL) {
          passages += MazeSolver.step(scene, cell, 1) >= 0 ? 1 : 0;
          passages += MazeSolver.step(scene, cell, 2) >= 0 ? 1 : 0;
        }
      }
      assertThat(passages).as("a tree of cells").isEqualTo((int) open - 1);
    }
  }

  /** The 2 x 2 grid of rooms has four spanning trees; Wilson's walks give each a quarter. */
  @Test
  void uniformMazesAreUniform() {
    SplittableRandom random = new SplittableRandom(2);
    Map<String, Integer> seen = new TreeMap<>();
    for (int i = 0; i < 4000; i++) {
      var maze = new MazeGenerator.Maze(2, 2, 0, 0);
      maze.uniform(random);
      String cells = maze.scene(new SplittableRandom(3)).cells();
      seen.merge(cells, 1, Integer::sum);
    }
    assertThat(seen).hasSize(4);
    // Five standard deviations of a binomial count with p = 1/4.
    assertThat(seen.values()).allSatisfy(count -> assertThat(count).isBetween(863, 1137));
  }

  @Test
  void theNumberOfCellsIsOddHalfTheTime() {
    ConfiguredFamily family =
        new MazeFamily().configure(Map.of("level", 2, "questions", List.of("cells")));
    int odd = 0;
    for (int i = 0; i < 600; i++) {
      Puzzle puzzle = family.draw(SeedTree.root(4).child(i));
      odd += Integer.parseInt(family.answer(puzzle).orElseThrow()) % 2;
    }
    assertThat(odd).isBetween(240, 360);
  }

  @Test
  void openingsMakeLoopsAndBothSolversStillAgree() {
    ConfiguredFamily family =
        new MazeFamily().configure(Map.of("rows", 8, "columns", 8, "openings", 20));
    for (int i = 0; i < 200; i++) {
      Puzzle puzzle = family.draw(SeedTree.root(5).child(i));
      for (String kind : MazeKind.names()) {
        answer((MazeScene) puzzle.scene(), kind);
      }
    }
  }

  @Test
  void rotationsShareAFormReflectionsDoNot() {
    ConfiguredFamily family = new MazeFamily().configure(Map.of());
    MazeScene scene = maze("#####", "S..##", "##.##", "##..E", "#####");
    MazeScene half = maze("#####", "E..##", "##.##", "##..S", "#####");
    MazeScene mirrored = maze("#####", "##..S", "##.##", "E..##", "#####");
    assertThat(family.canonicalKey(half)).isEqualTo(family.canonicalKey(scene));
    assertThat(family.canonicalKey(mirrored)).isNotEqualTo(family.canonicalKey(scene));
  }

  @Test
  void wallsArrowsAndFloorsAreToldApart() {
    for (int i = 0; i < 200; i++) {
      Rendering rendering = Rendering.draw(SeedTree.root(6).child(i));
      int green = rendering.palette().rgb("green");
      int blue = rendering.palette().rgb("blue");
      assertThat(Colours.distance(MazePainter.wall(rendering), MazePainter.floor(rendering)))
          .isGreaterThan(50);
      assertThat(Colours.distance(green, blue)).isGreaterThan(20);
      assertThat(Background.contrast(rendering, green, blue)).isGreaterThan(15);
    }
    assertThat(MazePainter.sizeProblem(42, 182, 182)).isEmpty();
    assertThat(MazePainter.sizeProblem(42, 112, 112)).isPresent();
  }

  @Test
  void perceptionQuestionsAreAnsweredByTheScene() {
    ConfiguredFamily family = new MazeFamily().configure(Map.of());
    for (int i = 0; i < 150; i++) {
      MazeScene scene = (MazeScene) family.draw(SeedTree.root(11).child(i)).scene();
      PerceptionQuestion look = family.perceptionQuestion(scene, SeedTree.root(12).child(i));
      String[] rows = family.description(scene).split("/");
      Matcher line = Pattern.compile("cells of (row|column) (\\d+) are open").matcher(look.text());
      if (line.find()) {
        int at = Integer.parseInt(line.group(2)) - 1;
        long open =
            line.group(1).equals("row")
                ? rows[at].chars().filter(cell -> cell != '#').count()
                : Arrays.stream(rows).filter(row -> row.charAt(at) != '#').count();
        assertThat(look.answer()).isEqualTo(Long.toString(open));
      } else {
        char end = look.text().contains("green") ? 'S' : 'E';
        int at = Integer.parseInt(look.answer()) - 1;
        boolean there =
            look.text().startsWith("In which row")
                ? rows[at].indexOf(end) >= 0
                : Arrays.stream(rows).anyMatch(row -> row.charAt(at) == end);
        assertThat(there).isTrue();
      }
    }
  }
}
