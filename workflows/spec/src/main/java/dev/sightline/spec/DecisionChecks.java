package dev.sightline.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What decides between stages: tuning, rungs, futility, looks at the seeds. */
final class DecisionChecks {
  /** From as many seeds on there are verdicts on designs (science.md 7). */
  private static final int FEWEST_SEEDS = 5;

  private final Findings findings;
  private final String path;
  private final Ablation section;
  private final Predicate<ExperimentSpec.Evaluation> describes;

  DecisionChecks(
      Findings findings,
      String path,
      Ablation section,
      Predicate<ExperimentSpec.Evaluation> describes) {
    this.findings = findings;
    this.path = path;
    this.section = section;
    this.describes = describes;
  }

  void run() {
    Ablation.Halving halving = section.halving();
    if (halving != null) {
      halving(path + ".halving", halving);
      alone("futility", section.futility(), "halving stops arms already");
      alone("addSeedsUntil", section.addSeedsUntil(), "halving tests its own fresh seeds");
    }
    if (section.tuning() != null) {
      tuning(path + ".tuning", section.tuning());
    }
    if (section.futility() != null) {
      futility(path + ".futility", section.futility());
    }
    if (section.addSeedsUntil() != null) {
      addSeedsUntil(path + ".addSeedsUntil", section.addSeedsUntil());
    }
  }

  private void alone(String field, @Nullable Record other, String why) {
    if (other != null) {
      findings.problem(path + "." + field, "does not go with halving: " + why, "take one of them");
    }
  }

  private Optional<ExperimentSpec> whole() {
    return Optional.ofNullable(findings.parts().get("")).map(ExperimentSpec.class::cast);
  }

  private void halving(String at, Ablation.Halving halving) {
    int before = 0;
    int kept = Integer.MAX_VALUE;
    for (int i = 0; i < halving.rungs().size(); i++) {
      String rungAt = at + ".rungs[" + i + "]";
      Ablation.Rung rung = halving.rungs().get(i);
      grows(rungAt + ".step", rung.step(), before);
      if (rung.keep() >= kept) {
        findings.problem(rungAt + ".keep", rung.keep() + " stops no arm", "give less than " + kept);
      }
      before = rung.step();
      kept = rung.keep();
      roundEnd(rungAt + ".step", rung.step());
    }
    whole()
        .ifPresent(
            spec -> {
              if (spec.seeds().stream().anyMatch(halving.freshSeeds()::contains)) {
                findings.problem(
                    at + ".freshSeeds", "hold one of seeds", "take seeds that chose nothing");
              }
              int keep = halving.rungs().getFirst().keep();
              if (keep >= spec.arms().size()) {
                findings.problem(
                    at + ".rungs[0].keep",
                    keep + " of " + spec.arms().size() + " arms stops none",
                    "keep fewer");
              }
              readsDev(at, DevMetric.ACCURACY, spec);
            });
  }

  private void tuning(String at, Ablation.Tuning tuning) {
    roundEnd(at + ".steps", tuning.steps());
    whole()
        .ifPresent(
            spec -> {
              List<Long> tested = new ArrayList<>(spec.seeds());
              tested.addAll(spec.testedSeeds());
              spec.addSeedsUntil().ifPresent(more -> tested.addAll(more.moreSeeds()));
              if (tested.contains(tuning.seed())) {
                findings.problem(
                    at + ".seed", tuning.seed() + " is tested too", "take a seed of its own");
              }
              List<String> names = spec.arms().stream().map(ExperimentSpec.Arm::name).toList();
              TuningArms.of(spec).stream()
                  .map(ExperimentSpec.Arm::name)
                  .filter(names::contains)
                  .forEach(
                      name ->
                          findings.problem(
                              at, "calls a try " + name + ", as an arm is", "rename that arm"));
              readsDev(at, tuning.metric(), spec);
            });
  }

  private void futility(String at, Ablation.Futility futility) {
    int before = 0;
    for (int i = 0; i < futility.steps().size(); i++) {
      int step = futility.steps().get(i);
      grows(at + ".steps[" + i + "]", step, before);
      roundEnd(at + ".steps[" + i + "]", step);
      before = step;
    }
    whole()
        .ifPresent(
            spec -> {
              if (futility.steps().getLast() == spec.training().steps()) {
                findings.problem(
                    at + ".steps",
                    "stop nothing at training.steps, where all arms have ended",
                    "stop earlier");
              }
              readsDev(at, futility.metric(), spec);
            });
  }

  private void addSeedsUntil(String at, Ablation.AddSeedsUntil more) {
    whole()
        .ifPresent(
            spec -> {
              if (spec.seeds().size() < FEWEST_SEEDS) {
                findings.problem(
                    at,
                    "looks at verdicts, which take "
                        + FEWEST_SEEDS
                        + " seeds; seeds has "
                        + spec.seeds().size(),
                    "give seeds of at least " + FEWEST_SEEDS + " to begin with");
              }
              if (spec.seeds().stream().anyMatch(more.moreSeeds()::contains)) {
                findings.problem(
                    at + ".moreSeeds", "hold one of seeds", "take seeds that are not run yet");
              }
              if (spec.contrasts().isEmpty()) {
                findings.problem(at, "has no contrast to decide", "give two arms");
              }
            });
  }

  private void grows(String at, int step, int before) {
    if (step <= before) {
      findings.problem(at, step + " does not grow", "give more than " + before);
    }
  }

  private void roundEnd(String at, int step) {
    if (findings.parts().get("training") instanceof ExperimentSpec.Training training
        && (step > training.steps()
            || (step % training.stepsPerRound() != 0 && step != training.steps()))) {
      findings.problem(
          at,
          step + " is not the end of a round",
          "take a multiple of training.stepsPerRound (" + training.stepsPerRound() + ")");
    }
  }

  private void readsDev(String at, DevMetric metric, ExperimentSpec spec) {
    if (!spec.evaluation().devModes().contains(EvaluationMode.IMAGE)) {
      findings.problem(at, "chooses by the image on dev", "add image to evaluation.devModes");
    }
    if (metric == DevMetric.PERCEPTION && !describes.test(spec.evaluation())) {
      findings.problem(
          at + ".metric",
          "is perception, and evaluation.template asks for no description",
          "take accuracy, or a template that does");
    }
  }
}
