package dev.sightline.puzzle.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.foreign.ForeignFormat;
import dev.sightline.puzzle.foreign.ForeignItems;
import dev.sightline.puzzle.foreign.ForeignReader;
import dev.sightline.puzzle.render.Rendering;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both solvers give PuzzleVQA's published answers from caption and question. The whole files are
 * read from the folder of SIGHTLINE_PUZZLEVQA; without it only captions in our own words are.
 */
class PuzzleVqaTest {
  static Stream<PuzzleFamily> readable() {
    return PatternFamily.all().stream()
        .filter(family -> family.reader(ForeignFormat.PUZZLEVQA).isPresent());
  }

  private static ForeignReader reader(String name) {
    return readable()
        .filter(family -> family.name().equals("pattern." + name))
        .findFirst()
        .flatMap(family -> family.reader(ForeignFormat.PUZZLEVQA))
        .orElseThrow();
  }

  @Test
  void eighteenAreReadable() {
    assertThat(readable()).hasSize(18);
  }

  @ParameterizedTest
  @MethodSource("readable")
  void publishedAnswersAreReproduced(PuzzleFamily family) throws Exception {
    String folder = System.getenv("SIGHTLINE_PUZZLEVQA");
    if (folder == null) {
      System.out.println("skipped: SIGHTLINE_PUZZLEVQA names no folder (the files are not ours)");
    }
    assumeTrue(folder != null, "the public benchmark's files are not here");
    ForeignReader reader = family.reader(ForeignFormat.PUZZLEVQA).orElseThrow();
    ObjectMapper json = new ObjectMapper();
    int lines = 0;
    for (String line : Files.readAllLines(Path.of(folder, reader.fileName() + ".json"))) {
      if (!line.isBlank()) {
        agrees(reader, json.readValue(line, new TypeReference<Map<String, Object>>() {}));
        lines++;
      }
    }
    assertThat(lines).isPositive();
  }

  private static void agrees(ForeignReader reader, Map<String, Object> item) {
    ForeignItems.Checked checked = ForeignItems.check(ForeignFormat.PUZZLEVQA, reader, item);
    assertThat(checked.agrees()).as("%s: %s", item, checked).isTrue();
    var configured = checked.puzzle().family();
    var scene = checked.puzzle().puzzle().scene();
    assertThat(configured.readScene(configured.writeScene(scene))).isEqualTo(scene);
    assertThat(configured.png(scene, Rendering.PLAIN, 224, 224)).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "circle_size_number|ring: [4, 1, 6, '?', 6, 1]|4",
        "color_grid|['red', 'blue', 'red'] ['blue', 'green', 'blue'] ['red', '?', 'red']|blue",
        "color_hexagon|['red', '?', 'blue', 'red', 'green', 'blue']|green",
        "color_number_hexagon|['red', 'blue', 'red', 'blue'] [1, 2, 7, '?']|6",
        "color_overlap_squares|['?', 'red', 'blue'] overlap is orange, overlap is purple|yellow",
        "color_size_circle|['small', 'large', 'medium', 'extra large'] ['?', 'light red', 'medium red', 'very light red']|dark red",
        "grid_number|[7, 1, 6] ['?', 3, 9] [2, 9, 3]|2",
        "grid_number_color|[(1, '?'), (2, 'red')] [(2, 'red'), (1, 'blue')]|blue",
        "polygon_sides_color|['red'] ['blue', '?'] ['blue', 'green', 'green']|red",
        "rectangle_height_color|['short', 'long', 'long'] ['red', 'blue', '?']|blue",
        "rectangle_height_number|[3, 2, '?', 1] ['long', 'medium', 'medium', 'short']|2",
        "shape_reflect|['square', 'circle'] ['square', '?']|circle",
        "shape_size_grid|['small star', 'large star'] ['small circle', '?']|large",
        "size_cycle|['small', 'large'] ['small', '?']|large",
        "size_grid|['small', 'large', 'small'] ['?', 'medium', 'large'] ['small', 'large', 'small']|large",
        "triangle|[3, '?', 15] [4, 9, 36]|5",
        "venn|[4, 6, '?'] contains the number 10 and contains the number 14|8"
      })
  void captionsInOurWordsAreRead(String name, String caption, String answer) {
    agrees(
        reader(name), Map.of("question", "What is missing?", "caption", caption, "answer", answer));
  }

  @Test
  void theQuestionNamesTheMissingShape() {
    Map<String, Object> item =
        Map.of(
            "question", "What is its size if it is a star?",
            "caption", "['star', 'circle', 'star', 'circle'] ['small', 'large', 'small', 'large']",
            "answer", "small");
    agrees(reader("shape_size_hexagon"), item);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"grid_number|no lists", "venn|[1, 2, 3]", "color_hexagon|['red', 'blue', '?']"})
  void otherCaptionsAreRefused(String name, String caption) {
    List<String> words = List.of("caption");
    assertThatThrownBy(
            () ->
                ForeignItems.read(
                    ForeignFormat.PUZZLEVQA,
                    reader(name),
                    Map.of("question", "What?", "caption", caption)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(words.toArray(String[]::new));
  }
}
