package dev.sightline.spec;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What no single field shows: rules between fields, and names that others know. Works on the parts
 * that are whole, so that one wrong field does not hide what else is wrong.
 */
final class SpecChecks {
  private static final String PROMPT_NAME = "[a-z][a-z0-9_]{1,40}";

  private final Catalogs catalogs;
  private final Findings findings;

  SpecChecks(Catalogs catalogs, Findings findings) {
    this.catalogs = catalogs;
    this.findings = findings;
  }

  void run() {
    findings
        .parts()
        .forEach(
            (path, part) -> {
              switch (part) {
                case ExperimentSpec.Policy policy -> policy(path, policy);
                case ExperimentSpec.WarmStart warmStart -> warmStart(path, warmStart);
                case ExperimentSpec.Training training -> training(path, training);
                case ExperimentSpec.Loss loss -> new LossChecks(findings, path, loss).run();
                case ExperimentSpec.Dataset dataset -> dataset(path, dataset);
                case ExperimentSpec.Arm arm -> arm(path, arm);
                case ExperimentSpec.Evaluation evaluation -> evaluation(path, evaluation);
                case Ablation section ->
                    new DecisionChecks(findings, path, section, this::describes).run();
                case ExperimentSpec.Retry retry -> retry(path, retry);
                default -> {}
              }
            });
    arms();
  }

  private void warmStart(String path, ExperimentSpec.WarmStart warmStart) {
    schedule(path, warmStart.schedule(), warmStart.steps());
    if (warmStart.template() != null) {
      template(path + ".template", warmStart.template());
    }
  }

  private void policy(String path, ExperimentSpec.Policy policy) {
    if (policy.folder() != null && policy.model() == ModelKind.TINY_VL) {
      findings.problem(
          path + ".folder",
          "is given, but tiny-vl is made from policy.seed",
          "take model folder, or leave the folder out");
    }
    if (policy.folder() == null && policy.model() == ModelKind.FOLDER) {
      findings.problem(
          path + ".folder",
          "is missing for model folder",
          "name the weights' folder in folder.path");
    }
    if (policy.heads() % policy.keyValueHeads() != 0) {
      findings.problem(
          path + ".keyValueHeads",
          policy.keyValueHeads() + " does not divide heads (" + policy.heads() + ")",
          "take a divisor of heads");
    }
    if (policy.lora() != null && policy.visionTower() == VisionTower.TRAINED) {
      findings.problem(
          path + ".visionTower",
          "trained does not fit lora, whose adapter lies on the text tower only",
          "leave it out, or leave out lora to train all weights");
    }
    int unit = 8 * policy.heads();
    if (policy.hiddenSize() % unit != 0) {
      findings.problem(
          path + ".hiddenSize",
          policy.hiddenSize() + " is not a multiple of 8 x heads (" + unit + ")",
          "take a multiple of " + unit);
    }
  }

  private void schedule(String path, ExperimentSpec.Schedule schedule, int steps) {
    if (schedule.warmUpSteps() > steps) {
      findings.problem(
          path + ".schedule.warmUpSteps",
          schedule.warmUpSteps() + " is more than steps (" + steps + ")",
          "take at most steps");
    }
    boolean constant = schedule.kind() == ScheduleKind.CONSTANT;
    if (constant != (schedule.finalShare() == 1.0)) {
      findings.problem(
          path + ".schedule.finalShare",
          schedule.finalShare() + " does not fit kind " + schedule.kind().wire(),
          constant
              ? "write 1.0, or take kind linear or cosine"
              : "write less than 1, or take kind constant");
    }
  }

  private void training(String path, ExperimentSpec.Training training) {
    schedule(path, training.schedule(), training.steps());
    if (findings.parts().get("dataset") instanceof ExperimentSpec.Dataset dataset
        && DatasetParts.of(dataset, catalogs.families()).orElse(null)
            instanceof List<ExperimentSpec.Part> parts
        && training.promptsPerStep() > DatasetParts.counts(parts).train()) {
      findings.problem(
          path + ".promptsPerStep",
          training.promptsPerStep()
              + " is more than dataset.counts.train ("
              + DatasetParts.counts(parts).train()
              + ")",
          "take fewer prompts or more training scenes");
    }
  }

  private void dataset(String path, ExperimentSpec.Dataset dataset) {
    FamilyCatalog families = catalogs.families();
    String family = dataset.family();
    ExperimentSpec.Counts counts = dataset.counts();
    if (!oneForm(path, dataset) || families == null) {
      return;
    }
    if (family != null && counts != null) {
      if (known(path + ".family", "puzzle family", family, families.names())) {
        List<FamilyCatalog.ConfigProblem> problems =
            families.check(family, dataset.config(), counts);
        problems.forEach(
            found ->
                findings.problem(
                    path + ".config" + (found.key().isEmpty() ? "" : "." + found.key()),
                    found.problem(),
                    found.fix()));
        if (problems.isEmpty()) {
          imageSize(path, dataset, families);
        }
      }
      return;
    }
    String preset = dataset.preset();
    if (preset == null || known(path + ".preset", "preset", preset, families.presets())) {
      DatasetParts.of(dataset, families).ifPresent(parts -> parts(path, preset, parts, families));
    }
  }

