package dev.sightline.reward;

import org.jspecify.annotations.Nullable;

/**
 * A term of a design.
 *
 * @param parameter of terms that take one, else null
 */
public record WeightedTerm(RewardTerm term, double weight, @Nullable String parameter) {
  public WeightedTerm {
    if (!Double.isFinite(weight)) {
      throw new IllegalArgumentException(
          "term " + term.wireName() + ": weight " + weight + "; use a finite number");
    }
    if (term.takesParameter() != (parameter != null && !parameter.isBlank())) {
      throw new IllegalArgumentException(
          "term "
              + term.wireName()
              + (term.takesParameter()
                  ? ": parameter is missing; give one"
                  : ": takes no parameter; remove it"));
    }
  }

  /**
   * From a specification's words.
   *
   * @throws IllegalArgumentException with problem and fix
   */
  public static WeightedTerm of(String term, double weight, @Nullable String parameter) {
    return new WeightedTerm(
        RewardTerm.byName(term)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "unknown term '" + term + "'; use one of " + RewardTerm.names())),
        weight,
        parameter);
  }

  /** The name in records: the term's, with the parameter where it has one. */
  public String key() {
    return parameter == null ? term.wireName() : term.wireName() + "(" + parameter + ")";
  }
}
