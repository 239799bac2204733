package dev.sightline.spec;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads an experiment. Pure: no files, no clock, so that workflow code may use it. All problems are
 * reported at once; bad input is a value ({@link SpecResult.Invalid}), never an exception.
 */
public final class SpecReader {
  private static final String TREE = "spec";

  private final Catalogs catalogs;

  /**
   * A reader that checks names of families, templates and terms, unless the catalogs are absent.
   */
  public SpecReader(Catalogs catalogs) {
    this.catalogs = catalogs;
  }

  /**
   * Reads YAML.
   *
   * @param fileName what messages call the file
   */
  public SpecResult readYaml(String fileName, String text) {
    Findings findings = new Findings(fileName);
    Optional<SpecNode> tree = YamlTree.read(fileName, text, findings.problems());
    if (tree.isEmpty()) {
      return new SpecResult.Invalid(findings.problems());
    }
    return resolve(tree.get(), findings);
  }

  /** Reads a tree of Map, List, String, Number, Boolean and null: the input of a workflow. */
  public SpecResult readTree(@Nullable Object jsonTree) {
    return resolve(JsonTree.of(jsonTree), new Findings(TREE));
  }

  /** Checks a spec that was put together by hand. */
  public SpecResult check(ExperimentSpec spec) {
    return readTree(SpecWriter.tree(spec));
  }

  private SpecResult resolve(SpecNode tree, Findings findings) {
    Optional<Record> read =
        new RecordReader(findings).read(RecordType.of(ExperimentSpec.class), tree, "");
    Optional<ExperimentSpec> whole =
        read.map(ExperimentSpec.class::cast).map(new ArmDesigns(catalogs, findings)::resolve);
    new SpecChecks(catalogs, findings).run();
    if (whole.isPresent() && findings.problems().isEmpty()) {
      return new SpecResult.Valid(whole.get(), findings.defaulted());
    }
    return new SpecResult.Invalid(findings.sorted());
  }
}