  /** What a preset says is not in the file, so its problems are the preset's. */
  private void parts(
      String path,
      @Nullable String preset,
      List<ExperimentSpec.Part> parts,
      FamilyCatalog families) {
    boolean known = true;
    for (int i = 0; i < parts.size(); i++) {
      String at = preset == null ? path + ".parts[" + i + "].family" : path + ".preset";
      known &= known(at, "puzzle family", parts.get(i).family(), families.names());
    }
    if (known) {
      families
          .check(parts)
          .forEach(
              found ->
                  findings.problem(
                      preset == null ? path + "." + found.key() : path + ".preset",
                      found.problem(),
                      found.fix()));
      if (families.check(parts).isEmpty()
          && findings.parts().get(path) instanceof ExperimentSpec.Dataset dataset) {
        imageSize(path, dataset, families);
      }
    }
    ExperimentSpec.Counts counts = DatasetParts.counts(parts);
    for (Split split : Split.values()) {
      if (counts.of(split) == 0) {
        findings.problem(
            path + (preset == null ? ".parts" : ".preset"),
            "has no " + split.wire() + " items",
            "give a part counts." + split.wire() + " of at least 1");
      }
    }
  }

  private void imageSize(String path, ExperimentSpec.Dataset dataset, FamilyCatalog families) {
    DatasetParts.of(dataset, families)
        .flatMap(parts -> families.imageSize(parts, dataset.imageSize()))
        .ifPresent(found -> findings.problem(path + ".imageSize", found.problem(), found.fix()));
  }

  /** Exactly one of family (with counts), parts and preset. */
  private boolean oneForm(String path, ExperimentSpec.Dataset dataset) {
    int forms =
        (dataset.family() == null ? 0 : 1)
            + (dataset.parts() == null ? 0 : 1)
            + (dataset.preset() == null ? 0 : 1);
    String fix = "give family with counts, or parts, or preset";
    if (forms == 0) {
      findings.problem(path + ".family", "is missing", fix);
      return false;
    }
    if (forms > 1) {
      findings.problem(path, "names its puzzles in " + forms + " ways", fix);
      return false;
    }
    if (dataset.family() != null) {
      if (dataset.counts() == null) {
        findings.problem(
            path + ".counts", "is missing", "give the items of each split: train, dev, test");
      }
      return dataset.counts() != null;
    }
    if (dataset.counts() != null || !dataset.config().isEmpty()) {
      String field = dataset.counts() == null ? "config" : "counts";
      findings.problem(
          path + "." + field, "belongs to family", "leave it out, or write it in each part");
      return false;
    }
    return true;
  }

  /** A known template, or what an arm calls its own prompt. */
  private boolean template(String path, String template) {
    if (catalogs.rewards() == null) {
      return true;
    }
    Set<String> names = new TreeSet<>(prompts().keySet());
    names.addAll(catalogs.rewards().templates());
    return known(path, "template", template, names);
  }

  /** The arms' own prompts by name. */
  private Map<String, ExperimentSpec.Prompt> prompts() {
    Map<String, ExperimentSpec.Prompt> prompts = new HashMap<>();
    findings
        .parts()
        .values()
        .forEach(
            part -> {
              if (part instanceof ExperimentSpec.Arm arm && arm.prompt() != null) {
                prompts.putIfAbsent(arm.template(), arm.prompt());
              }
            });
    return prompts;
  }

