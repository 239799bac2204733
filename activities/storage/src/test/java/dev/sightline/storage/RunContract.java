package dev.sightline.storage;

import dev.sightline.foundation.Digest;
import dev.sightline.storage.StepLedger.Commit;
import dev.sightline.storage.StepLedger.NewStep;
import java.util.List;
import java.util.Objects;

/** Makes runs, rounds and steps for the contracts that need them. */
abstract class RunContract extends StoreContract {
  static RunStore.NewRun newRun(String id, int threads) {
    return new RunStore.NewRun(
        id, RunStore.Phase.ARM, "experiment of " + id, "arm", 1, digest("spec"), null, threads);
  }

  static Digest base(String run) {
    return digest("base of " + run);
  }

  /** A run whose base is recorded. */
  String run() {
    String run = name("run");
    stores.runs().createOrGet(newRun(run, 2));
    stores.runs().recordBase(run, base(run), digest("base state"), 1);
    return run;
  }

  static NewStep newStep(String run, int branch, int round, int step, Digest parent, String batch) {
    return new NewStep(
        new StepIdentity(run, branch, round, step),
        parent,
        digest(batch),
        digest("rollout of " + batch),
        digest("score of " + batch),
        List.of(List.of(0, 1), List.of(2)));
  }

  static Commit commitOf(NewStep step) {
    Digest lineage =
        digest(step.parentLineage() + "/" + step.batchDigest() + "/" + step.identity());
    return new Commit(
        step.identity(), lineage, digest("state of " + lineage), json("{'loss':0.5}"), "i-1");
  }

  /** Plans and commits steps; returns the last lineage. */
  Digest steps(String run, int branch, int round, Digest parent, int first, int count) {
    Digest lineage = parent;
    for (int step = first; step < first + count; step++) {
      NewStep planned = newStep(run, branch, round, step, lineage, branch + "/" + step);
      stores.steps().plan(planned, 1);
      lineage = Objects.requireNonNull(stores.steps().commit(commitOf(planned), 1).lineage());
    }
    return lineage;
  }

  /** A whole round on a branch; returns its end. */
  Digest round(String run, int branch, int round, Digest parent, int count) {
    stores.runs().beginRound(run, round, parent, "next round", 1);
    int first = stores.runs().head(run).step() + 1;
    Digest end = steps(run, branch, round, parent, first, count);
    stores.runs().endRound(run, branch, round, end, json("{'reward':0.5}"), 1);
    return end;
  }
}
