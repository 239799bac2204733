package dev.sightline.workflow.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import dev.sightline.spec.Ids;
import dev.sightline.workflow.Carried;
import dev.sightline.workflow.EvaluationWorkflow;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.WorkflowOutcome;
import dev.sightline.workflow.activity.BatchRequest;
import dev.sightline.workflow.activity.EvaluationReference;
import dev.sightline.workflow.activity.EvaluationRequest;
import dev.sightline.workflow.internal.input.Inputs;
import dev.sightline.workflow.internal.operation.ActivityStubs;
import dev.sightline.workflow.internal.operation.Attempts;
import dev.sightline.workflow.internal.operation.BudgetWatch;
import dev.sightline.workflow.internal.operation.Identity;
import dev.sightline.workflow.internal.operation.Next;
import dev.sightline.workflow.internal.operation.Next.ContinueAsNew;
import dev.sightline.workflow.internal.operation.Next.Finished;
import dev.sightline.workflow.internal.operation.OperableWorkflow;
import dev.sightline.workflow.internal.operation.PolicySession;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks the batches that are missing, one after another, and publishes. */
public class EvaluationWorkflowImpl extends OperableWorkflow implements EvaluationWorkflow {
  private final Attempts attempts = new Attempts(operations);
  private @Nullable PolicySession session;
  private int batch;

  @WorkflowInit
  public EvaluationWorkflowImpl(@Nullable JsonNode input, @Nullable Carried carried) {
    super(carried);
  }

  @Override
  public WorkflowOutcome run(@Nullable JsonNode input, @Nullable Carried before) {
    return live(input, () -> work(Inputs.evaluation(input)));
  }

  @Override
  protected boolean keepsLease() {
    return true;
  }

  @Override
  protected String onEnd(StageState state) {
    if (session != null) {
      session.end();
    }
    return "";
  }

  private Next work(Inputs.Evaluation input) {
    Inputs.Experiment about = input.experiment();
    ActivityStubs stubs = new ActivityStubs(about.spec().operations().retry(), operations);
    operations.begin(
        new Identity(about.experiment(), input.stage(), input.arm(), input.seed(), true));
    String experiment =
        attempts.untilDone(
            () -> stubs.experiment("admit " + about.experiment()).admit(about.tree()));
    operations.admitted();
    EvaluationReference opened =
        attempts.untilDone(
            () ->
                stubs
                    .evaluationOpen("open " + input.stage())
                    .open(
                        new EvaluationRequest(
                            experiment,
                            input.arm(),
                            input.seed(),
                            input.split(),
                            input.template())));
    Inputs.checkWorkflowId(
        Workflow.getInfo().getWorkflowId(), Ids.evaluation(new Digest(opened.evaluation())));
    operations.progress(opened.answered(), opened.batches(), null);
    return opened.published()
        ? done(opened, "it was published before")
        : ask(stubs, opened, new BudgetWatch(operations, stubs, about.spec(), experiment));
  }

  private Next ask(ActivityStubs stubs, EvaluationReference opened, BudgetWatch budgets) {
    batch = opened.answered();
    PolicySession policy =
        new PolicySession(
            operations,
            stubs,
            opened.run(),
            () -> stubs.evaluationBringUp("bring the policy up").bringUp(request(opened)));
    session = policy;
    policy.acquire(policy.withinBudgets(budgets, carried.leaseHeld()));
    policy.bringUp();
    while (batch < opened.batches()) {
      if (Workflow.getInfo().isContinueAsNewSuggested()) {
        return ContinueAsNew.plain();
      }
      if (operations.paused()) {
        policy.whilePaused();
      }
      String summary = "batch " + (batch + 1) + " of " + opened.batches();
      policy.step(
          () -> {
            stubs.evaluationJob(summary).answerBatch(request(opened));
            return batch;
          });
      batch++;
      operations.progress(batch, opened.batches(), null);
    }
    EvaluationReference published =
        policy.step(() -> stubs.evaluationStore("publish").publish(request(opened)));
    policy.release();
    return done(published, published.batches() + " batches");
  }

  private BatchRequest request(EvaluationReference opened) {
    PolicySession policy = Objects.requireNonNull(session);
    return new BatchRequest(opened.evaluation(), batch, policy.lease());
  }

  private static Next done(EvaluationReference reference, String message) {
    return new Finished(new WorkflowOutcome(StageState.DONE, reference.evaluation(), message));
  }
}
