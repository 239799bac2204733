package dev.sightline.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Files and catalogs that several tests read. */
final class Examples {
  static final Path EXPERIMENTS = Path.of("..", "..", "deploy", "experiments");

  static final String SHORT =
      """
      name: short
      dataset:
        family: rotting_kiwi
        counts: { train: 100, dev: 8, test: 8 }
      arms:
        - name: only_accuracy
          terms: [ { term: accuracy, weight: 1.0 } ]
      statistics: { reference: only_accuracy }
      """;

  /** Knows the names of version 0.1; refuses boards of one row. */
  static final Catalogs CATALOGS = new Catalogs(new Kiwis(), new Rewards());

  private Examples() {}

  static String file(String name) {
    try {
      return Files.readString(EXPERIMENTS.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ExperimentSpec valid(String yaml) {
    return switch (new SpecReader(CATALOGS).readYaml("test.yaml", yaml)) {
      case SpecResult.Valid valid -> valid.spec();
      case SpecResult.Invalid invalid -> throw new AssertionError(invalid.text());
    };
  }

  static List<String> messages(SpecResult result) {
    return switch (result) {
      case SpecResult.Valid valid -> List.of();
      case SpecResult.Invalid invalid ->
          invalid.problems().stream().map(SpecProblem::message).toList();
    };
  }

  private static final class Kiwis implements FamilyCatalog {
    @Override
    public Set<String> names() {
      return Set.of("rotting_kiwi");
    }

    @Override
    public String version(String family) {
      return "1";
    }

    @Override
    public List<ConfigProblem> check(
        String family, Map<String, Object> config, ExperimentSpec.Counts counts) {
      return config.get("rows") instanceof Number rows && rows.intValue() < 2
          ? List.of(new ConfigProblem("rows", "is " + rows, "take 2 to 8"))
          : List.of();
    }

    @Override
    public List<ConfigProblem> check(List<ExperimentSpec.Part> parts) {
      return parts.stream()
          .filter(part -> part.config().containsKey("rows"))
          .map(part -> new ConfigProblem("parts[0].config.rows", "is wrong", "leave it out"))
          .toList();
    }

    @Override
    public Optional<ConfigProblem> imageSize(
        List<ExperimentSpec.Part> parts, ExperimentSpec.ImageSize size) {
      return size.width() < 84
          ? Optional.of(new ConfigProblem("", "is too narrow", "take 84"))
          : Optional.empty();
    }

    @Override
    public Set<String> presets() {
      return Set.of("two-kiwis");
    }

    @Override
    public Optional<List<ExperimentSpec.Part>> preset(String name) {
      ExperimentSpec.Part part =
          new ExperimentSpec.Part(
              "rotting_kiwi", Map.of(), null, new ExperimentSpec.PartCounts(50, 4, 4));
      return name.equals("two-kiwis") ? Optional.of(List.of(part, part)) : Optional.empty();
    }

    @Override
    public Optional<SpaceSize> space(String family, Map<String, Object> config) {
      return Optional.of(new SpaceSize(504, 143, true));
    }
  }

  private static final class Rewards implements RewardCatalog {
    @Override
    public Set<String> templates() {
      return Set.of("probe", "answer");
    }

    @Override
    public boolean describes(String template) {
      return template.equals("probe");
    }

    @Override
    public Set<String> terms() {
      return Set.of("accuracy", "format", "perception_facts", "answer_is");
    }

    @Override
    public Set<String> designs() {
      return Set.of("mixture", "facts", "fitted");
    }

    @Override
    public Lookup design(String reference) {
      return switch (reference) {
        case "mixture" ->
            found(
                """
                name: mixture
                prompt: { tags: [think, answer], text: Write <think> and <answer>. }
                terms: [ { term: accuracy, weight: 1 } ]
                """);
        case "facts" ->
            found(
                """
                name: facts
                terms: [ { term: perception_facts, weight: 1 } ]
                advantages: rloo
                """);
        case "fitted" ->
            found(
                """
                name: fitted
                terms: [ { term: accuracy, weight: 1 } ]
                supervised: 0.25
                """);
        case "constant" ->
            found(
                """
                name: constant
                terms: [ { term: format, weight: 1 } ]
                """);
        case "wrong.yaml" ->
            new Lookup.Wrong(
                List.of(new SpecProblem("wrong.yaml", 3, 1, "terms", "is odd", "mend")));
        default -> new Lookup.Unknown();
      };
    }

    private static Lookup found(String yaml) {
      return switch (DesignReader.readYaml("design.yaml", yaml, any -> Optional.empty())) {
        case DesignReader.Result.Valid(DesignSpec design) -> new Lookup.Found(design);
        case DesignReader.Result.Invalid invalid -> throw new AssertionError(invalid.text());
      };
    }

    @Override
    public Optional<DesignReader.Complaint> check(ExperimentSpec.Arm arm) {
      for (int i = 0; i < arm.terms().size(); i++) {
        ExperimentSpec.Term term = arm.terms().get(i);
        if (term.term().equals("answer_is") != (term.parameter() != null)) {
          return Optional.of(
              new DesignReader.Complaint(
                  "terms[" + i + "].parameter",
                  "is missing",
                  "give what " + term.term() + " asks for"));
        }
      }
      return Optional.empty();
    }
  }
}
