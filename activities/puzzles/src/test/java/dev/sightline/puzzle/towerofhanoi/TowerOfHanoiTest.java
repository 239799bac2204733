package dev.sightline.puzzle.towerofhanoi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TowerOfHanoiTest {
  private static final ConfiguredFamily ANY = new TowerOfHanoiFamily().configure(Map.of());

  /** By hand, and the classic 2^n - 1. */
  @ParameterizedTest
  @CsvSource({
    "A, B, 1, 1",
    "AAA, CCC, 7, 1",
    "AAAAAAAA, BBBBBBBB, 255, 1",
    "ABC, ABC, 0, 0",
    "ABC, ACC, 3, 1", // Disk 1 to A, disk 2 to C, disk 1 to C.
    "ABB, BAA, 5, 2" // By way of C it takes 1 + 3 + 1 moves; directly 3 + 1 + 3.
  })
  void knownDistances(String start, String end, int moves, int largestDiskMoves) {
    HanoiScene scene = new HanoiScene(start, end);
    assertThat(HanoiSolver.solve(scene))
        .isEqualTo(new HanoiSolver.Optimum(moves, largestDiskMoves));
    assertThat(HanoiReferenceSolver.moves(scene)).hasValue(moves);
  }

  /** All 3^4 x 3^4 pairs: some need the largest disk twice, and none is further than 2^4 - 1. */
  @Test
  void solversAgreeOnAllPairsOfFourDisks() {
    List<String> states = states(4);
    int twice = 0;
    int furthest = 0;
    for (String start : states) {
      for (String end : states) {
        HanoiScene scene = new HanoiScene(start, end);
        HanoiSolver.Optimum optimum = HanoiSolver.solve(scene);
        assertThat(HanoiReferenceSolver.moves(scene)).as("%s", scene).hasValue(optimum.moves());
        twice += optimum.largestDiskMoves() == 2 ? 1 : 0;
        furthest = Math.max(furthest, optimum.moves());
      }
    }
    assertThat(twice).isPositive();
    assertThat(furthest).isEqualTo(15);
  }

  /** Mean distance of two random states of n disks is 466/885 2^n in the limit (Hinz 1992). */
  @Test
  void meanDistanceIsThePublishedOne() {
    List<String> states = states(6);
    double sum = 0;
    for (String start : states) {
      for (String end : states) {
        sum += HanoiSolver.solve(new HanoiScene(start, end)).moves();
      }
    }
    double mean = sum / states.size() / states.size();
    assertThat(mean / 64).isBetween(0.50, 466.0 / 885);
  }

  @Test
  void renamedRodsAndTheWayBackAreTheSameProblem() {
    for (int i = 0; i < 50; i++) {
      HanoiScene scene = (HanoiScene) ANY.draw(SeedTree.root(3).child(i)).scene();
      HanoiScene renamed =
          new HanoiScene(
              scene.end().replace('A', 'x').replace('C', 'A').replace('x', 'C'),
              scene.start().replace('A', 'x').replace('C', 'A').replace('x', 'C'));
      assertThat(ANY.canonicalKey(renamed)).isEqualTo(ANY.canonicalKey(scene));
      assertThat(ANY.sceneKey(renamed).equals(ANY.sceneKey(scene)))
          .isEqualTo(renamed.equals(scene));
      assertThat(HanoiSolver.solve(renamed)).isEqualTo(HanoiSolver.solve(scene));
    }
  }

  @Test
  void descriptionNamesTheRodOfEachDisk() {
    HanoiScene scene = new HanoiScene("CAB", "CCB");
    assertThat(ANY.description(scene)).isEqualTo("start: CAB; end: CCB");
    assertThat(ANY.readDescription("End: c c b\nStart: cab"))
        .isEqualTo(new DescriptionReading.Complete(scene));
    assertThat(ANY.readDescription("start: CAB; end: CC"))
        .isInstanceOf(DescriptionReading.Partial.class);
    assertThat(ANY.readDescription("start: CAD; end: CCB"))
        .isInstanceOf(DescriptionReading.Unparsable.class);
    assertThat(ANY.answer(new Puzzle(scene, Question.of("moves")))).hasValue("1");
  }

  @Test
  void impossibleConfigurationsAreRefused() {
    TowerOfHanoiFamily family = new TowerOfHanoiFamily();
    assertThatThrownBy(() -> family.configure(Map.of("minimumDisks", 5, "maximumDisks", 4)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("maximumDisks");
    assertThatThrownBy(() -> family.configure(Map.of("level", 5, "maximumDisks", 3)))
        .isInstanceOf(InvalidConfigException.class);
    assertThatThrownBy(
            () -> family.configure(Map.of("level", 5, "minimumDisks", 3, "maximumDisks", 4)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("level");
  }

  /** Neighbouring disks differ by several pixels, towers stay apart and below the rods' ends. */
  @Test
  void disksAreToldApartAndDoNotOverlap() {
    for (int size : new int[] {224, 448, 1024}) {
      for (int disks = 2; disks <= HanoiPainter.MOST_DISKS; disks++) {
        HanoiPainter.Board board = HanoiPainter.board(size, size, disks, true);
        assertThat(board.width(disks - 1, disks)).isLessThan(board.rod(1) - board.rod(0) - 2);
        double largest = board.width(disks - 1, disks);
        assertThat(board.rod(0) - largest / 2).isGreaterThan(board.baseLeft() + 1);
        assertThat(board.rod(2) + largest / 2)
            .as("on the base")
            .isLessThan(board.baseLeft() + board.baseWidth() - 1);
        for (int disk = 1; disk < disks; disk++) {
          assertThat(board.width(disk, disks) - board.width(disk - 1, disks))
              .isGreaterThanOrEqualTo(size / 56.0);
        }
        assertThat(board.base() - disks * board.disk()).isGreaterThan(board.rodTop());
        if (size >= 448) {
          assertThat((board.disk() - 1) * 0.66).as("digits").isGreaterThanOrEqualTo(9);
        }
      }
    }
    assertThat(HanoiPainter.sizeProblem(8, 448, 448)).isEmpty();
    assertThat(HanoiPainter.sizeProblem(9, 60, 60)).isPresent();
  }

  private static List<String> states(int disks) {
    List<String> states = List.of("");
    for (int i = 0; i < disks; i++) {
      List<String> longer = new ArrayList<>();
      for (String state : states) {
        for (String rod : List.of("A", "B", "C")) {
          longer.add(state + rod);
        }
      }
      states = longer;
    }
    Set<String> distinct = new HashSet<>(states);
    assertThat(distinct).hasSize(states.size());
    return states;
  }
}
