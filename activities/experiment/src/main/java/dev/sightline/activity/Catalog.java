package dev.sightline.activity;

import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Space;
import dev.sightline.puzzle.dataset.DatasetAssembler;
import dev.sightline.puzzle.dataset.DatasetPlan;
import dev.sightline.reward.PromptTemplates;
import dev.sightline.reward.RewardTerm;
import dev.sightline.spec.Catalogs;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.FamilyCatalog;
import dev.sightline.spec.RewardCatalog;
import java.math.BigInteger;
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
  public static final Catalogs ALL = new Catalogs(new Families(), new Rewards());

  private static final BigInteger LONGEST = BigInteger.valueOf(Long.MAX_VALUE);

  private Catalog() {}

  /** The version of a known family's rules. */
  public static String version(String family) {
    return PuzzleFamilies.byName(family)
        .map(PuzzleFamily::version)
        .map(String::valueOf)
        .orElseThrow(() -> new IllegalArgumentException("unknown family " + family));
  }

  /** The puzzle module's plan of an experiment's data set. */
  public static DatasetPlan datasetPlan(ExperimentSpec spec) {
    ExperimentSpec.Dataset dataset = spec.dataset();
    return plan(
        dataset.family(), dataset.config(), dataset.imageSize(), dataset.counts(), spec.seed());
  }

  private static DatasetPlan plan(
      String family,
      Map<String, Object> config,
      ExperimentSpec.ImageSize size,
      ExperimentSpec.Counts counts,
      long seed) {
    return new DatasetPlan(
        family,
        config,
        new DatasetPlan.ImageSize(size.width(), size.height()),
        new DatasetPlan.Counts(counts.train(), counts.dev(), counts.test()),
        seed);
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
      // The picture's size has checks of its own; any legal one serves to check the counts.
      ExperimentSpec.ImageSize size = new ExperimentSpec.ImageSize(56, 56);
      return DatasetAssembler.check(plan(family, config, size, counts, 0))
          .filter(problem -> problem.startsWith("counts"))
          .map(problem -> split(problem))
          .map(List::of)
          .orElse(List.of());
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

  private static final class Rewards implements RewardCatalog {
    @Override
    public Set<String> templates() {
      return new TreeSet<>(PromptTemplates.names());
    }

    @Override
    public Set<String> terms() {
      return new TreeSet<>(RewardTerm.names());
    }

    @Override
    public Optional<String> checkParameter(String term, @Nullable String parameter) {
      boolean takes = RewardTerm.byName(term).map(RewardTerm::takesParameter).orElse(false);
      if (takes && (parameter == null || parameter.isBlank())) {
        return Optional.of("needs a parameter");
      }
      return !takes && parameter != null ? Optional.of("takes no parameter") : Optional.empty();
    }
  }
}
