package dev.sightline.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts designs in the place of their names, so that a resolved experiment holds all that its runs
 * depend on, and digests cover content.
 */
final class ArmDesigns {
  private final Findings findings;
  private final @Nullable RewardCatalog rewards;

  ArmDesigns(Catalogs catalogs, Findings findings) {
    this.rewards = catalogs.rewards();
    this.findings = findings;
  }

  /** Resolves every arm that could be read, in the findings too. */
  ExperimentSpec resolve(ExperimentSpec spec) {
    List<ExperimentSpec.Arm> arms = new ArrayList<>();
    Map<String, ExperimentSpec.Prompt> prompts = new HashMap<>();
    for (int i = 0; i < spec.arms().size(); i++) {
      ExperimentSpec.Arm arm = arm("arms[" + i + "]", spec.arms().get(i));
      arms.add(arm);
      if (arm.prompt() != null) {
        prompts.putIfAbsent(arm.template(), arm.prompt());
      }
    }
    for (int i = 0; i < arms.size(); i++) {
      ExperimentSpec.Arm arm = withPrompt(arms.get(i), prompts);
      arms.set(i, arm);
      findings.part("arms[" + i + "]", arm);
    }
    return spec.withArms(arms);
  }

  private ExperimentSpec.Arm arm(String path, ExperimentSpec.Arm arm) {
    String design = arm.design();
    if (design == null) {
      return arm;
    }
    for (Given given :
        List.of(
            new Given("terms", !arm.terms().isEmpty()),
            new Given("prompt", arm.prompt() != null),
            new Given("clip", arm.clip() != null),
            new Given("advantages", arm.advantages() != null),
            new Given("supervised", arm.supervised() != null))) {
      if (given.there()) {
        findings.problem(
            path + "." + given.field(),
            "stands beside design",
            "leave one of the two out; a changed design is a design file of its own");
        return arm;
      }
    }
    RewardCatalog catalog = rewards;
    if (catalog == null) {
      findings.problem(
          path + ".design",
          "is a name, and here only whole designs are read",
          "submit the file with `sightline submit`, which puts the design in its place");
      return arm;
    }
    return switch (catalog.design(design)) {
      case RewardCatalog.Lookup.Found(DesignSpec found) -> {
        ExperimentSpec.Arm whole = found.arm(arm.name(), arm.shuffleRewards()).setting(arm.set());
        yield findings.defaulted().contains(path + ".template")
            ? whole
            : whole.asking(arm.template(), null);
      }
      case RewardCatalog.Lookup.Unknown() -> {
        findings.problem(
            path + ".design",
            "there is no design '" + design + "'",
            Suggestion.fix(
                design,
                catalog.designs(),
                "known: "
                    + String.join(", ", new TreeSet<>(catalog.designs()))
                    + "; or a file beside this one whose name ends in .yaml"));
        yield arm;
      }
      case RewardCatalog.Lookup.Wrong(List<SpecProblem> problems) -> {
        findings.problems().addAll(problems);
        yield arm;
      }
    };
  }

  private record Given(String field, boolean there) {}

  /** A template may be another arm's prompt, or that of a known design. */
  private ExperimentSpec.Arm withPrompt(
      ExperimentSpec.Arm arm, Map<String, ExperimentSpec.Prompt> prompts) {
    RewardCatalog catalog = rewards;
    if (arm.prompt() != null
        || arm.design() != null
        || (catalog != null && catalog.templates().contains(arm.template()))) {
      return arm;
    }
    ExperimentSpec.Prompt prompt = prompts.get(arm.template());
    if (prompt == null
        && catalog != null
        && catalog.designs().contains(arm.template())
        && catalog.design(arm.template()) instanceof RewardCatalog.Lookup.Found(DesignSpec known)) {
      return arm.asking(known.templateName(), known.prompt());
    }
    return arm.asking(arm.template(), prompt);
  }
}
