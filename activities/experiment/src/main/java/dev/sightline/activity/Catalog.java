package dev.sightline.activity;

import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Space;
import dev.sightline.puzzle.dataset.DatasetAssembler;
import dev.sightline.puzzle.dataset.DatasetPlan;
import dev.sightline.puzzle.dataset.DatasetPresets;
import dev.sightline.reward.Evidence;
import dev.sightline.reward.InvalidDesignException;
import dev.sightline.reward.PromptTemplate;
import dev.sightline.reward.PromptTemplates;
import dev.sightline.reward.RewardDesign;
import dev.sightline.reward.RewardDesigns;
import dev.sightline.reward.RewardTerms;
import dev.sightline.reward.Tag;
import dev.sightline.reward.WeightedTerm;
import dev.sightline.spec.Catalogs;
import dev.sightline.spec.DatasetParts;
import dev.sightline.spec.DesignReader;
import dev.sightline.spec.DesignSpec;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.FamilyCatalog;
import dev.sightline.spec.RewardCatalog;
import dev.sightline.spec.SpecProblem;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The puzzle families, templates and reward terms of this build, as the specification asks for
 * them.
 */
public final class Catalog {
  private static final FamilyCatalog FAMILIES = new Families();

  /** Knows designs by name. */
  public static final Catalogs ALL = new Catalogs(FAMILIES, new Rewards(null));

  /** What a training step can give to terms. */
  private static final Set<Evidence> GIVEN = EnumSet.complementOf(EnumSet.of(Evidence.JUDGE));

  private static final BigInteger LONGEST = BigInteger.valueOf(Long.MAX_VALUE);

  private Catalog() {}

  /** Knows designs by name, and as files in the folder of an experiment file. */
  public static Catalogs beside(Path experimentFile) {
    Path folder = experimentFile.toAbsolutePath().getParent();
    return new Catalogs(FAMILIES, new Rewards(folder));
  }

  /** The version of a known family's rules. */
  public static String version(String family) {
    return PuzzleFamilies.byName(family)
        .map(PuzzleFamily::version)
        .map(String::valueOf)
        .orElseThrow(() -> new IllegalArgumentException("unknown family " + family));
  }

  /** The version of all that an experiment's items are made by; part of the data set's digest. */
  public static String version(ExperimentSpec spec) {
    return DatasetParts.version(spec.dataset(), FAMILIES);
  }

  /** The puzzle module's plan of an experiment's data set. */
  public static DatasetPlan datasetPlan(ExperimentSpec spec) {
    ExperimentSpec.Dataset dataset = spec.dataset();
    List<String> avoid = dataset.avoid() == null ? List.of() : dataset.avoid();
    return plan(DatasetParts.need(dataset, FAMILIES), dataset.imageSize(), spec.seed())
        .avoiding(avoid.stream().map(Digest::new).toList());
  }

  private static DatasetPlan plan(
      List<ExperimentSpec.Part> parts, ExperimentSpec.ImageSize size, long seed) {
    return new DatasetPlan(
        parts.stream().map(Catalog::part).toList(),
        new DatasetPlan.ImageSize(size.width(), size.height()),
        seed);
  }

  private static DatasetPlan.Part part(ExperimentSpec.Part part) {
    return new DatasetPlan.Part(
        part.family(),
        part.config(),
        part.levels() == null ? List.of() : part.levels(),
        new DatasetPlan.Counts(part.counts().train(), part.counts().dev(), part.counts().test()));
  }

  private static ExperimentSpec.Part part(DatasetPlan.Part part) {
    return new ExperimentSpec.Part(
        part.family(),
        part.config(),
        part.levels().isEmpty() ? null : part.levels(),
        new ExperimentSpec.PartCounts(
            part.counts().train(), part.counts().dev(), part.counts().test()));
  }

  private static final class Families implements FamilyCatalog {
    @Override
    public Set<String> names() {
      return new TreeSet<>(PuzzleFamilies.names());
    }

    @Override
    public String version(String family) {
      return Catalog.version(family);
    }

    @Override
    public List<ConfigProblem> check(
        String family, Map<String, Object> config, ExperimentSpec.Counts counts) {
      try {
        PuzzleFamilies.configure(family, config);
      } catch (InvalidConfigException e) {
        return List.of(new ConfigProblem(e.field(), e.problem(), e.fix()));
      }
      ExperimentSpec.PartCounts wanted =
          new ExperimentSpec.PartCounts(counts.train(), counts.dev(), counts.test());
      return problem(List.of(new ExperimentSpec.Part(family, config, null, wanted)))
          .filter(problem -> problem.startsWith("counts") || problem.startsWith("config"))
          .map(problem -> split(problem))
          .map(List::of)
          .orElse(List.of());
    }

    @Override
    public List<ConfigProblem> check(List<ExperimentSpec.Part> parts) {
      for (int i = 0; i < parts.size(); i++) {
        ExperimentSpec.Part part = parts.get(i);
        if (part.levels() != null && part.config().containsKey("level")) {
          return List.of(
              new ConfigProblem(
                  "parts[" + i + "].levels", "and config.level are both there", "use one of them"));
        }
      }
      return problem(parts)
          .map(
              problem -> {
                int colon = problem.indexOf(": ");
                String field = problem.substring(0, colon);
                ConfigProblem rest = split(problem.substring(colon + 2));
                return List.of(
                    new ConfigProblem(
                        parts.size() == 1 ? "parts[0]." + field : field,
                        rest.problem(),
                        rest.fix()));
              })
          .orElse(List.of());
    }

