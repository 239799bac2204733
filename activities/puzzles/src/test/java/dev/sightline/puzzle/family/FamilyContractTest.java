package dev.sightline.puzzle.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.Difficulty;
import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.PerceptionQuestion;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Scene;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract of a family. {@code -Dsightline.families=clock,maze} narrows it; {@code
 * -Dsightline.items=10000} raises the number of items for each family and level.
 */
class FamilyContractTest {
  private static final int ITEMS = Integer.getInteger("sightline.items", 40);
  private static final int PICTURES = 2;

  static Stream<PuzzleFamily> families() {
    String wanted = System.getProperty("sightline.families", "");
    List<String> names = wanted.isBlank() ? PuzzleFamilies.names() : List.of(wanted.split(","));
    return names.stream().map(name -> PuzzleFamilies.byName(name).orElseThrow());
  }

  static Stream<Arguments> levels() {
    return families()
        .flatMap(
            family ->
                family.configurableLevels().stream()
                    .map(level -> Arguments.of(family.name(), level)));
  }

  @ParameterizedTest(name = "{0} level {1}")
  @MethodSource("levels")
  void everyItemHolds(String name, int level) throws Exception {
    ConfiguredFamily family = PuzzleFamilies.configure(name, Map.of("level", level));
    SeedTree seed = SeedTree.root(20261123).child(name).child(level);
    Set<String> kinds = new HashSet<>();
    Map<String, Integer> answers = new TreeMap<>();
    for (int i = 0; i < ITEMS; i++) {
      Puzzle puzzle = family.draw(seed.child(i));
      assertThat(family.draw(seed.child(i))).as("the seed decides").isEqualTo(puzzle);
      assertThat(family.legal(puzzle)).as("%s", puzzle).isTrue();
      assertThat(family.answer(puzzle)).as("%s", puzzle).isPresent();
      assertThat(family.referenceAnswer(puzzle)).as("%s", puzzle).isEqualTo(family.answer(puzzle));
      Difficulty difficulty = family.difficulty(puzzle);
      assertThat(difficulty.level()).isEqualTo(level);
      assertThat(difficulty.measures()).containsKey(family.family().difficultyScale().measure());
      kinds.add(puzzle.question().kind());
      answers.merge(family.answer(puzzle).orElseThrow(), 1, Integer::sum);
      textsReadBack(family, puzzle.scene());
      String question = family.questionText(puzzle);
      assertThat(question).isNotBlank().isEqualTo(question.strip());
      PerceptionQuestion look = family.perceptionQuestion(puzzle.scene(), seed.child("look"));
      assertThat(look.answer()).isNotBlank();
      assertThat(family.canonicalKey(puzzle.scene())).isNotNull();
      assertThat(family.wrongAnswers(puzzle)).as("wrong answers of %s", puzzle).isNotEmpty();
      if (i < PICTURES) {
        BufferedImage image =
            Objects.requireNonNull(
                ImageIO.read(
                    new ByteArrayInputStream(
                        family.png(puzzle.scene(), family.rendering(seed.child(i)), 448, 448))));
        assertThat(image.getWidth()).isEqualTo(448);
        assertThat(image.getHeight()).isEqualTo(448);
      }
    }
    assertThat(family.family().questionKinds()).containsAll(kinds);
    System.out.println(
        "%s level %d: %d items, kinds %s, answers %s"
            .formatted(name, level, ITEMS, kinds, answers));
  }

  private static void textsReadBack(ConfiguredFamily family, Scene scene) {
    String text = family.description(scene);
    assertThat(family.readDescription(text)).isEqualTo(new DescriptionReading.Complete(scene));
    assertThat(family.readDescription("\n " + text.toLowerCase(Locale.ROOT).replace("; ", "\n")))
        .as("case and line ends do not matter: %s", text)
        .isEqualTo(new DescriptionReading.Complete(scene));
    assertThat(family.readScene(family.writeScene(scene))).isEqualTo(scene);
    assertThat(family.textTwin(scene)).contains(text);
    assertThat(family.sameScene(scene, scene)).isTrue();
    assertThat(family.facts(scene, new DescriptionReading.Complete(scene)).value()).isEqualTo(1);
    assertThat(family.facts(scene, family.readDescription("")).value()).isZero();
    assertThat(family.readDescription("§ no such thing"))
        .isInstanceOf(DescriptionReading.Unparsable.class);
    DescriptionReading twice = family.readDescription(text + " ; " + text);
    assertThat(twice).isNotInstanceOf(DescriptionReading.Complete.class);
  }

  @ParameterizedTest
  @MethodSource("families")
  void neighbouringSeedsShareNoMoreThanChance(PuzzleFamily family) {
    ConfiguredFamily configured = family.configure(Map.of());
    int draws = Integer.getInteger("sightline.draws", 300);
    Set<Digest> first = new HashSet<>();
    Set<Digest> second = new HashSet<>();
    int shared = 0;
    for (int i = 0; i < draws; i++) {
      first.add(configured.canonicalKey(configured.draw(SeedTree.root(7).child(i)).scene()));
    }
    for (int i = 0; i < draws; i++) {
      Digest key = configured.canonicalKey(configured.draw(SeedTree.root(8).child(i)).scene());
      second.add(key);
      shared += first.contains(key) ? 1 : 0;
    }
    double expected = (double) draws * draws / configured.space().canonicalForms().doubleValue();
    System.out.println(
        "%s: %d draws at each of two neighbouring seeds share %d, at most %.2f expected, space %s"
            .formatted(family.name(), draws, shared, expected, configured.space()));
    assertThat((double) shared).isLessThanOrEqualTo(expected + 3 * Math.sqrt(expected) + 1);
  }

  @ParameterizedTest
  @MethodSource("families")
  void wrongConfigurationsNameTheField(PuzzleFamily family) {
    assertThatThrownBy(() -> family.configure(Map.of("level", 6)))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("level");
    assertThatThrownBy(() -> family.configure(Map.of("colour", "red")))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("colour");
    assertThatThrownBy(() -> family.configure(Map.of("questions", List.of("why"))))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("questions");
  }

  @ParameterizedTest
  @MethodSource("families")
  void constantDescriptionsScoreAtMostTheBestConstant(PuzzleFamily family) {
    ConfiguredFamily configured = family.configure(Map.of());
    List<Scene> scenes = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      scenes.add(configured.draw(SeedTree.root(9).child(i)).scene());
    }
    double best = configured.bestConstantDescription(scenes).meanFacts();
    assertThat(best).isBetween(0.0, 1.0);
    for (int constant = 0; constant < 10; constant++) {
      DescriptionReading said =
          configured.readDescription(configured.description(scenes.get(constant)));
      double mean =
          scenes.stream()
              .mapToDouble(scene -> configured.facts(scene, said).value())
              .average()
              .orElseThrow();
      assertThat(mean).isLessThanOrEqualTo(best + 1e-12);
    }
  }
}
