package dev.sightline.activity.ablation;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.Ablation;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.spec.PlannedStage.TrainToRung;
import dev.sightline.storage.Stores;
import dev.sightline.workflow.activity.RungRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decides rungs of successive halving from what is published on dev, once each. */
final class Rungs {
  private final Stores stores;
  private final DevelopmentCurves development;

  Rungs(Stores stores) {
    this.stores = stores;
    this.development = new DevelopmentCurves(stores);
  }

  /** The decisions so far, in order. */
  List<RungDecision> decided(String experiment) {
    return stores.decisions().list(experiment).stream()
        .filter(row -> row.target().startsWith(Stages.RUNG))
        .map(row -> RungDecision.read(number(row.target()), row.body()))
        .toList();
  }

  /**
   * Decides a rung, unless it was decided before.
   *
   * @throws SightlineException STAGE_FAILED when a run that was not skipped has no dev evaluation
   */
  void decide(ExperimentSpec spec, RungRequest request) {
    Ablation.Halving halving =
        spec.halving()
            .orElseThrow(
                () ->
                    new SightlineException(
                        FailureType.UNKNOWN_TARGET, "the experiment has no rungs"));
    List<RungDecision> before = decided(request.experiment());
    int number = number(request.rung().target());
    if (number <= before.size()) {
      return;
    }
    if (number != before.size() + 1 || number > halving.rungs().size()) {
      throw new SightlineException(
          FailureType.UNKNOWN_TARGET,
          request.rung().target() + " cannot be decided after rung " + before.size());
    }
    Ablation.Rung rung = halving.rungs().get(number - 1);
    List<RungDecision.Standing> standings = new ArrayList<>();
    for (ExperimentSpec.Arm arm : spec.arms()) {
      if (before.isEmpty() || before.getLast().promoted().contains(arm.name())) {
        List<Long> seeds = before.isEmpty() ? spec.seeds() : before.getLast().seeds(arm.name());
        standings.add(standing(request, arm.name(), seeds, rung.step()));
      }
    }
    RungDecision decision = RungDecision.of(number, rung, standings, spec.statistics().reference());
    stores.decisions().decide(request.experiment(), request.rung().target(), decision.tree());
  }

  private static int number(String target) {
    return Integer.parseInt(target.substring(Stages.RUNG.length()));
  }

  private RungDecision.Standing standing(
      RungRequest request, String arm, List<Long> seeds, int step) {
    Map<Long, Double> found = new LinkedHashMap<>();
    for (long seed : seeds) {
      String target = TrainToRung.train(arm, seed, step);
      if (!request.skipped().contains(target)) {
        found.put(
            seed,
            stores.runs().find(Ids.runId(request.experiment(), arm, seed)).stream()
                .mapToDouble(
                    run -> development.accuracy(run, step).orElseThrow(() -> missing(target)))
                .findFirst()
                .orElseThrow(() -> missing(target)));
      }
    }
    return new RungDecision.Standing(arm, found);
  }

  private static SightlineException missing(String target) {
    return new SightlineException(
        FailureType.STAGE_FAILED,
        target + " has no dev evaluation for its rung; let its TrainingRun end, or skip it");
  }
}