    /** The picture's size has checks of its own; a large one serves to check the rest. */
    private static Optional<String> problem(List<ExperimentSpec.Part> parts) {
      return DatasetAssembler.check(plan(parts, new ExperimentSpec.ImageSize(1008, 1008), 0));
    }

    @Override
    public Optional<ConfigProblem> imageSize(
        List<ExperimentSpec.Part> parts, ExperimentSpec.ImageSize size) {
      for (ExperimentSpec.Part part : parts) {
        Optional<String> problem =
            PuzzleFamilies.configure(part.family(), part.config())
                .imageSizeProblem(size.width(), size.height());
        if (problem.isPresent()) {
          ConfigProblem found = split(problem.get());
          return Optional.of(
              new ConfigProblem("", part.family() + ": " + found.problem(), found.fix()));
        }
      }
      return Optional.empty();
    }

    @Override
    public Set<String> presets() {
      return new TreeSet<>(DatasetPresets.names());
    }

    @Override
    public Optional<List<ExperimentSpec.Part>> preset(String name) {
      return DatasetPresets.byName(name).map(parts -> parts.stream().map(Catalog::part).toList());
    }

    private static ConfigProblem split(String problem) {
      int semicolon = problem.lastIndexOf("; ");
      return semicolon < 0
          ? new ConfigProblem("", problem, "use fewer items")
          : new ConfigProblem(
              "", problem.substring(0, semicolon), problem.substring(semicolon + 2));
    }

    @Override
    public Optional<SpaceSize> space(String family, Map<String, Object> config) {
      Space space = PuzzleFamilies.configure(family, config).space();
      return Optional.of(
          new SpaceSize(
              space.scenes().min(LONGEST).longValueExact(),
              space.canonicalForms().min(LONGEST).longValueExact(),
              space.scenesExact() && space.enumerable()));
    }
  }

  /**
   * @param folder where design files are looked for, or null where none are read
   */
  private record Rewards(@Nullable Path folder) implements RewardCatalog {
    @Override
    public Set<String> templates() {
      return new TreeSet<>(PromptTemplates.names());
    }

    @Override
    public boolean describes(String template) {
      return PromptTemplates.byName(template).filter(PromptTemplate::describes).isPresent();
    }

    @Override
    public Set<String> terms() {
      return new TreeSet<>(RewardTerms.names());
    }

    @Override
    public Set<String> designs() {
      return new TreeSet<>(RewardDesigns.names());
    }

    @Override
    public Lookup design(String reference) {
      Optional<DesignSpec> known = RewardDesigns.byName(reference);
      if (known.isPresent()) {
        return new Lookup.Found(known.get());
      }
      if (folder == null || !(reference.endsWith(".yaml") || reference.endsWith(".yml"))) {
        return new Lookup.Unknown();
      }
      Path file = folder.resolve(reference);
      String text;
      try {
        text = Files.readString(file);
      } catch (IOException e) {
        return new Lookup.Wrong(
            List.of(
                new SpecProblem(
                    file.toString(),
                    0,
                    0,
                    "design",
                    "the design file cannot be read",
                    "write its path from the experiment file's folder, and save it as UTF-8")));
      }
      return switch (RewardDesigns.read(file.toString(), text)) {
        case DesignReader.Result.Valid(DesignSpec design) -> new Lookup.Found(design);
        case DesignReader.Result.Invalid invalid -> new Lookup.Wrong(invalid.problems());
      };
    }

    @Override
    public Optional<DesignReader.Complaint> check(ExperimentSpec.Arm arm) {
      RewardDesign design;
      try {
        design = RewardDesign.of(arm);
      } catch (InvalidDesignException e) {
        return Optional.of(e.complaint());
      }
      for (int i = 0; i < design.terms().size(); i++) {
        WeightedTerm term = design.terms().get(i);
        for (Evidence evidence : term.term().evidence(term.settings())) {
          if (evidence == Evidence.CAPTION_ANSWER && !captions(design.template())) {
            return Optional.of(
                new DesignReader.Complaint(
                    "terms[" + i + "].term",
                    term.key()
                        + " shows the description to a reader, and the template "
                        + design.template().name()
                        + " asks for none",
                    "use probe, or a prompt whose tags have description or image_description"));
          }
          if (!GIVEN.contains(evidence)) {
            return Optional.of(
                new DesignReader.Complaint(
                    "terms[" + i + "].term",
                    term.key()
                        + " needs the evidence "
                        + evidence.wireName()
                        + ", which training does not gather",
                    "use it on recorded completions, with `sightline reward score`"));
          }
        }
      }
      return Optional.empty();
    }

    private static boolean captions(PromptTemplate template) {
      return template.describes() || template.tags().contains(Tag.IMAGE_DESCRIPTION);
    }
  }
}
