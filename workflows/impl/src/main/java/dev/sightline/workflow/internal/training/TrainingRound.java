package dev.sightline.workflow.internal.training;

import dev.sightline.workflow.activity.CheckpointRequest;
import dev.sightline.workflow.activity.RoundReference;
import dev.sightline.workflow.activity.RoundRequest;
import dev.sightline.workflow.activity.RunReference;
import dev.sightline.workflow.activity.StepReference;
import dev.sightline.workflow.activity.StepRequest;
import dev.sightline.workflow.internal.operation.ActivityStubs;
import dev.sightline.workflow.internal.operation.BudgetWatch;
import dev.sightline.workflow.internal.operation.ChangeIds;
import dev.sightline.workflow.internal.operation.Operations;
import dev.sightline.workflow.internal.operation.PolicySession;
import dev.sightline.workflow.internal.plan.RoundPlan;
import org.jspecify.annotations.Nullable;

/**
 * One round of a training run: lease, begin, bring the policy to the round's state, steps,
 * checkpoint, dev evaluation, end. Holds where the run stands, so that a repeat begins there.
 */
public final class TrainingRound {
  private final Operations operations;
  private final ActivityStubs stubs;
  private final RoundPlan plan;
  private final RunReference run;
  private final long round;
  private final long checkpointEveryRounds;
  private final BudgetWatch budgets;
  private final PolicySession session;
  private long branch;
  private long step;
  private String lineage = "";
  private @Nullable Double reward;
  private @Nullable Boolean samplesInApply;
  private @Nullable Boolean scoresInApply;

  public TrainingRound(
      Operations operations,
      ActivityStubs stubs,
      RoundPlan plan,
      RunReference run,
      long round,
      long checkpointEveryRounds,
      BudgetWatch budgets) {
    this.operations = operations;
    this.stubs = stubs;
    this.plan = plan;
    this.run = run;
    this.round = round;
    this.checkpointEveryRounds = checkpointEveryRounds;
    this.budgets = budgets;
    this.session =
        new PolicySession(
            operations,
            stubs,
            run.run(),
            () ->
                lineage =
                    stubs.trainingBringTo(summary("bring the policy to")).bringTo(standing()));
  }

  /**
   * Does the round.
   *
   * @param parentLineage what the round starts from, empty where that is not known
   * @param leaseHeld whether the lease was kept from the round before
   * @return the lineage after it
   */
  public String run(String parentLineage, boolean leaseHeld) {
    if (operations.paused() && !leaseHeld) {
      operations.awaitResume();
    }
    session.acquire(session.withinBudgets(budgets, leaseHeld));
    operations.round(round);
    RoundReference begun =
        session.begin(
            () ->
                stubs
                    .trainingStore("begin round " + round)
                    .beginRound(
                        new RoundRequest(run.run(), round, parentLineage, session.lease())));
    branch = begun.branch();
    step = begun.step();
    lineage = begun.lineage();
    session.bringUp();
    while (step < begun.toStep()) {
      if (operations.paused()) {
        checkpoint();
        session.whilePaused();
      }
      if (run.supervised()) {
        fit(begun.toStep());
      } else if (step < run.supervisedSteps()) {
        fit(Math.min(begun.toStep(), run.supervisedSteps()));
      } else {
        improve();
      }
      operations.progress(step, run.totalSteps(), reward);
    }
    if (plan.checkpointDue(round, checkpointEveryRounds)) {
      checkpoint();
    }
    session.step(() -> stubs.trainingJob(summary("evaluate on dev after")).evaluateDev(standing()));
    session.step(
        () -> {
          stubs.trainingStore("end round " + round).endRound(standing());
          return round;
        });
    return lineage;
  }

  /** Publishes the run, and gives the policy server back. */
  public RunReference publish() {
    RunReference published =
        session.step(() -> stubs.trainingStore("publish the run").publish(standing()));
    session.release();
    return published;
  }

  public void release() {
    session.release();
  }

  /** Gives back what the round may have of the policy server, wherever it was left. */
  public void end() {
    session.end();
  }

  private void fit(long toStep) {
    long chunkEnd = plan.chunkEnd(step, toStep);
    String what = "round " + round + ", steps " + step + " to " + (chunkEnd - 1) + ": fit";
    committed(session.step(() -> stubs.trainingJob(what).fit(request(chunkEnd, "", "", ""))));
  }

  private void improve() {
    boolean alone = !run.reads() && !run.resamples();
    if (alone && samplesInApply()) {
      apply("", "");
      return;
    }
    String rollout =
        session.step(
            () -> stubs.trainingJob(summary("roll out")).rollOut(request(step + 1, "", "", "")));
    if (alone && scoresInApply()) {
      apply(rollout, "");
      return;
    }
    String readings = "";
    String score;
    boolean drawnAgain;
    do {
      readings = read(rollout, readings);
      score = score(rollout, readings);
      String kept = run.resamples() ? resample(rollout, score) : rollout;
      drawnAgain = !kept.equals(rollout);
      rollout = kept;
    } while (drawnAgain);
    apply(rollout, score);
  }

  /**
   * Nothing lies between rollout, score and step where nobody reads and nothing is sampled again,
   * and an activity of its own costs as much time as all else between two jobs of the policy.
   */
  private boolean samplesInApply() {
    if (samplesInApply == null) {
      samplesInApply = ChangeIds.isNew(ChangeIds.SAMPLES_IN_APPLY);
    }
    return samplesInApply;
  }

  /** Histories from before the rollout went the same way. */
  private boolean scoresInApply() {
    if (scoresInApply == null) {
      scoresInApply = ChangeIds.isNew(ChangeIds.SCORES_IN_APPLY);
    }
    return scoresInApply;
  }

  /**
   * What readers say of the completions, with what they said before; empty where none are asked.
   */
  private String read(String rollout, String before) {
    return run.reads()
        ? session.step(
            () -> stubs.trainingJob(summary("read")).read(request(step + 1, rollout, before, "")))
        : "";
  }

  private String score(String rollout, String readings) {
    return session.step(
        () ->
            stubs.trainingScore(summary("score")).score(request(step + 1, rollout, readings, "")));
  }

  /** The same rollout where nothing more is to be sampled. */
  private String resample(String rollout, String score) {
    return session.step(
        () ->
            stubs.trainingJob(summary("resample")).resample(request(step + 1, rollout, "", score)));
  }

  private void apply(String rollout, String score) {
    committed(
        session.step(
            () ->
                stubs
                    .trainingJob(summary(rollout.isEmpty() ? "roll out and apply" : "apply"))
                    .applyStep(request(step + 1, rollout, "", score))));
  }

  private void committed(StepReference done) {
    step = done.step();
    lineage = done.lineage();
    reward = done.reward();
  }

  private void checkpoint() {
    session.step(() -> stubs.trainingJob(summary("checkpoint")).checkpoint(standing()));
  }

  private StepRequest request(long toStep, String rollout, String readings, String score) {
    return new StepRequest(
        run.run(), branch, round, step, toStep, lineage, rollout, readings, score, session.lease());
  }

  private CheckpointRequest standing() {
    return new CheckpointRequest(
        run.run(), branch, round, step, lineage, session.lease(), session.withoutLost());
  }

  private String summary(String what) {
    return "round " + round + ", step " + step + ": " + what;
  }
}
