package dev.sightline.spec;

import java.util.List;
import java.util.stream.Collectors;

/** What reading an experiment gives: the resolved spec, or everything that is wrong with it. */
public sealed interface SpecResult {

  /**
   * @param spec resolved
   * @param defaulted paths of the fields that were filled from defaults
   */
  record Valid(ExperimentSpec spec, List<String> defaulted) implements SpecResult {
    public Valid {
      defaulted = List.copyOf(defaulted);
    }
  }

  /**
   * @param problems at least one, in the order of the file
   */
  record Invalid(List<SpecProblem> problems) implements SpecResult {
    public Invalid {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("an invalid spec has at least one problem");
      }
    }

    /** All messages, one on each line: the text of the CLI and of {@code INVALID_SPEC}. */
    public String text() {
      return problems.stream().map(SpecProblem::message).collect(Collectors.joining("\n"));
    }
  }
}
