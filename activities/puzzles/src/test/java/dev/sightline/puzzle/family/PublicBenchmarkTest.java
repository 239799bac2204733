package dev.sightline.puzzle.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.foreign.ForeignFormat;
import dev.sightline.puzzle.foreign.ForeignItems;
import dev.sightline.puzzle.foreign.ForeignReader;
import dev.sightline.puzzle.render.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Both solvers give the published answers of AlgoPuzzleVQA from question and inputs. Runs where the
 * files are: in the folder of SIGHTLINE_ALGOPUZZLEVQA, or in shared/data beside the checkout.
 */
class PublicBenchmarkTest {
  private static Path folder() {
    String given = System.getenv("SIGHTLINE_ALGOPUZZLEVQA");
    return given != null
        ? Path.of(given)
        : Path.of("../../../shared/data/algopuzzlevqa-sample").toAbsolutePath().normalize();
  }

  static Stream<PuzzleFamily> families() {
    return FamilyContractTest.families()
        .filter(family -> family.reader(ForeignFormat.ALGOPUZZLEVQA).isPresent());
  }

  @ParameterizedTest
  @MethodSource("families")
  void answersAreReproduced(PuzzleFamily family) throws Exception {
    ForeignReader reader = family.reader(ForeignFormat.ALGOPUZZLEVQA).orElseThrow();
    Path file = folder().resolve(reader.fileName() + ".json");
    boolean there = Files.isReadable(file);
    if (!there) {
      System.out.println("skipped: no " + file + " (the public benchmark's files are not ours)");
    }
    assumeTrue(there, "the public benchmark's files are not here");
    List<ForeignItems.Checked> checked = new ArrayList<>();
    for (Map<String, Object> item : items(file)) {
      checked.add(ForeignItems.check(ForeignFormat.ALGOPUZZLEVQA, reader, item));
    }
    assertThat(checked).isNotEmpty();
    assertThat(checked.stream().filter(line -> !line.agrees()).toList()).isEmpty();
    for (ForeignItems.Checked line : checked) {
      ConfiguredFamily configured = line.puzzle().family();
      Scene scene = line.puzzle().puzzle().scene();
      assertThat(configured.readScene(configured.writeScene(scene))).isEqualTo(scene);
      assertThat(configured.readDescription(configured.description(scene)))
          .isEqualTo(new DescriptionReading.Complete(scene));
      assertThat(configured.questionText(line.puzzle().puzzle())).isNotBlank();
      assertThat(configured.png(scene, Rendering.PLAIN, 448, 448)).isNotEmpty();
    }
  }

  private static List<Map<String, Object>> items(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<Map<String, Object>> items = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank()) {
        items.add(json.readValue(line, new TypeReference<Map<String, Object>>() {}));
      }
    }
    return items;
  }
}
