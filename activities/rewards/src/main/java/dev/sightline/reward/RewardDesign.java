package dev.sightline.reward;

import dev.sightline.spec.DesignSpec;
import dev.sightline.spec.ExperimentSpec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A reward: a template and the weighted terms whose sum is optimised.
 *
 * @param clip of the sum
 */
public record RewardDesign(
    String name, PromptTemplate template, List<WeightedTerm> terms, Clip clip) {
  public RewardDesign {
    terms = List.copyOf(terms);
    if (terms.isEmpty()) {
      throw new InvalidDesignException("terms", "are missing", "give at least one");
    }
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < terms.size(); i++) {
      WeightedTerm term = terms.get(i);
      if (!keys.add(term.key())) {
        throw new InvalidDesignException(
            "terms[" + i + "]", term.key() + " stands twice", "add up its weights");
      }
      if (term.term().evidence(term.settings()).contains(Evidence.SCENE) && !template.describes()) {
        throw new InvalidDesignException(
            "terms[" + i + "].term",
            term.term().name()
                + " judges a description in the family's grammar, and the template "
                + template.name()
                + " asks for none",
            "use probe, or a prompt whose tags have description");
      }
    }
    Set<Evidence> evidence = evidence(terms);
    if (evidence.contains(Evidence.SELF_ANSWER) && evidence.contains(Evidence.RAW_SELF_ANSWER)) {
      throw new InvalidDesignException(
          "terms",
          "ask for the start's answer from the described scene and from the raw description",
          "take one of the two: a completion has one selfAnswer");
    }
  }

  /**
   * The reward of an arm that holds all of its design.
   *
   * @throws InvalidDesignException with the field inside the arm
   */
  public static RewardDesign of(ExperimentSpec.Arm arm) {
    List<WeightedTerm> terms = new ArrayList<>();
    for (int i = 0; i < arm.terms().size(); i++) {
      try {
        terms.add(term(arm.terms().get(i)));
      } catch (InvalidDesignException e) {
        throw e.inside("terms[" + i + "]");
      }
    }
    return new RewardDesign(
        arm.name(), template(arm.template(), arm.prompt()), terms, clip(arm.clip()));
  }

  /**
   * @throws InvalidDesignException with the field inside the design
   */
  public static RewardDesign of(DesignSpec design) {
    return of(design.arm(design.name()));
  }

  /**
   * A template by name, or an arm's own prompt of that name.
   *
   * @throws InvalidDesignException for an unknown name or a prompt that makes no sense
   */
  public static PromptTemplate template(String name, ExperimentSpec.@Nullable Prompt prompt) {
    return prompt == null
        ? PromptTemplates.byName(name)
            .orElseThrow(
                () ->
                    new InvalidDesignException(
                        "template",
                        "there is no template '" + name + "'",
                        "use one of " + String.join(", ", PromptTemplates.names())))
        : PromptTemplate.own(name, prompt.tags(), prompt.text());
  }

  private static WeightedTerm term(ExperimentSpec.Term term) {
    List<ExperimentSpec.Knot> knots = term.schedule() == null ? List.of() : term.schedule();
    return WeightedTerm.of(
        term.term(),
        term.weight(),
        term.parameter(),
        term.settings() == null ? Map.of() : term.settings(),
        new WeightSchedule(
            knots.stream()
                .map(knot -> new WeightSchedule.Point(knot.step(), knot.factor()))
                .toList()),
        clip(term.clip()));
  }

  private static Clip clip(ExperimentSpec.@Nullable Clip clip) {
    return clip == null ? Clip.NONE : new Clip(clip.low(), clip.high());
  }

  /** What the terms must be given. */
  public Set<Evidence> evidence() {
    return evidence(terms);
  }

  private static Set<Evidence> evidence(List<WeightedTerm> terms) {
    Set<Evidence> evidence = EnumSet.noneOf(Evidence.class);
    terms.forEach(term -> evidence.addAll(term.term().evidence(term.settings())));
    return evidence;
  }

  /** Bounds of the total at a step. */
  public RewardTerm.Range range(long step) {
    double low = 0;
    double high = 0;
    for (WeightedTerm term : terms) {
      double a = term.weight(step) * term.range().low();
      double b = term.weight(step) * term.range().high();
      low += Math.min(a, b);
      high += Math.max(a, b);
    }
    return new RewardTerm.Range(clip.of(low), clip.of(high));
  }

  /** Reward and judgement of one completion. Pure. */
  public ScoredCompletion score(Attempt attempt) {
    AttemptReading reading = new AttemptReading(template, attempt);
    List<ScoredCompletion.TermScore> scores = new ArrayList<>();
    double total = 0;
    for (WeightedTerm term : terms) {
      double weight = term.weight(attempt.step());
      switch (term.score(reading)) {
        case RawValue.Of(double raw) -> {
          double value = weight * term.clip().of(raw);
          scores.add(new ScoredCompletion.TermScore(term.key(), raw, weight, value, null));
          total += value;
        }
        case RawValue.Absent(String reason) ->
            scores.add(new ScoredCompletion.TermScore(term.key(), null, weight, null, reason));
      }
    }
    return ScoredCompletion.of(clip.of(total), scores, reading);
  }
}