  private void arm(String path, ExperimentSpec.Arm arm) {
    if (arm.design() == null && arm.terms().isEmpty()) {
      findings.problem(
          path + ".terms", "gives no reward", "write terms, or name a design: design: mixture");
    }
    if (arm.shuffleRewards()
        && findings.parts().get("training") instanceof ExperimentSpec.Training training
        && training.resample() != null) {
      findings.problem(
          path + ".shuffleRewards",
          "moves rewards from group to group, and training.resample asks which group has equal ones",
          "leave one of the two out");
    }
    RewardCatalog rewards = catalogs.rewards();
    if (rewards == null || arm.design() != null || arm.terms().isEmpty()) {
      return;
    }
    boolean known;
    if (arm.prompt() == null) {
      known = template(path + ".template", arm.template());
    } else {
      known = arm.template().matches(PROMPT_NAME);
      if (!known) {
        findings.problem(
            path + ".template",
            "'" + arm.template() + "' is no legal name of a prompt",
            "write one that matches " + PROMPT_NAME);
      } else if (rewards.templates().contains(arm.template())
          || !arm.prompt().equals(prompts().get(arm.template()))) {
        findings.problem(
            path + ".template",
            "'" + arm.template() + "' is the name of another prompt",
            "call this prompt something else");
      }
    }
    for (int i = 0; i < arm.terms().size(); i++) {
      String term = arm.terms().get(i).term();
      known &= known(path + ".terms[" + i + "].term", "reward term", term, rewards.terms());
    }
    if (known) {
      rewards
          .check(arm)
          .ifPresent(
              wrong ->
                  findings.problem(
                      path + (wrong.field().isEmpty() ? "" : "." + wrong.field()),
                      wrong.problem(),
                      wrong.fix()));
    }
    if (arm.clip() != null
        && findings.parts().get("training") instanceof ExperimentSpec.Training training
        && arm.advantageKind(training) == AdvantageKind.GDPO) {
      findings.problem(
          path + ".clip",
          "bounds the whole reward, which gdpo never forms",
          "bound the terms, or take other advantages");
    }
  }

  private void evaluation(String path, ExperimentSpec.Evaluation evaluation) {
    template(path + ".template", evaluation.template());
    boolean describes = describes(evaluation);
    modes(path + ".devModes", evaluation.devModes(), evaluation.template(), describes);
    modes(path + ".testModes", evaluation.testModes(), evaluation.template(), describes);
  }

  /** Whether the evaluation asks for a description; yes where that is not known. */
  private boolean describes(ExperimentSpec.Evaluation evaluation) {
    RewardCatalog rewards = catalogs.rewards();
    ExperimentSpec.Prompt own = prompts().get(evaluation.template());
    if (rewards == null) {
      return true;
    }
    return own == null
        ? !rewards.templates().contains(evaluation.template())
            || rewards.describes(evaluation.template())
        : rewards.describes(own);
  }

  private void modes(String path, List<EvaluationMode> modes, String template, boolean describes) {
    if (modes.contains(EvaluationMode.OWN_DESCRIPTION) && !modes.contains(EvaluationMode.IMAGE)) {
      findings.problem(
          path,
          "own-description shows what the model said of the image, which is not asked",
          "add image");
    }
    modes.stream()
        .filter(mode -> mode.needsDescription() && !describes)
        .forEach(
            mode ->
                findings.problem(
                    path,
                    mode.wire()
                        + " needs a template that asks for a description, which '"
                        + template
                        + "' does not",
                    "leave it out, or take evaluation.template probe"));
  }

  private void retry(String path, ExperimentSpec.Retry retry) {
    if (retry.maximumInterval().compareTo(retry.initialInterval()) < 0) {
      findings.problem(
          path + ".maximumInterval",
          retry.maximumInterval() + " is shorter than initialInterval",
          "take at least " + retry.initialInterval());
    }
  }

  /** Names of arms differ, and the reference is one of them. */
  private void arms() {
    Map<String, String> pathByName = new HashMap<>();
    findings
        .parts()
        .forEach(
            (path, part) -> {
              if (part instanceof ExperimentSpec.Arm arm) {
                String first = pathByName.putIfAbsent(arm.name(), path);
                if (first != null) {
                  findings.problem(
                      path + ".name", "repeats the name of " + first, "give each arm its own name");
                }
              }
            });
    // With a broken arm the reference may well be that one, so only a whole list can refute it.
    if (findings.parts().get("statistics") instanceof ExperimentSpec.Statistics statistics
        && findings.armsWhole()) {
      known("statistics.reference", "arm", statistics.reference(), pathByName.keySet());
    }
    if (findings.parts().get("ablation") instanceof Ablation ablation && findings.armsWhole()) {
      contrasts(ablation, pathByName.keySet());
    }
  }

  private void contrasts(Ablation ablation, Set<String> arms) {
    Set<String> opponents = new TreeSet<>(arms);
    opponents.add(Ablation.START);
    List<Ablation.Contrast> primary = ablation.primary() == null ? List.of() : ablation.primary();
    for (int i = 0; i < primary.size(); i++) {
      String path = "ablation.primary[" + i + "]";
      Ablation.Contrast contrast = primary.get(i);
      if (known(path + ".arm", "arm", contrast.arm(), arms)
          && known(path + ".against", "arm", contrast.against(), opponents)
          && contrast.arm().equals(contrast.against())) {
        findings.problem(path, "compares " + contrast.arm() + " with itself", "name two arms");
      }
    }
  }

  private boolean known(String path, String kind, String name, Collection<String> names) {
    if (names.contains(name)) {
      return true;
    }
    findings.problem(
        path,
        "there is no " + kind + " '" + name + "'",
        Suggestion.fix(
            name, names, "known: " + String.join(", ", names.stream().sorted().toList())));
    return false;
  }
}
