package dev.sightline.spec;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the spec asks of prompt templates and reward terms, which it does not know itself. */
public interface RewardCatalog {

  /** Known prompt templates. */
  Set<String> templates();

  /** Whether a known template asks for a description. */
  boolean describes(String template);

  /** Known reward terms. */
  Set<String> terms();

  /**
   * Checks the parameter of a known term.
   *
   * @return what is wrong, such as "needs a parameter"; empty when all is well
   */
  Optional<String> checkParameter(String term, @Nullable String parameter);
}
