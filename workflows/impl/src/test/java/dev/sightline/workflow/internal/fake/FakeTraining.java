package dev.sightline.workflow.internal.fake;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.workflow.activity.CheckpointRequest;
import dev.sightline.workflow.activity.RoundReference;
import dev.sightline.workflow.activity.RoundRequest;
import dev.sightline.workflow.activity.RunReference;
import dev.sightline.workflow.activity.RunRequest;
import dev.sightline.workflow.activity.StepReference;
import dev.sightline.workflow.activity.StepRequest;
import dev.sightline.workflow.activity.TrainingActivities;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A run whose ledger and whose policy are lists of steps: a policy that lost its state refuses to
 * work until it was brought to the ledger's.
 */
public final class FakeTraining implements TrainingActivities {
  private final Faults faults;
  private final List<String> lineages = new ArrayList<>(List.of("L0"));
  private @Nullable String policy;
  private boolean published;
  private long supervisedSteps;
  private int redraws;
  private boolean readers;
  private @Nullable CountDownLatch gate;

  public FakeTraining(Faults faults) {
    this.faults = faults;
  }

  /** The policy forgets everything, as a restarted stub does. */
  public synchronized void losePolicy() {
    policy = null;
  }

  public synchronized void publishedBefore() {
    published = true;
  }

  /** The first steps are supervised. */
  public synchronized void supervisedAtFirst(long steps) {
    supervisedSteps = steps;
  }

  /** Each step samples groups again so often. */
  public synchronized void resamples(int times) {
    redraws = times;
  }

  /** Readers are asked about each rollout. */
  public synchronized void reads() {
    readers = true;
  }

  /** Steps committed by an earlier start of the workflow. */
  public synchronized void committedBefore(int steps) {
    for (int step = 0; step < steps; step++) {
      lineages.add("L" + (step + 1));
    }
  }

  /** Rollouts wait here until the latch opens. */
  public synchronized void hold(CountDownLatch latch) {
    gate = latch;
  }

  public synchronized List<String> lineages() {
    return List.copyOf(lineages);
  }

  @Override
  public synchronized RunReference openRun(RunRequest request) {
    faults.call("openRun", request.arm());
    boolean supervised = request.arm().equals("warm-start");
    long total = supervised ? 60 : 4;
    return reference(
        request.experiment() + "/" + request.arm() + "/" + request.seed(), supervised, total);
  }

  private RunReference reference(String run, boolean supervised, long total) {
    return new RunReference(
        run,
        supervised,
        total,
        supervised ? 60 : 2,
        lineages.size() - 1L,
        policy == null ? "" : lineages.getLast(),
        published,
        published ? "checkpoint" : "",
        3,
        supervisedSteps,
        redraws > 0,
        readers);
  }

  @Override
  public synchronized RoundReference beginRound(RoundRequest request) {
    faults.call("beginRound", request.round() + " from '" + request.parentLineage() + "'");
    boolean supervised = request.run().contains("warm-start");
    long perRound = supervised ? 60 : 2;
    long from = request.round() * perRound;
    long step = lineages.size() - 1L;
    return new RoundReference(
        request.run(), 0, request.round(), from, from + perRound, step, lineages.getLast());
  }

  @Override
  public synchronized String bringTo(CheckpointRequest request) {
    faults.call("bringTo", request.lineage() + (request.withoutLost() ? " without the lost" : ""));
    policy = lineages.getLast();
    return policy;
  }

  @Override
  public synchronized StepReference fit(StepRequest request) {
    faults.call("fit", request.step() + "-" + request.toStep());
    ready(request);
    for (long step = request.step(); step < request.toStep(); step++) {
      lineages.add("L" + (step + 1));
    }
    policy = lineages.getLast();
    return new StepReference(request.toStep(), policy, 0.25);
  }

  @Override
  public String rollOut(StepRequest request) {
    faults.call("rollOut", Long.toString(request.step()));
    CountDownLatch held;
    synchronized (this) {
      held = gate;
      ready(request);
    }
    if (held != null) {
      try {
        held.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return "rollout-" + request.step();
  }

  @Override
  public String score(StepRequest request) {
    faults.call(
        "score", (request.step() + " " + request.rollout() + " " + request.readings()).strip());
    return "score-" + request.rollout().substring("rollout-".length());
  }

  @Override
  public synchronized String read(StepRequest request) {
    faults.call("read", (request.rollout() + " " + request.readings()).strip());
    ready(request);
    return "readings-" + request.rollout();
  }

  @Override
  public synchronized String resample(StepRequest request) {
    faults.call("resample", request.rollout() + " " + request.score());
    ready(request);
    String again = request.rollout() + "+";
    return again.length() - again.indexOf('+') > redraws ? request.rollout() : again;
  }

  @Override
  public StepReference applyStep(StepRequest request) {
    faults.call("applyStep", (request.step() + " " + request.score()).strip());
    if (request.rollout().isEmpty()) {
      rollOut(request);
    }
    return apply(request);
  }

  private synchronized StepReference apply(StepRequest request) {
    ready(request);
    String after = "L" + (request.step() + 1);
    lineages.add(after);
    policy = after;
    return new StepReference(request.step() + 1, after, 0.5);
  }

  private void ready(StepRequest request) {
    if (policy == null) {
      throw new SightlineException(FailureType.POLICY_UNKNOWN, "the policy does not know the run");
    }
    if (!policy.equals(request.lineage())) {
      throw new SightlineException(
          FailureType.POLICY_BEHIND, "at " + policy + ", not " + request.lineage());
    }
  }

  @Override
  public String checkpoint(CheckpointRequest request) {
    faults.call("checkpoint", request.lineage());
    return "checkpoint-" + request.step();
  }

  @Override
  public String evaluateDev(CheckpointRequest request) {
    faults.call("evaluateDev", request.lineage());
    return "evaluation";
  }

  @Override
  public void endRound(CheckpointRequest request) {
    faults.call("endRound", Long.toString(request.round()));
  }

  @Override
  public synchronized RunReference publish(CheckpointRequest request) {
    faults.call("publishRun", request.lineage());
    published = true;
    return reference(request.run(), request.run().contains("warm-start"), lineages.size() - 1L);
  }
}
