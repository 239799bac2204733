package dev.sightline.spec;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the spec asks of prompt templates, reward terms and designs, which it does not know. */
public interface RewardCatalog {

  /** Known prompt templates. */
  Set<String> templates();

  /** Whether a known template asks for a description. */
  boolean describes(String template);

  /** Known reward terms. */
  Set<String> terms();

  /** Known reward designs. */
  Set<String> designs();

  /**
   * Looks a design up.
   *
   * @param reference a name of {@link #designs()}, or a file where the catalog reads files
   */
  Lookup design(String reference);

  /** Whether a prompt asks for a description in the family's grammar. */
  default boolean describes(ExperimentSpec.Prompt prompt) {
    return prompt.tags().contains("description");
  }

  /** What is wrong with an arm that holds all of its design; fields inside the arm. */
  Optional<DesignReader.Complaint> check(ExperimentSpec.Arm arm);

  /** What looking up gave. */
  sealed interface Lookup {
    record Found(DesignSpec design) implements Lookup {}

    /** Neither a design nor a file. */
    record Unknown() implements Lookup {}

    /** The file is there and wrong. */
    record Wrong(List<SpecProblem> problems) implements Lookup {
      public Wrong {
        problems = List.copyOf(problems);
      }
    }
  }
}
