package dev.sightline.activity.ablation;

import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.PlannedStage.Futility;
import dev.sightline.spec.PlannedStage.Look;
import dev.sightline.spec.PlannedStage.Rung;
import dev.sightline.spec.PlannedStage.Tune;
import dev.sightline.storage.DecisionStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an experiment has decided so far, each kind in order. */
record Decided(
    Optional<TuningDecision> tuning,
    List<RungDecision> rungs,
    List<FutilityDecision> futility,
    List<LookDecision> looks) {
  static final Decided NOTHING = new Decided(Optional.empty(), List.of(), List.of(), List.of());

  Decided {
    rungs = List.copyOf(rungs);
    futility = List.copyOf(futility);
    looks = List.copyOf(looks);
  }

  static Decided read(List<DecisionStore.Decision> rows) {
    Optional<TuningDecision> tuning = Optional.empty();
    List<RungDecision> rungs = new ArrayList<>();
    List<FutilityDecision> futility = new ArrayList<>();
    List<LookDecision> looks = new ArrayList<>();
    for (DecisionStore.Decision row : rows) {
      String target = row.target();
      if (target.equals(Tune.TARGET)) {
        tuning = Optional.of(TuningDecision.read(row.body()));
      } else if (target.startsWith(Rung.PREFIX)) {
        rungs.add(RungDecision.read(number(target), row.body()));
      } else if (target.startsWith(Futility.PREFIX)) {
        futility.add(FutilityDecision.read(number(target), row.body()));
      } else if (target.startsWith(Look.PREFIX)) {
        looks.add(LookDecision.read(number(target), row.body()));
      } else {
        throw new IllegalStateException("a decision of no known kind: " + target);
      }
    }
    return new Decided(tuning, rungs, futility, looks);
  }

  /** The number at a target's end. */
  static int number(String target) {
    return Integer.parseInt(target.substring(target.lastIndexOf('/') + 1));
  }

  /** Arms and seeds that come to a look for futility, or to the test; in the file's order. */
  Map<String, List<Long>> left(ExperimentSpec spec) {
    if (!futility.isEmpty()) {
      return futility.getLast().goOn();
    }
    Map<String, List<Long>> all = new LinkedHashMap<>();
    spec.arms().forEach(arm -> all.put(arm.name(), spec.seeds()));
    return all;
  }

  /** Seeds that looks added for an arm, in order. */
  List<Long> added(String arm) {
    List<Long> seeds = new ArrayList<>();
    for (LookDecision look : looks) {
      Long add = look.add();
      if (add != null && look.open().stream().anyMatch(contrast -> contrast.names(arm))) {
        seeds.add(add);
      }
    }
    return seeds;
  }
}
