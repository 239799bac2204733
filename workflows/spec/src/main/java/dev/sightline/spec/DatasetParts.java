package dev.sightline.spec;

import dev.sightline.foundation.Digest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parts of a data set, however the file names them. */
public final class DatasetParts {
  private DatasetParts() {}

  /**
   * Empty for an unknown preset, for any preset without a catalog, and for a data set that names
   * nothing.
   */
  public static Optional<List<ExperimentSpec.Part>> of(
      ExperimentSpec.Dataset dataset, @Nullable FamilyCatalog families) {
    if (dataset.preset() != null) {
      return families == null ? Optional.empty() : families.preset(dataset.preset());
    }
    if (dataset.parts() != null) {
      return Optional.of(dataset.parts());
    }
    ExperimentSpec.Counts counts = dataset.counts();
    if (dataset.family() == null || counts == null) {
      return Optional.empty();
    }
    return Optional.of(
        List.of(
            new ExperimentSpec.Part(
                dataset.family(),
                dataset.config(),
                null,
                new ExperimentSpec.PartCounts(counts.train(), counts.dev(), counts.test()))));
  }

  /**
   * The parts of a checked data set.
   *
   * @throws IllegalArgumentException where there are none
   */
  public static List<ExperimentSpec.Part> need(
      ExperimentSpec.Dataset dataset, FamilyCatalog families) {
    return of(dataset, families)
        .orElseThrow(() -> new IllegalArgumentException("dataset: names no known parts"));
  }

  /** Items of each split, all parts together. */
  public static ExperimentSpec.Counts counts(List<ExperimentSpec.Part> parts) {
    int train = 0;
    int dev = 0;
    int test = 0;
    for (ExperimentSpec.Part part : parts) {
      train = Math.addExact(train, part.counts().train());
      dev = Math.addExact(dev, part.counts().dev());
      test = Math.addExact(test, part.counts().test());
    }
    return new ExperimentSpec.Counts(train, dev, test);
  }

  /**
   * Versions of all that the items are made by: the family's for a data set of one part, else
   * {@code clock 1, maze 2}; a preset's contents count too.
   */
  public static String version(ExperimentSpec.Dataset dataset, FamilyCatalog families) {
    List<ExperimentSpec.Part> parts = need(dataset, families);
    if (dataset.family() != null) {
      return families.version(dataset.family());
    }
    Map<String, String> versions = new LinkedHashMap<>();
    for (ExperimentSpec.Part part : parts) {
      versions.put(part.family(), families.version(part.family()));
    }
    List<String> words = new ArrayList<>();
    versions.forEach((family, version) -> words.add(family + " " + version));
    if (dataset.preset() != null) {
      List<Object> trees = new ArrayList<>();
      parts.forEach(part -> trees.add(Objects.requireNonNull(SpecWriter.value(part))));
      words.add("preset " + Digest.ofCanonical(trees).shortForm());
    }
    return String.join(", ", words);
  }
}
