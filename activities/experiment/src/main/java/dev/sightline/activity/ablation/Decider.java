package dev.sightline.activity.ablation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.activity.Experiments;
import dev.sightline.activity.dataset.Datasets;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.Ablation;
import dev.sightline.spec.DevMetric;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.PlannedStage.Futility;
import dev.sightline.spec.PlannedStage.Rung;
import dev.sightline.spec.PlannedStage.TrainToRung;
import dev.sightline.spec.PlannedStage.Tune;
import dev.sightline.spec.TuningArms;
import dev.sightline.statistics.FutilityRule;
import dev.sightline.storage.Stores;
import dev.sightline.workflow.activity.RungRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Decides what the next stages are from what is published, once each. */
final class Decider {
  private final Stores stores;
  private final Experiments experiments;
  private final Answered answered;

  Decider(Stores stores, Experiments experiments, Datasets datasets, Stages stages) {
    this.stores = stores;
    this.experiments = experiments;
    this.answered = new Answered(stores, datasets, stages);
  }

  /** The decisions so far. */
  Decided decided(String experiment) {
    return Decided.read(stores.decisions().list(experiment));
  }

  /**
   * Decides, unless it was decided before.
   *
   * @throws SightlineException STAGE_FAILED when a run that was not skipped has no evaluation
   */
  void decide(RungRequest request) {
    String experiment = request.experiment();
    String target = request.rung().target();
    if (stores.decisions().list(experiment).stream().anyMatch(row -> row.target().equals(target))) {
      return;
    }
    ExperimentSpec spec = experiments.load(experiment);
    Decided before = decided(experiment);
    List<List<dev.sightline.workflow.activity.PlannedStage>> plan = PlanGroups.of(spec, before);
    if (plan.getLast().stream().noneMatch(stage -> stage.target().equals(target))) {
      throw new SightlineException(
          FailureType.UNKNOWN_TARGET, target + " is not what the plan decides next");
    }
    stores.decisions().decide(experiment, target, body(spec, before, request));
  }

  private JsonNode body(ExperimentSpec spec, Decided before, RungRequest request) {
    String target = request.rung().target();
    if (target.equals(Tune.TARGET)) {
      return tuning(spec, request).tree();
    }
    int number = Decided.number(target);
    if (target.startsWith(Rung.PREFIX)) {
      return rung(spec, before.rungs(), number, request).tree();
    }
    if (target.startsWith(Futility.PREFIX)) {
      return futility(spec, before, number, request).tree();
    }
    return new SeedLooks(spec, before, answered).look(number, request).tree();
  }

  private TuningDecision tuning(ExperimentSpec spec, RungRequest request) {
    Ablation.Tuning tuning = spec.tuning().orElseThrow();
    List<TuningDecision.Tried> arms = new ArrayList<>();
    for (ExperimentSpec.Arm arm : spec.arms()) {
      List<TuningDecision.Rate> rates = new ArrayList<>();
      for (int i = 0; i < tuning.learningRates().size(); i++) {
        rates.add(
            new TuningDecision.Rate(
                tuning.learningRates().get(i),
                dev(
                    request,
                    TuningArms.name(arm.name(), i + 1),
                    tuning.seed(),
                    tuning.steps(),
                    tuning.metric())));
      }
      arms.add(new TuningDecision.Tried(arm.name(), rates));
    }
    return new TuningDecision(tuning.seed(), tuning.steps(), tuning.metric().wire(), arms);
  }

  private RungDecision rung(
      ExperimentSpec spec, List<RungDecision> before, int number, RungRequest request) {
    Ablation.Rung rung = spec.halving().orElseThrow().rungs().get(number - 1);
    List<RungDecision.Standing> standings = new ArrayList<>();
    for (ExperimentSpec.Arm arm : spec.arms()) {
      if (before.isEmpty() || before.getLast().promoted().contains(arm.name())) {
        Map<Long, Double> found = new LinkedHashMap<>();
        for (long seed : before.isEmpty() ? spec.seeds() : before.getLast().seeds(arm.name())) {
          Double dev = dev(request, arm.name(), seed, rung.step(), DevMetric.ACCURACY);
          if (dev != null) {
            found.put(seed, dev);
          }
        }
        standings.add(new RungDecision.Standing(arm.name(), found));
      }
    }
    return RungDecision.of(number, rung, standings, spec.statistics().reference());
  }

  private FutilityDecision futility(
      ExperimentSpec spec, Decided before, int number, RungRequest request) {
    Ablation.Futility futility = spec.futility().orElseThrow();
    int step = futility.steps().get(number - 1);
    String reference = spec.statistics().reference();
    Map<String, List<Long>> here = new LinkedHashMap<>();
    before
        .left(spec)
        .forEach(
            (arm, seeds) ->
                here.put(
                    arm,
                    seeds.stream().filter(seed -> !skipped(request, arm, seed, step)).toList()));
    FutilityRule rule =
        new FutilityRule(futility.leastGain(), futility.alpha(), futility.steps().size());
    List<FutilityDecision.Standing> standings = new ArrayList<>();
    here.forEach(
        (arm, seeds) ->
            standings.add(
                arm.equals(reference)
                    ? new FutilityDecision.Standing(arm, seeds, 0, null, null, false)
                    : FutilityDecision.Standing.of(
                        arm,
                        seeds,
                        rule,
                        number,
                        answered.devDifferences(
                            request.experiment(),
                            spec,
                            arm,
                            reference,
                            seeds.stream()
                                .filter(here.getOrDefault(reference, List.of())::contains)
                                .toList(),
                            step,
                            futility.metric()))));
    return FutilityDecision.of(number, futility, standings);
  }

  private static boolean skipped(RungRequest request, String arm, long seed, int step) {
    return request.skipped().contains(TrainToRung.path(arm, seed, step));
  }

  /** The metric on dev after these steps; null where the run was skipped. */
  private @Nullable Double dev(
      RungRequest request, String arm, long seed, int step, DevMetric metric) {
    if (skipped(request, arm, seed, step)) {
      return null;
    }
    OptionalDouble found = answered.dev(request.experiment(), arm, seed, step, metric);
    return found.orElseThrow(() -> Answered.missing(TrainToRung.path(arm, seed, step)));
  }
}
