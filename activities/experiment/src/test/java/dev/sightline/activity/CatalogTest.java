package dev.sightline.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.spec.DesignReader;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.FamilyCatalog;
import dev.sightline.spec.RewardCatalog;
import dev.sightline.spec.SpecReader;
import dev.sightline.spec.SpecResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CatalogTest {
  private static final Map<String, Object> BOARD =
      Map.of("rows", 2, "columns", 3, "rotten", "one-or-more");

  private final FamilyCatalog families = Objects.requireNonNull(Catalog.ALL.families());
  private final RewardCatalog rewards = Objects.requireNonNull(Catalog.ALL.rewards());

  static List<Path> experiments() throws IOException {
    try (var files = Files.list(Path.of("../../deploy/experiments"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("experiments")
  void everyExperimentThatWeShipIsValid(Path file) throws IOException {
    SpecResult result =
        new SpecReader(Catalog.ALL).readYaml(file.getFileName().toString(), Files.readString(file));

    assertThat(result).isInstanceOf(SpecResult.Valid.class);
  }

  @Test
  void aSpaceThatCannotHoldTheCountsSaysSo() {
    assertThat(families.check("rotting_kiwi", BOARD, new ExperimentSpec.Counts(300, 16, 32)))
        .isEmpty();

    List<FamilyCatalog.ConfigProblem> problems =
        families.check("rotting_kiwi", BOARD, new ExperimentSpec.Counts(10, 100, 100));

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().problem()).contains("143");
    assertThat(problems.getFirst().fix()).isNotBlank();
  }

  @Test
  void aWrongSettingIsNamed() {
    List<FamilyCatalog.ConfigProblem> problems =
        families.check(
            "rotting_kiwi", Map.of("rows", 2, "collumns", 3), new ExperimentSpec.Counts(1, 1, 1));

    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().key()).isEqualTo("collumns");
  }

  @Test
  void aWrongPartIsNamedByItsPlace() {
    ExperimentSpec.PartCounts few = new ExperimentSpec.PartCounts(20, 4, 4);
    ExperimentSpec.Part board = new ExperimentSpec.Part("rotting_kiwi", BOARD, null, few);
    ExperimentSpec.Part typo =
        new ExperimentSpec.Part("rotting_kiwi", Map.of("collumns", 3), null, few);
    ExperimentSpec.Part twice =
        new ExperimentSpec.Part("rotting_kiwi", Map.of("level", 1), List.of(1, 2), few);

    assertThat(families.check(List.of(board, board))).isEmpty();
    assertThat(families.check(List.of(board, typo)))
        .extracting(FamilyCatalog.ConfigProblem::key)
        .containsExactly("parts[1].config.collumns");
    assertThat(families.check(List.of(typo)))
        .extracting(FamilyCatalog.ConfigProblem::key)
        .containsExactly("parts[0].config.collumns");
    assertThat(families.check(List.of(twice)))
        .extracting(FamilyCatalog.ConfigProblem::key)
        .containsExactly("parts[0].levels");
  }

  @Test
  void presetsAreResolved() {
    assertThat(families.presets()).contains("clock-3k", "diverse-8k", "gold-9x100");
    for (String preset : families.presets()) {
      assertThat(families.preset(preset).orElseThrow())
          .allSatisfy(part -> assertThat(families.names()).contains(part.family()));
    }
    assertThat(families.preset("clock-4k")).isEmpty();
  }

  @Test
  void aPictureThatIsTooSmallIsNamedByItsFamily() {
    ExperimentSpec.Part clock =
        new ExperimentSpec.Part("clock", Map.of(), null, new ExperimentSpec.PartCounts(20, 4, 4));
    assertThat(families.imageSize(List.of(clock), new ExperimentSpec.ImageSize(56, 56)))
        .hasValueSatisfying(found -> assertThat(found.problem()).startsWith("clock: "));
    assertThat(families.imageSize(List.of(clock), new ExperimentSpec.ImageSize(224, 224)))
        .isEmpty();
  }

  @Test
  void theSpaceOfSmallBoardsIsCounted() {
    assertThat(families.space("rotting_kiwi", BOARD))
        .contains(new FamilyCatalog.SpaceSize(504, 143, true));
  }

  @Test
  void termsThatMakeNoSenseAreNamedByTheirPlace() {
    assertThat(complaint(term("answer_is", "2"))).isEmpty();
    assertThat(complaint(term("answer_is", null))).contains("terms[0].parameter");
    assertThat(complaint(term("accuracy", "2"))).contains("terms[0].parameter");
    assertThat(
            complaint(
                new ExperimentSpec.Term("repetition", 1, null, Map.of("size", 0), null, null)))
        .contains("terms[0].settings.size");
    assertThat(complaint(term("judge_recall", null))).contains("terms[0].term");
    assertThat(complaint(term("self_sufficient", null))).isEmpty();
    assertThat(complaint(term("caption_reader", null))).isEmpty();
    assertThat(
            rewards
                .check(
                    new ExperimentSpec.Arm(
                        "arm", "answer", List.of(term("caption_reader", null)), false))
                .map(DesignReader.Complaint::problem))
        .hasValueSatisfying(
            problem -> assertThat(problem).contains("the template answer asks for none"));
  }

  private static ExperimentSpec.Term term(String name, @Nullable String parameter) {
    return new ExperimentSpec.Term(name, 1, parameter);
  }

  private Optional<String> complaint(ExperimentSpec.Term term) {
    return rewards
        .check(new ExperimentSpec.Arm("arm", "probe", List.of(term), false))
        .map(DesignReader.Complaint::field);
  }

  @Test
  void whatIsOfferedExists() {
    assertThat(families.names()).contains("rotting_kiwi");
    assertThat(rewards.terms()).contains("accuracy", "format", "perception_facts", "answer_is");
    assertThat(rewards.templates()).contains("probe");
    assertThat(rewards.templates())
        .allSatisfy(name -> assertThat(Prompts.template(name, Optional.empty())).isNotNull());
  }
}
