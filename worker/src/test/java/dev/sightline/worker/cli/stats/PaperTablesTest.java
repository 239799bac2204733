package dev.sightline.worker.cli.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.statistics.UnpairedDifference;
import dev.sightline.statistics.UnpairedDifference.Cell;
import dev.sightline.worker.cli.stats.TableFindings.Best;
import dev.sightline.worker.cli.stats.TableFindings.CategoryFinding;
import dev.sightline.worker.cli.stats.TableFindings.Gain;
import dev.sightline.worker.cli.stats.TableFindings.RowFinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the paper's Tables 2 to 4 say when they are added up again. */
final class PaperTablesTest {
  private static final Path FILE = Path.of("../deploy/experiments/paper-tables.json");

  @TempDir private Path folder = Path.of("unset");

  private static TableFindings findings() throws BadInput {
    return TableFindings.of(PublishedTables.read(FILE));
  }

  private static RowFinding row(String trainedOn, String name) throws BadInput {
    return findings().rows().stream()
        .filter(row -> row.trainedOn().equals(trainedOn) && row.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "Clock-3k, Base, 9.89, 3, 10.75",
    "Clock-3k, Vanilla, 7.89, 37, 4.25",
    "Clock-3k, Only-Accuracy, 9.22, 8, 9.375",
    "Clock-3k, Mixture, 12.22, 13, 12.125",
    "Clock-3k, Continuous, 10.11, 10, 10.125",
    "Clock-3k, Visual-Fusion, 8.56, 4, 9.125",
    "Clock-3k, No-Accuracy, 11.33, 1, 12.625",
    "Diverse-8k, Base, 9.89, 10.5, 9.4",
    "Diverse-8k, Vanilla, 13.22, 19.75, 8.0",
    "Diverse-8k, Only-Accuracy, 15.11, 17.5, 13.2",
    "Diverse-8k, Mixture, 15.56, 21.25, 11.0",
    "Diverse-8k, Continuous, 14.67, 14.0, 15.2",
    "Diverse-8k, Visual-Fusion, 13.33, 16.25, 11.0",
    "Diverse-8k, No-Accuracy, 11.22, 10.5, 11.8",
  })
  void averagesAndDomainMeans(
      String trainedOn, String name, double average, double inDomain, double outOfDomain)
      throws BadInput {
    RowFinding row = row(trainedOn, name);
    assertThat(row.average().computed()).isCloseTo(average, within(0.005));
    assertThat(row.inDomain().computed()).isCloseTo(inDomain, within(1e-9));
    assertThat(row.outOfDomain().computed()).isCloseTo(outOfDomain, within(1e-9));
    assertThat(row.average().agrees()).isTrue();
    assertThat(row.inDomain().agrees()).isTrue();
    assertThat(row.outOfDomain().agrees()).isTrue();
  }

  /** 9.89 is printed as 10, and the paper's gain of 5.56 points counts from there. */
  @Test
  void thePrintedGainCountsFromARoundedBase() throws BadInput {
    double base = row("Diverse-8k", "Base").average().computed();
    double mixture = row("Diverse-8k", "Mixture").average().computed();
    assertThat(mixture - 10).isCloseTo(5.56, within(0.005));
    assertThat(mixture - base).isCloseTo(5.67, within(0.005));
    assertThat(findings().disagreeing()).isEmpty();
  }

  @Test
  void trainingDoesNotAlwaysHelpOutOfDomain() throws BadInput {
    assertThat(findings().domains().getFirst().belowReferenceOutOfDomain())
        .containsExactly("Vanilla", "Only-Accuracy", "Continuous", "Visual-Fusion");
    assertThat(findings().domains().getLast().belowReferenceOutOfDomain())
        .containsExactly("Vanilla");
  }

