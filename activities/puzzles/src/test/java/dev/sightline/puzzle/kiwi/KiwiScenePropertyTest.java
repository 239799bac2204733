package dev.sightline.puzzle.kiwi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.FactScore;
import dev.sightline.puzzle.PerceptionQuestion;
import dev.sightline.puzzle.PuzzleFamilies;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class KiwiScenePropertyTest {
  @Provide
  Arbitrary<KiwiScene> boards() {
    return Arbitraries.integers()
        .between(2, 8)
        .flatMap(
            rows ->
                Arbitraries.integers()
                    .between(2, 8)
                    .flatMap(
                        columns ->
                            Arbitraries.strings()
                                .withChars('-', 'F', 'R')
                                .ofLength(rows * columns)
                                .map(cells -> new KiwiScene(rows, columns, cells))));
  }

  private static ConfiguredFamily of(KiwiScene board) {
    return PuzzleFamilies.configure(
        "rotting_kiwi", Map.of("rows", board.rows(), "columns", board.columns()));
  }

  @Property
  void bothSolversAgreeOnEveryBoard(@ForAll("boards") KiwiScene board) {
    assertThat(of(board).answer(Boards.ask(board)))
        .isEqualTo(of(board).referenceAnswer(Boards.ask(board)));
  }

  @Property
  void textsReadBack(@ForAll("boards") KiwiScene board) {
    ConfiguredFamily family = of(board);
    String text = family.description(board);
    String loose = " \n" + text.toLowerCase(java.util.Locale.ROOT).replace("/", " \r\n ") + "\t/";
    assertThat(family.readDescription(text)).isEqualTo(new DescriptionReading.Complete(board));
    assertThat(family.readDescription(loose)).isEqualTo(new DescriptionReading.Complete(board));
    assertThat(family.readScene(family.writeScene(board))).isEqualTo(board);
    assertThat(family.textTwin(board)).isEqualTo("Board: " + text);
  }

  @Property
  void symmetryKeepsAnswerAndCanonicalFormButNotTheScene(@ForAll("boards") KiwiScene board) {
    ConfiguredFamily family = of(board);
    List<KiwiScene> orbit = KiwiSymmetry.orbit(board);
    assertThat(orbit).startsWith(board).doesNotHaveDuplicates();
    for (KiwiScene image : orbit) {
      assertThat(family.canonicalKey(image)).isEqualTo(family.canonicalKey(board));
      assertThat(family.answer(Boards.ask(image))).isEqualTo(family.answer(Boards.ask(board)));
      assertThat(KiwiSymmetry.orbit(image)).containsExactlyInAnyOrderElementsOf(orbit);
      assertThat(family.sceneKey(image).equals(family.sceneKey(board)))
          .isEqualTo(image.equals(board));
    }
  }

  @Property
  void factsAreOneOnlyForTheTrueBoard(
      @ForAll("boards") KiwiScene board, @ForAll("boards") KiwiScene other) {
    ConfiguredFamily family = of(board);
    FactScore truth = family.facts(board, family.readDescription(family.description(board)));
    assertThat(truth.value()).isEqualTo(1.0);
    FactScore score = family.facts(board, family.readDescription(KiwiText.write(other)));
    assertThat(score.value()).isBetween(0.0, 1.0);
    assertThat(score.value() == 1.0).isEqualTo(other.equals(board));
  }

  @Property
  void perceptionQuestionsAreAnsweredByTheNamedCell(
      @ForAll("boards") KiwiScene board, @ForAll long seed) {
    PerceptionQuestion question = of(board).perceptionQuestion(board, SeedTree.root(seed));
    assertThat(question.text())
        .matches("What is in row \\d, column \\d: empty, fresh or rotten\\?");
    int row = question.text().charAt("What is in row ".length()) - '1';
    int column = question.text().charAt("What is in row 1, column ".length()) - '1';
    assertThat(question.answer())
        .isEqualTo(Map.of('-', "empty", 'F', "fresh", 'R', "rotten").get(board.at(row, column)));
  }
}
