package dev.sightline.puzzle.nqueens;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Rendering;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NQueensTest {
  private static final Question DISTANCE = Question.of("distance");
  private static final Question WALK = Question.of("walk");
  private final ConfiguredFamily family = PuzzleFamilies.configure("n_queens", Map.of());

  private static NQueensScene board(String text) {
    return new NQueensScene(List.of(text.split("/")));
  }

  private void bothSay(String text, Question question, String answer) {
    Puzzle puzzle = new Puzzle(board(text), question);
    assertThat(family.answer(puzzle).orElse("none")).isEqualTo(answer);
    assertThat(family.referenceAnswer(puzzle).orElse("none")).isEqualTo(answer);
  }

  /** Published counts (OEIS A000170). */
  @ParameterizedTest
  @CsvSource({"4, 2", "6, 4", "7, 40", "8, 92", "9, 352", "10, 724", "11, 2680", "12, 14200"})
  void countsAllSolutions(int size, int count) {
    assertThat(NQueensGenerator.solutions(size)).hasSize(count);
  }

  /** On 6 x 6 the solution 2 4 6 1 3 5, by hand. */
  @Test
  void knownBoards() {
    String two = "....../...Q../.....Q/Q...../....../....Q.";
    bothSay(two, DISTANCE, "5");
    bothSay(two, Question.of("column").with("row", 1), "2");
    bothSay(two, Question.of("column").with("row", 5), "3");
    bothSay(two, Question.of("column").with("row", 2), "none");
    bothSay(two, Question.of("column").with("row", 7), "none");
    bothSay(two, WALK, "none");
    // From column 2 over 6 to 3: rows 2 and 2, columns 4 and 3.
    String three = "....../...Q../....../Q...../....../....Q.";
    bothSay(three, WALK, "11");
    bothSay(three, DISTANCE, "none");
  }

  @Test
  void boardsWithoutAnAnswer() {
    bothSay("QQ..../....../....../....../....../......", WALK, "none");
    bothSay("Q...../....../....../....../....../......", WALK, "none");
    bothSay("......./......./......./......./......./......./.......", WALK, "none");
    // Two ways to complete 4 x 4, the same walk: an answer that does not depend on the way.
    bothSay("..../..../..../....", WALK, "10");
    bothSay("..../..../..../....", Question.of("column").with("row", 1), "none");
  }

  @Test
  void bothSolversAgreeOnAnyBoard() {
    SplittableRandom random = new SplittableRandom(3);
    int answered = 0;
    for (int i = 0; i < 600; i++) {
      int size = random.nextInt(4, 9);
      List<int[]> solutions = NQueensGenerator.solutions(size);
      int[] solution = solutions.get(random.nextInt(solutions.size())).clone();
      int gone = random.nextInt(1, size);
      List<String> lines = new ArrayList<>();
      for (int row = 0; row < size; row++) {
        StringBuilder line = new StringBuilder(".".repeat(size));
        if (random.nextInt(size) >= gone) {
          // One queen in twelve stands elsewhere, so that some boards are impossible.
          line.setCharAt(random.nextInt(12) == 0 ? random.nextInt(size) : solution[row], 'Q');
        }
        lines.add(line.toString());
      }
      NQueensScene scene = new NQueensScene(lines);
      for (Question question :
          List.of(DISTANCE, WALK, Question.of("column").with("row", random.nextInt(1, size + 1)))) {
        Puzzle puzzle = new Puzzle(scene, question);
        assertThat(family.referenceAnswer(puzzle))
            .as("%s", puzzle)
            .isEqualTo(family.answer(puzzle));
        answered += family.answer(puzzle).isPresent() ? 1 : 0;
      }
    }
    assertThat(answered).isGreaterThan(200);
  }

  @Test
  void mistakesFollowTheirProcedures() {
    // Missing are row 1, column 2 and row 5, column 3: 4 rows, 1 column apart.
    Puzzle puzzle = new Puzzle(board("....../...Q../.....Q/Q...../....../....Q."), DISTANCE);
    assertThat(family.wrongAnswers(puzzle))
        .contains(
            new WrongAnswer("counts-rows-only", "4"),
            new WrongAnswer("counts-columns-only", "1"),
            new WrongAnswer("steps-diagonally", "4"),
            new WrongAnswer("counts-the-first-square", "6"));
  }

  @Test
  void keepsAskedSizes() {
    ConfiguredFamily fixed = PuzzleFamilies.configure("n_queens", Map.of("size", 10, "missing", 4));
    for (int i = 0; i < 40; i++) {
      NQueensScene scene = (NQueensScene) fixed.draw(SeedTree.root(i)).scene();
      assertThat(scene.size()).isEqualTo(10);
      assertThat(scene.lines().stream().filter(line -> !line.contains("Q")).count()).isEqualTo(4);
    }
  }

  @Test
  void coloursKeepTheirDistance() {
    for (int i = 0; i < 100; i++) {
      Rendering rendering = Rendering.draw(SeedTree.root(i));
      int[] colours = NQueensPainter.colours(rendering);
      assertThat(Colours.distance(colours[2], colours[0])).isGreaterThan(40);
      assertThat(Colours.distance(colours[2], colours[1])).isGreaterThan(40);
      assertThat(Colours.distance(colours[0], colours[1])).isGreaterThan(15);
    }
  }
}