  @Test
  void diverseDataDoNotHelpNoAccuracy() throws BadInput {
    assertThat(findings().notBetter())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.name()).isEqualTo("No-Accuracy");
              assertThat(row.before()).isCloseTo(11.33, within(0.005));
              assertThat(row.after()).isCloseTo(11.22, within(0.005));
            });
  }

  @ParameterizedTest
  @CsvSource({"0, 3.9, 5.67", "1, 0.28, 0.44", "2, 0.96, 1.33"})
  void unpairedDifferences(int index, double z, double points) throws BadInput {
    UnpairedDifference difference = findings().comparisons().get(index).difference();
    assertThat(difference.z()).isCloseTo(z, within(z > 1 ? 0.05 : 0.005));
    assertThat(100 * difference.difference()).isCloseTo(points, within(0.005));
    assertThat(difference.p() < 0.05).isEqualTo(index == 0);
  }

  /**
   * A reading that takes all 900 items as one binomial, and the base as the 90 right answers of its
   * printed 10 %, gives 3.5, 0.3 and 0.8. The base has 89, and categories are strata.
   */
  @ParameterizedTest
  @CsvSource({"140, 90, 3.5", "140, 136, 0.3", "101, 90, 0.8"})
  void otherCountsGiveOtherZ(int first, int second, double z) {
    UnpairedDifference pooled =
        UnpairedDifference.of(List.of(new Cell(first, 900)), List.of(new Cell(second, 900)));
    assertThat(pooled.z()).isCloseTo(z, within(0.05));
  }

  @Test
  void ninehundredItemsHaveAHalfWidthOfTwoPointFour() throws BadInput {
    assertThat(100 * row("Diverse-8k", "Mixture").wilson().width() / 2)
        .isCloseTo(2.4, within(0.05));
  }

  @Test
  void theMostFrequentAnswerBeatsEveryRow() throws BadInput {
    assertThat(findings().constantAverage()).isCloseTo(17.2, within(0.05));
    assertThat(findings().aboveConstant()).isEmpty();
    assertThat(findings().bestAboveConstant("Diverse-8k"))
        .containsExactly("Clock", "Maze", "Move Box", "Number Slide", "Rotting Kiwi");
  }

  @Test
  void theBestRewardOfEachCategory() throws BadInput {
    Map<String, Best> best =
        findings().categories().stream()
            .collect(Collectors.toMap(CategoryFinding::category, c -> bestOfDiverse(c)));
    assertThat(best)
        .containsEntry("Clock", new Best(6, List.of("Vanilla", "Only-Accuracy")))
        .containsEntry("Checker Move", new Best(10, List.of("Only-Accuracy", "Continuous")))
        .containsEntry("Maze", new Best(30, List.of("Visual-Fusion")))
        .containsEntry("Move Box", new Best(54, List.of("Mixture")))
        .containsEntry("N-Queens", new Best(17, List.of("Vanilla")))
        .containsEntry(
            "Number Slide", new Best(10, List.of("Only-Accuracy", "Mixture", "Visual-Fusion")))
        .containsEntry("Tower of Hanoi", new Best(6, List.of("Continuous")))
        .containsEntry("Rotting Kiwi", new Best(30, List.of("Only-Accuracy")))
        .containsEntry("Water Jugs", new Best(27, List.of("Continuous")));
    assertThat(best.values().stream().flatMap(b -> b.rows().stream()))
        .doesNotContain("No-Accuracy");
  }

  private static Best bestOfDiverse(CategoryFinding category) {
    return category.best().getOrDefault("Diverse-8k", new Best(0, List.of()));
  }

  @Test
  void textForImage() throws BadInput {
    Gain older = findings().substitutions().getFirst();
    Gain newer = findings().substitutions().getLast();
    assertThat(older.gain().computed()).isCloseTo(26.7, within(0.05));
    assertThat(newer.gain().computed()).isCloseTo(23.6, within(0.05));
    assertThat(older.gainWithout()).isCloseTo(12.7, within(0.05));
    assertThat(newer.gainWithout()).isCloseTo(9.1, within(0.05));
    assertThat(older.against()).containsExactly("Checker Move");
    assertThat(newer.against()).containsExactly("Water Jugs");
    assertThat(newer.flat()).containsExactly("Tower of Hanoi");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"right\": [3, 6, | \"right\": [3, 6, 7, | reference.right: has 10 numbers; give one for each of 9",
        "\"average\": 10, | \"average\": 10 | is no JSON",
        "\"average\": 10, | \"average\": \"ten\", | wrong.json:15: reference.printed.average: has a value of another kind",
        "\"title\" | \"titel\" | title: is missing; give it",
        "\"title\" | \"subtitle\": 1, \"title\" | subtitle: is no field; take it out",
        "[37, 1, | [137, 1, | rows[0].right: 137 is no count; give 0 to 100",
        "\"second\": \"Base\" | \"second\": \"Bass\" | comparisons[0]: no row 'Bass'; use one of [Base,",
        "[\"Clock\"], | [\"Clok\"], | domains.Clock-3k: no category 'Clok'",
      })
  void aWrongFileIsNamed(String found, String replaced, String message) throws IOException {
    Path wrong = folder.resolve("wrong.json");
    Files.writeString(wrong, Files.readString(FILE).replace(found, replaced));
    assertThatThrownBy(() -> PublishedTables.read(wrong))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("wrong.json:")
        .hasMessageContaining(message);
  }

  @Test
  void aFigureThatDoesNotFollowIsNamed() throws IOException, BadInput {
    Path wrong = folder.resolve("wrong.json");
    Files.writeString(wrong, Files.readString(FILE).replace("15.56", "16.56"));
    assertThat(TableFindings.of(PublishedTables.read(wrong)).disagreeing())
        .containsExactly("Diverse-8k/Mixture average: printed 16.56, computed 15.56");
  }
}
