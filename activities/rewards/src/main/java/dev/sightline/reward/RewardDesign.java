package dev.sightline.reward;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A reward: a template and the weighted terms whose sum is optimised. */
public record RewardDesign(String name, PromptTemplate template, List<WeightedTerm> terms) {
  public RewardDesign {
    terms = List.copyOf(terms);
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("design " + name + ": has no terms; give at least one");
    }
    Set<String> keys = new HashSet<>();
    for (WeightedTerm term : terms) {
      if (!keys.add(term.key())) {
        throw new IllegalArgumentException(
            "design " + name + ": term " + term.key() + " stands twice; add up its weights");
      }
      if (term.term() == RewardTerm.PERCEPTION_FACTS && !template.describes()) {
        throw new IllegalArgumentException(
            "design "
                + name
                + ": perception_facts needs a template with a description, but "
                + template.name()
                + " asks for none; use probe");
      }
    }
  }

  /**
   * From a specification's words.
   *
   * @throws IllegalArgumentException with problem and fix
   */
  public static RewardDesign of(String name, String template, List<WeightedTerm> terms) {
    return new RewardDesign(
        name,
        PromptTemplates.byName(template)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "design "
                            + name
                            + ": unknown template '"
                            + template
                            + "'; use one of "
                            + PromptTemplates.names())),
        terms);
  }
}
