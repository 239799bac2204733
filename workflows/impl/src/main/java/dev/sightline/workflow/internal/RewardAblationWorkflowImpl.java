package dev.sightline.workflow.internal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.spec.Ids;
import dev.sightline.workflow.Carried;
import dev.sightline.workflow.RewardAblationWorkflow;
import dev.sightline.workflow.StageEnded;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.WorkflowOutcome;
import dev.sightline.workflow.activity.PlanReference;
import dev.sightline.workflow.internal.ablation.AblationRun;
import dev.sightline.workflow.internal.input.Inputs;
import dev.sightline.workflow.internal.operation.ActivityStubs;
import dev.sightline.workflow.internal.operation.Attempts;
import dev.sightline.workflow.internal.operation.BudgetWatch;
import dev.sightline.workflow.internal.operation.ChangeIds;
import dev.sightline.workflow.internal.operation.Identity;
import dev.sightline.workflow.internal.operation.Next;
import dev.sightline.workflow.internal.operation.OperableWorkflow;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Executes a stored plan; the stages are workflows of their own. */
public class RewardAblationWorkflowImpl extends OperableWorkflow implements RewardAblationWorkflow {
  private final Attempts attempts = new Attempts(operations);
  private final List<StageEnded> early = new ArrayList<>();
  private @Nullable AblationRun ablation;

  @WorkflowInit
  public RewardAblationWorkflowImpl(@Nullable JsonNode input, @Nullable Carried carried) {
    super(carried);
  }

  @Override
  public WorkflowOutcome run(@Nullable JsonNode input, @Nullable Carried before) {
    return live(input, () -> work(Inputs.experiment(input)));
  }

  @Override
  public void stageEnded(StageEnded ended) {
    if (ablation == null) {
      early.add(ended);
    } else {
      ablation.stageEnded(ended);
    }
  }

  @Override
  protected boolean announces() {
    return false;
  }

  @Override
  protected Map<String, StageState> stageStates() {
    return ablation == null ? carried.stageStates() : ablation.states();
  }

  @Override
  protected String onEnd(StageState state) {
    return ablation == null ? "" : ablation.leave();
  }

  @Override
  protected void ended() {
    if (ChangeIds.isNew(ChangeIds.LAST_DETAILS)) {
      operations.lastDetails();
    }
  }

  private Next work(Inputs.Experiment input) {
    if (ablation != null) {
      return ablation.run();
    }
    Inputs.checkWorkflowId(Workflow.getInfo().getWorkflowId(), Ids.ablation(input.experiment()));
    ActivityStubs stubs = new ActivityStubs(input.spec().operations().retry(), operations);
    operations.begin(new Identity(input.experiment(), "ablation", null, null, false));
    String experiment =
        attempts.untilDone(
            () -> stubs.experiment("admit " + input.experiment()).admit(input.tree()));
    operations.admitted();
    PlanReference plan =
        attempts.untilDone(() -> stubs.experiment("plan " + experiment).plan(experiment));
    BudgetWatch budgets = new BudgetWatch(operations, stubs, input.spec(), experiment);
    AblationRun run = new AblationRun(operations, stubs, budgets, plan, carried.stageStates());
    ablation = run;
    early.forEach(run::stageEnded);
    early.clear();
    return run.run();
  }
}
