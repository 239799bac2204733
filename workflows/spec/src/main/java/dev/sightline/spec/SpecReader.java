package dev.sightline.spec;

import java.util.List;
import java.util.Map;
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
    return resolve(new ArmsOfAblation(findings, catalogs.rewards()).file(tree.get()), findings);
  }

  /** Reads a tree of Map, List, String, Number, Boolean and null: the input of a workflow. */
  public SpecResult readTree(@Nullable Object jsonTree) {
    Findings findings = new Findings(TREE);
    return resolve(
        new ArmsOfAblation(findings, catalogs.rewards()).tree(JsonTree.of(jsonTree)), findings);
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
    if (findings.problems().stream().anyMatch(p -> p.field().startsWith("ablation"))) {
      // Arms that could not be made are missing for that reason alone.
      findings.problems().removeIf(p -> p.field().equals("arms"));
    }
    if (whole.isPresent() && findings.problems().isEmpty()) {
      settings(whole.get(), findings);
      if (findings.problems().isEmpty()) {
        return new SpecResult.Valid(whole.get(), findings.defaulted());
      }
    }
    return new SpecResult.Invalid(findings.sorted());
  }

  /** Checks what arms set of the experiment, by reading it as each such arm would have it. */
  private void settings(ExperimentSpec spec, Findings findings) {
    for (int i = 0; i < spec.arms().size(); i++) {
      Map<String, Object> set = spec.arms().get(i).set();
      if (set == null) {
        continue;
      }
      String path = "arms[" + i + "].set";
      boolean legal = true;
      for (Map.Entry<String, Object> entry : set.entrySet()) {
        Optional<String> refusal = ArmSettings.refusal(spec, entry.getKey(), entry.getValue());
        legal &= refusal.isEmpty();
        refusal.ifPresent(
            problem ->
                findings.problem(
                    path + "." + entry.getKey(),
                    problem,
                    "set fields such as training.learningRate"));
      }
      if (legal
          && readTree(ArmSettings.tree(SpecWriter.tree(spec), set))
              instanceof SpecResult.Invalid(List<SpecProblem> problems)) {
        problems.forEach(
            found ->
                findings.problem(
                    path, "gives " + found.field() + ", which " + found.problem(), found.fix()));
      }
    }
  }
}
