package dev.sightline.puzzle.kiwi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.Scene;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KiwiSpaceTest {
  private static ConfiguredFamily kiwi(Map<String, Object> config) {
    return PuzzleFamilies.configure("rotting_kiwi", config);
  }

  /** The two numbers that the design counts on: at least one fresh fruit, all of them reached. */
  @Test
  void countsOurRuleAndTheOriginalRule() {
    assertThat(kiwi(Map.of()).space().canonicalForms()).isEqualTo(2114);
    assertThat(kiwi(Map.of()).space().scenes()).isEqualTo(14_862);
    assertThat(kiwi(Map.of("rotten", "one", "maximumFruits", 7)).space().canonicalForms())
        .isEqualTo(145);
    assertThat(kiwi(Map.of()).space().enumerable()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"2,2,one", "2,3,one-or-more", "3,3,one", "3,3,one-or-more", "3,2,one-or-more"})
  void listsExactlyTheLegalBoardsOfAllBoards(int rows, int columns, String rotten) {
    ConfiguredFamily family = kiwi(Map.of("rows", rows, "columns", columns, "rotten", rotten));
    Set<Scene> legal = new HashSet<>();
    Set<Digest> forms = new HashSet<>();
    int cells = rows * columns;
    for (int code = 0; code < Math.pow(3, cells); code++) {
      StringBuilder board = new StringBuilder();
      for (int i = 0, rest = code; i < cells; i++, rest /= 3) {
        board.append("-FR".charAt(rest % 3));
      }
      KiwiScene scene = new KiwiScene(rows, columns, board.toString());
      boolean one = scene.count('R') == 1 || rotten.equals("one-or-more");
      boolean reached =
          family.referenceAnswer(Boards.ask(scene)).filter(said -> !said.equals("0")).isPresent();
      boolean expected = one && reached;
      assertThat(family.legal(Boards.ask(scene))).as("%s", scene).isEqualTo(expected);
      if (expected) {
        legal.add(scene);
        forms.add(family.canonicalKey(scene));
      }
    }
    assertThat(family.scenes()).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(legal);
    assertThat(family.space().scenes()).isEqualTo(legal.size());
    assertThat(family.space().canonicalForms()).isEqualTo(forms.size());
  }

  @Test
  void drawsEveryLegalBoardAndNoOther() {
    for (String rotten : new String[] {"one", "one-or-more"}) {
      ConfiguredFamily family = kiwi(Map.of("rows", 2, "columns", 3, "rotten", rotten));
      Set<Scene> drawn = new HashSet<>();
      for (int i = 0; i < 20_000; i++) {
        drawn.add(family.draw(SeedTree.root(5).child(rotten).child(i)).scene());
      }
      assertThat(drawn).containsExactlyInAnyOrderElementsOf(family.scenes());
    }
  }

  @ParameterizedTest
  @CsvSource({"8,8,one", "8,8,one-or-more", "2,8,one", "5,4,one-or-more", "4,4,one"})
  void drawsLegalBoardsOfAnySizeFromTheSeedAlone(int rows, int columns, String rotten) {
    ConfiguredFamily family = kiwi(Map.of("rows", rows, "columns", columns, "rotten", rotten));
    for (int i = 0; i < 300; i++) {
      Scene scene = family.draw(SeedTree.root(i)).scene();
      assertThat(family.legal(Boards.ask(scene))).as("%s", scene).isTrue();
      assertThat(family.draw(SeedTree.root(i)).scene()).isEqualTo(scene);
      assertThat(family.referenceAnswer(Boards.ask(scene)))
          .isEqualTo(family.answer(Boards.ask(scene)));
    }
  }

  @Test
  void givesALowerBoundWhereTheBoardIsTooLargeToCount() {
    var twenty = kiwi(Map.of("rows", 4, "columns", 5, "rotten", "one")).space();
    var large = kiwi(Map.of("rows", 8, "columns", 8, "rotten", "one")).space();
    assertThat(twenty.basis()).isEqualTo(dev.sightline.puzzle.Space.Basis.LOWER_BOUND);
    assertThat(twenty.enumerable()).isFalse();
    assertThat(large.scenesExact()).isFalse();
    assertThat(large.scenes()).isGreaterThanOrEqualTo(twenty.scenes());
    assertThat(large.canonicalForms()).isGreaterThan(BigInteger.valueOf(100_000));
    assertThatThrownBy(() -> kiwi(Map.of("rows", 8, "columns", 8)).scenes())
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "rows, 1",
    "rows, 9",
    "columns, 2.5",
    "rotten, two",
    "minimumFruits, 1",
    "minimumFruits, 10",
    "maximumFruits, 10",
    "colour, red",
    "levels, even"
  })
  void refusesAWrongConfigurationByField(String field, String value) {
    Object given = value.matches("[0-9.]+") ? (Object) Double.valueOf(value) : value;
    assertThatThrownBy(() -> kiwi(Map.of(field, given)))
        .isInstanceOfSatisfying(
            InvalidConfigException.class,
            e -> {
              assertThat(e.field()).isEqualTo(field);
              assertThat(e.fix()).startsWith("use ");
            });
    assertThatThrownBy(() -> PuzzleFamilies.configure("kiwi", Map.of()))
        .hasMessageStartingWith("family: unknown family 'kiwi'; use one of [")
        .hasMessageContaining("rotting_kiwi");
  }

  @Test
  void fillsInDefaultsAndTakesWhatJsonGives() {
    assertThat(kiwi(Map.of("rows", 4L, "columns", 3.0)).config())
        .isEqualTo(
            Map.of(
                "rows",
                4,
                "columns",
                3,
                "rotten",
                "one-or-more",
                "minimumFruits",
                2,
                "maximumFruits",
                12,
                "levels",
                "as-they-fall"));
  }

  /** A level of a small board is a part of its list; together the levels are the whole list. */
  @Test
  void levelsPartTheListedBoards() {
    long sum = 0;
    for (int level = 1; level <= 5; level++) {
      ConfiguredFamily family = kiwi(Map.of("rows", 3, "columns", 3, "level", level));
      assertThat(family.space().enumerable()).isTrue();
      sum += family.space().canonicalForms().longValue();
      for (Scene scene : family.scenes().subList(0, 2)) {
        assertThat(family.difficulty(Boards.ask(scene)).level()).isEqualTo(level);
      }
    }
    assertThat(sum).isEqualTo(2114);
  }

  @Test
  void levelsChooseTheirBoardsAndMeasuresNarrowThem() {
    ConfiguredFamily hard = kiwi(Map.of("level", 5, "rotten", "one"));
    assertThat(hard.config()).containsEntry("rows", 8).containsEntry("columns", 8);
    ConfiguredFamily narrow =
        kiwi(Map.of("rows", 6, "columns", 6, "measures", Map.of("minutes", List.of(9, 10))));
    Set<String> answers = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      assertThat(Integer.parseInt(hard.answer(hard.draw(SeedTree.root(i))).orElseThrow()))
          .isGreaterThan(11);
      answers.add(narrow.answer(narrow.draw(SeedTree.root(i))).orElseThrow());
    }
    assertThat(answers).containsExactlyInAnyOrder("9", "10");
    assertThatThrownBy(
            () -> kiwi(Map.of("measures", Map.of("minutes", List.of(7, 9)))).space().scenes())
        .hasMessageContaining("no board of 3 x 3");
  }
}
