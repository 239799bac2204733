package dev.sightline.puzzle.waterjugs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WaterJugsTest {
  private static final ConfiguredFamily ANY = new WaterJugsFamily().configure(Map.of());

  private static JugsScene jugs(List<Integer> capacities, List<Integer> amounts) {
    return new JugsScene(capacities, amounts);
  }

  /** Tartaglia's puzzle: share eight litres equally by jugs of 8, 5 and 3 litres; 7 pours. */
  @Test
  void tartagliaNeedsSevenPours() {
    Puzzle puzzle =
        new Puzzle(jugs(List.of(8, 5, 3), List.of(8, 0, 0)), WaterJugsFamily.ask(List.of(4, 4, 0)));
    assertThat(ANY.answer(puzzle)).hasValue("7");
    assertThat(ANY.referenceAnswer(puzzle)).hasValue("7");
  }

  /** Every goal for every start of these jugs, reachable or not. */
  @Test
  void solversAgreeOnEveryGoal() {
    List<Integer> capacities = List.of(5, 3, 2);
    int reachable = 0;
    int unreachable = 0;
    for (List<Integer> start : vectors(capacities)) {
      for (List<Integer> goal : vectors(capacities)) {
        Question question = WaterJugsFamily.ask(goal);
        Puzzle puzzle = new Puzzle(jugs(capacities, start), question);
        Optional<String> answer = ANY.answer(puzzle);
        assertThat(ANY.referenceAnswer(puzzle)).as("%s", puzzle).isEqualTo(answer);
        reachable += answer.isPresent() ? 1 : 0;
        unreachable += answer.isPresent() ? 0 : 1;
      }
    }
    assertThat(reachable).isGreaterThan(500);
    assertThat(unreachable).isGreaterThan(500);
  }

  @Test
  void goalsThatDoNotFitHaveNoAnswer() {
    JugsScene scene = jugs(List.of(5, 3), List.of(4, 1));
    for (List<Integer> goal :
        List.of(List.of(5), List.of(2, 3, 0), List.of(1, 4), List.of(5, 1), List.of(6, -1))) {
      Puzzle puzzle = new Puzzle(scene, WaterJugsFamily.ask(goal));
      assertThat(ANY.answer(puzzle)).as("%s", goal).isEmpty();
      assertThat(ANY.referenceAnswer(puzzle)).as("%s", goal).isEmpty();
      assertThat(ANY.wrongAnswers(puzzle)).isNotEmpty();
    }
  }

  /** Water and air exchanged, and another order, need as many pours for the matching goal. */
  @Test
  void symmetriesKeepTheAnswer() {
    for (int i = 0; i < 60; i++) {
      Puzzle puzzle = ANY.draw(SeedTree.root(4).child(i));
      JugsScene scene = (JugsScene) puzzle.scene();
      List<Integer> goal = WaterJugsFamily.goal(puzzle.question());
      Puzzle air =
          new Puzzle(
              jugs(
                  scene.capacities().reversed(),
                  rest(scene.capacities(), scene.amounts()).reversed()),
              WaterJugsFamily.ask(rest(scene.capacities(), goal).reversed()));
      assertThat(ANY.answer(air)).isEqualTo(ANY.answer(puzzle));
      assertThat(ANY.canonicalKey(air.scene())).isEqualTo(ANY.canonicalKey(scene));
    }
    assertThat(ANY.canonicalKey(jugs(List.of(6, 4), List.of(2, 4))))
        .as("the unit does not matter")
        .isEqualTo(ANY.canonicalKey(jugs(List.of(3, 2), List.of(1, 2))))
        .isNotEqualTo(ANY.canonicalKey(jugs(List.of(6, 5), List.of(2, 4))));
  }

  private static List<Integer> rest(List<Integer> capacities, List<Integer> amounts) {
    List<Integer> rest = new ArrayList<>();
    for (int jug = 0; jug < amounts.size(); jug++) {
      rest.add(capacities.get(jug) - amounts.get(jug));
    }
    return rest;
  }

  @Test
  void capacitiesAreGivenAwayAndAmountsAreFacts() {
    JugsScene scene = jugs(List.of(9, 8, 2), List.of(8, 4, 1));
    assertThat(ANY.description(scene)).isEqualTo("capacities: 9 8 2; amounts: 8 4 1");
    DescriptionReading half = ANY.readDescription("amounts: 8 4 2\ncapacities: 9 8 2");
    assertThat(ANY.facts(scene, half).facts()).isEqualTo(3);
    assertThat(ANY.facts(scene, half).right()).isEqualTo(2);
    assertThat(ANY.readDescription("capacities: 9 8 2; amounts: 8 4 3"))
        .as("more than the jug holds")
        .isInstanceOf(DescriptionReading.Partial.class);
    assertThat(ANY.questionText(new Puzzle(scene, WaterJugsFamily.ask(List.of(5, 8, 0)))))
        .contains("9, 8 and 2 litres", "5, 8 and 0 litres")
        .doesNotContain("8, 4 and 1");
  }

  @Test
  void wrongSizesAreRefused() {
    assertThatThrownBy(
            () -> new WaterJugsFamily().configure(Map.of("minimumJugs", 4, "maximumJugs", 3)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("maximumJugs");
    assertThatThrownBy(() -> new WaterJugsFamily().configure(Map.of("maximumCapacity", 99)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("maximumCapacity");
  }

  /** Litres are many pixels apart, jugs stand apart, the numbers on the axis do not touch. */
  @Test
  void everyLitreCanBeRead() {
    for (int size : new int[] {224, 448, 1024}) {
      for (int capacity = 5; capacity <= JugsScene.LARGEST; capacity++) {
        JugsPainter.Scale scale = JugsPainter.scale(size, size, capacity);
        assertThat(scale.litre()).isGreaterThanOrEqualTo(size / 25.0);
        assertThat(scale.labelStep() * scale.litre()).isGreaterThan(1.5 * scale.text());
        assertThat(scale.y(capacity)).isGreaterThan(scale.text() / 2);
        assertThat(scale.base() + size * 0.05 + scale.text()).isLessThan(size);
        for (int jugs = 2; jugs <= 5; jugs++) {
          assertThat(scale.jugLeft(1, jugs) - scale.jugRight(0, jugs)).isGreaterThan(size / 20.0);
        }
      }
    }
    assertThat(JugsPainter.scale(448, 448, 14).text()).isGreaterThanOrEqualTo(11);
    assertThat(JugsPainter.sizeProblem(20, 56, 56)).isEmpty();
  }

  private static List<List<Integer>> vectors(List<Integer> capacities) {
    List<List<Integer>> vectors = List.of(List.of());
    for (int capacity : capacities) {
      List<List<Integer>> longer = new ArrayList<>();
      for (List<Integer> vector : vectors) {
        for (int litres = 0; litres <= capacity; litres++) {
          List<Integer> more = new ArrayList<>(vector);
          more.add(litres);
          longer.add(more);
        }
      }
      vectors = longer;
    }
    return vectors;
  }
}
