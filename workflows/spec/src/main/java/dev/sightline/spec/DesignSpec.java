package dev.sightline.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A reward design: what a file of its own holds. {@link DesignReader} makes it. */
public record DesignSpec(
    @Field(doc = "Name of the design.", pattern = "[a-z][a-z0-9_]{1,40}") String name,
    @Field(doc = "What it is for, in a sentence.", byDefault = "''") String doc,
    @Field(
            doc = "A known prompt template; with prompt: what that is called.",
            byDefault = "null",
            sparse = true)
        @Nullable String template,
    @Field(doc = "A prompt of its own.", byDefault = "null", sparse = true)
        ExperimentSpec.@Nullable Prompt prompt,
    @Field(doc = "The reward: a weighted sum of terms.", minItems = 1)
        List<ExperimentSpec.Term> terms,
    @Field(doc = "Bounds of the whole reward.", byDefault = "null", sparse = true)
        ExperimentSpec.@Nullable Clip clip,
    @Field(
            doc = "Kind of the advantages; left out: the experiment's training.advantage.kind.",
            byDefault = "null",
            sparse = true)
        @Nullable AdvantageKind advantages,
    @Field(
            doc =
                "Share of the optimizer steps, from the first on, that are supervised ones on the"
                    + " right completion; absent = none.",
            byDefault = "null",
            min = 0,
            openMin = true,
            max = 1,
            sparse = true)
        @Nullable Double supervised) {
  public DesignSpec {
    terms = List.copyOf(terms);
  }

  /** The prompt's name: as written, else the design's own with a prompt, else probe. */
  public String templateName() {
    if (template != null) {
      return template;
    }
    return prompt == null ? "probe" : name;
  }

  /** The design as an arm of an experiment. */
  public ExperimentSpec.Arm arm(String arm) {
    return arm(arm, false);
  }

  ExperimentSpec.Arm arm(String arm, boolean shuffleRewards) {
    return new ExperimentSpec.Arm(
        arm,
        templateName(),
        terms,
        shuffleRewards,
        null,
        prompt,
        clip,
        advantages,
        null,
        supervised);
  }
}
