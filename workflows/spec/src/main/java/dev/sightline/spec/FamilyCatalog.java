package dev.sightline.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the spec asks of the puzzle families, which it does not know itself. Implementations are
 * pure.
 */
public interface FamilyCatalog {

  /** Something wrong with a family's settings, at a key of {@code config} (empty: as a whole). */
  record ConfigProblem(String key, String problem, String fix) {}

  /**
   * How large a family's space is.
   *
   * @param scenes legal scenes
   * @param canonicalForms scenes up to the family's symmetries
   * @param exact false: both are lower bounds
   */
  record SpaceSize(long scenes, long canonicalForms, boolean exact) {}

  /** Known families. */
  Set<String> names();

  /** Version of a known family's rules; part of the data set's digest. */
  String version(String family);

  /**
   * Checks the settings of a known family, and that its space holds the counts.
   *
   * @return empty when all is well
   */
  List<ConfigProblem> check(
      String family, Map<String, Object> config, ExperimentSpec.Counts counts);

  /**
   * Checks the settings of several parts, and that their spaces hold them together. Keys are paths
   * in the data set, such as {@code parts[1].config.rows}.
   *
   * @return empty when all is well
   */
  List<ConfigProblem> check(List<ExperimentSpec.Part> parts);

  /**
   * What is wrong with a size for the pictures of parts that passed {@link #check}; the key is
   * empty. Empty when all is well.
   */
  default Optional<ConfigProblem> imageSize(
      List<ExperimentSpec.Part> parts, ExperimentSpec.ImageSize size) {
    return Optional.empty();
  }

  /** Known presets. */
  Set<String> presets();

  /** The parts of a preset; empty for an unknown one. */
  Optional<List<ExperimentSpec.Part>> preset(String name);

  /** The size of the space of a known family under settings that passed {@link #check}. */
  Optional<SpaceSize> space(String family, Map<String, Object> config);
}
