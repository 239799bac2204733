package dev.sightline.workflow.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.spec.Ids;
import dev.sightline.workflow.Carried;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.TrainingRunWorkflow;
import dev.sightline.workflow.WorkflowOutcome;
import dev.sightline.workflow.activity.RunReference;
import dev.sightline.workflow.activity.RunRequest;
import dev.sightline.workflow.internal.input.Inputs;
import dev.sightline.workflow.internal.operation.ActivityStubs;
import dev.sightline.workflow.internal.operation.Attempts;
import dev.sightline.workflow.internal.operation.BudgetWatch;
import dev.sightline.workflow.internal.operation.ChangeIds;
import dev.sightline.workflow.internal.operation.Identity;
import dev.sightline.workflow.internal.operation.Next;
import dev.sightline.workflow.internal.operation.Next.ContinueAsNew;
import dev.sightline.workflow.internal.operation.Next.Finished;
import dev.sightline.workflow.internal.operation.OperableWorkflow;
import dev.sightline.workflow.internal.plan.RoundPlan;
import dev.sightline.workflow.internal.training.TrainingRound;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import org.jspecify.annotations.Nullable;

/** One round of optimizer steps in each history; the lease is kept from round to round. */
public class TrainingRunWorkflowImpl extends OperableWorkflow implements TrainingRunWorkflow {
  private final Attempts attempts = new Attempts(operations);
  private @Nullable TrainingRound round;

  @WorkflowInit
  public TrainingRunWorkflowImpl(@Nullable JsonNode input, @Nullable Carried carried) {
    super(carried);
  }

  @Override
  public WorkflowOutcome run(@Nullable JsonNode input, @Nullable Carried before) {
    return live(input, () -> work(Inputs.run(input)));
  }

  @Override
  protected boolean keepsLease() {
    return true;
  }

  @Override
  protected String onEnd(StageState state) {
    if (round != null) {
      round.end();
    }
    return "";
  }

  private Next work(Inputs.Run input) {
    Inputs.Experiment about = input.experiment();
    Inputs.checkWorkflowId(
        Workflow.getInfo().getWorkflowId(), Ids.run(about.experiment(), input.arm(), input.seed()));
    ActivityStubs stubs = new ActivityStubs(about.spec().operations().retry(), operations);
    operations.begin(
        new Identity(
            about.experiment(), input.stage(), input.arm(), input.seed(), !input.warmStart()));
    String experiment = admittedBefore() ? about.experiment() : admit(stubs, about);
    operations.admitted();
    RunReference run =
        attempts.untilDone(
            () ->
                stubs
                    .trainingOpen("open " + input.stage())
                    .openRun(new RunRequest(experiment, input.arm(), input.seed())));
    operations.progress(run.step(), run.totalSteps(), null);
    if (run.published()) {
      return done(run, "it was published before");
    }
    Long asked = input.untilStep();
    long until = asked == null ? run.totalSteps() : Math.min(asked, run.totalSteps());
    if (run.step() > until) {
      return rested(run.step());
    }
    RoundPlan plan = new RoundPlan(run.totalSteps(), run.stepsPerRound(), until);
    Long begun = carried.round();
    // A fresh start goes on where the run stands; a reset history goes back to its own round.
    long number = begun == null ? plan.roundAfter(run.step()) : begun;
    String parent = carried.lineage() == null ? "" : carried.lineage();
    long everyRounds = run.supervised() ? 1 : about.spec().training().checkpointEveryRounds();
    BudgetWatch budgets = new BudgetWatch(operations, stubs, about.spec(), experiment);
    TrainingRound work =
        new TrainingRound(operations, stubs, plan, run, number, everyRounds, budgets);
    round = work;
    String lineage = work.run(parent, carried.leaseHeld());
    if (plan.rests(number)) {
      work.release();
      return rested(until);
    }
    if (!plan.last(number)) {
      return new ContinueAsNew(number + 1, lineage);
    }
    RunReference published = work.publish();
    return done(published, published.totalSteps() + " steps");
  }

  /** A later round's experiment has its row since the first: one activity less for each round. */
  private boolean admittedBefore() {
    return carried.round() != null && ChangeIds.isNew(ChangeIds.ADMIT_ONCE);
  }

  private String admit(ActivityStubs stubs, Inputs.Experiment about) {
    return attempts.untilDone(
        () -> stubs.experiment("admit " + about.experiment()).admit(about.tree()));
  }

  /** The rung decides whether it goes on. */
  private static Next rested(long step) {
    return new Finished(new WorkflowOutcome(StageState.DONE, "", "rests at step " + step));
  }

  private static Next done(RunReference run, String message) {
    return new Finished(new WorkflowOutcome(StageState.DONE, run.checkpoint(), message));
  }
}
