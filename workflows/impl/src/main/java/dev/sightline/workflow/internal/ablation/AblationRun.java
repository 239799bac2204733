package dev.sightline.workflow.internal.ablation;

import dev.sightline.workflow.CommandKind;
import dev.sightline.workflow.OperatorCommand;
import dev.sightline.workflow.Progress;
import dev.sightline.workflow.StageEnded;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.WorkflowOutcome;
import dev.sightline.workflow.activity.EnsureRequest;
import dev.sightline.workflow.activity.Ensured;
import dev.sightline.workflow.activity.PlanReference;
import dev.sightline.workflow.activity.PlannedStage;
import dev.sightline.workflow.activity.ReportReference;
import dev.sightline.workflow.activity.ReportRequest;
import dev.sightline.workflow.activity.RungRequest;
import dev.sightline.workflow.activity.StageKind;
import dev.sightline.workflow.client.Failures;
import dev.sightline.workflow.internal.command.CommandContext.Standing;
import dev.sightline.workflow.internal.operation.ActivityStubs;
import dev.sightline.workflow.internal.operation.BudgetWatch;
import dev.sightline.workflow.internal.operation.ChangeIds;
import dev.sightline.workflow.internal.operation.Next;
import dev.sightline.workflow.internal.operation.Next.ContinueAsNew;
import dev.sightline.workflow.internal.operation.Next.Finished;
import dev.sightline.workflow.internal.operation.Operations;
import dev.sightline.workflow.internal.operation.StageEnding;
import dev.sightline.workflow.internal.plan.AblationProgress;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The loop of an ablation: act on orders, start what may start, look after what runs, sleep until
 * something happens. One thread of control, so that the order of events is the order of history.
 */
public final class AblationRun {
  private final Operations operations;
  private final ActivityStubs stubs;
  private final BudgetWatch budgets;
  private final PlanReference plan;
  private final AblationProgress progress;
  private final LookSchedule looks = new LookSchedule();
  private final Forwarding forwarding;
  private final List<StageEnded> ended = new ArrayList<>();

  /** Which budgets are spent; empty while the experiment is within them. */
  private String spent = "";

  public AblationRun(
      Operations operations,
      ActivityStubs stubs,
      BudgetWatch budgets,
      PlanReference plan,
      Map<String, StageState> carried) {
    this.operations = operations;
    this.stubs = stubs;
    this.budgets = budgets;
    this.plan = plan;
    this.progress = new AblationProgress(plan.groups(), carried);
    this.forwarding = new Forwarding(operations);
    operations.targets(progress::targets);
  }

  public void stageEnded(StageEnded signal) {
    ended.add(signal);
  }

  public Map<String, StageState> states() {
    return progress.states();
  }

  /** Runs until all stages have ended, or the history is long enough. */
  public Next run() {
    List<PlannedStage> begun = progress.begunBefore();
    if (!begun.isEmpty() && ChangeIds.isNew(ChangeIds.ATTACHES_FIRST)) {
      begun.forEach(this::lookUp);
    }
    while (!progress.finished()) {
      operations.leaveIfEnding();
      obey();
      heed();
      if (mayStart()) {
        for (PlannedStage stage : progress.ready()) {
          operations.leaveIfEnding();
          start(stage);
        }
      }
      int failed = progress.failed().size();
      look();
      boolean failedNow = progress.failed().size() > failed;
      show();
      if (progress.finished()) {
        break;
      }
      if (Workflow.getInfo().isContinueAsNewSuggested()) {
        return ContinueAsNew.plain();
      }
      boolean more = !operations.paused() && spent.isEmpty() && !progress.ready().isEmpty();
      if (!more && !failedNow) {
        operations.await(
            looks.untilNext(Workflow.currentTimeMillis()),
            () -> operations.hasOrders() || !ended.isEmpty());
      }
    }
    String report =
        progress.entries().stream()
            .filter(entry -> entry.stage().kind() == StageKind.REPORT)
            .map(AblationProgress.Entry::reference)
            .findFirst()
            .orElse("");
    String skipped = progress.skipped().isEmpty() ? "" : "; skipped " + progress.skipped();
    return new Finished(new WorkflowOutcome(StageState.DONE, report, "all stages ended" + skipped));
  }

  /**
   * Whether ready stages may start: not while paused, nor while a budget is spent. A budget may
   * also be why a stage failed.
   */
  private boolean mayStart() {
    boolean due =
        !operations.paused() && (!progress.ready().isEmpty() || !progress.failed().isEmpty());
    spent = due && budgets.exhausted() ? budgets.reason() : "";
    return due && spent.isEmpty();
  }

  /** Ends running stages and writes what there is; answers where. */
  public String leave() {
    Operations.Order last = operations.end();
    OperatorCommand abort =
        last != null
            ? last.command()
            : new OperatorCommand(
                Workflow.getInfo().getRunId(),
                "ablation",
                "the ablation was cancelled",
                null,
                null);
    forwarding.toRunning(CommandKind.ABORT, abort, progress);
    try {
      ReportReference report =
          stubs
              .report("partial report")
              .report(new ReportRequest(plan.experiment(), progress.skipped(), true));
      return "partial report " + report.json();
    } catch (ActivityFailure failure) {
      return "no partial report: " + Failures.messageOf(failure);
    }
  }

  private void obey() {
    for (Operations.Order order : operations.takeOrders()) {
      String target = order.command().target();
      if (target == null || target.isBlank() || !progress.targets().containsKey(target)) {
        obeyForAll(order);
      } else {
        obeyFor(order, progress.entry(target));
      }
    }
  }

  private void obeyForAll(Operations.Order order) {
    switch (order.kind()) {
      case PAUSE, RESUME -> {
        forwarding.toRunning(order.kind(), order.command(), progress);
        for (AblationProgress.Entry entry : progress.running()) {
          if (entry.stage().kind() != StageKind.DATASET) {
            progress.paused(entry.stage().target(), order.kind() == CommandKind.PAUSE);
          }
        }
      }
      case RETRY_STAGE -> {
        forwarding.toRunning(order.kind(), order.command(), progress);
        progress.failed().forEach(entry -> progress.again(entry.stage().target()));
      }
      case EXTEND_BUDGET -> {
        if (order.command().budget() == null) {
          forwarding.toRunning(order.kind(), order.command(), progress);
        } else {
          // They read the rows themselves, so the row comes first.
          operations.awaitRaised();
          forwarding.toRunning(order.kind(), lookAgain(order.command()), progress);
        }
      }
      case SKIP_ARM, ABORT -> {}
    }
  }

  private static OperatorCommand lookAgain(OperatorCommand command) {
    return new OperatorCommand(
        command.commandId(), command.by(), command.reason(), null, 0L, command.budget());
  }

  private void obeyFor(Operations.Order order, AblationProgress.Entry entry) {
    String target = entry.stage().target();
    switch (order.kind()) {
      case PAUSE, RESUME -> {
        forwarding.toStage(order.kind(), order.command(), entry);
        progress.paused(target, order.kind() == CommandKind.PAUSE);
      }
      case RETRY_STAGE -> {
        forwarding.toStage(order.kind(), order.command(), entry);
        progress.again(target);
      }
      case SKIP_ARM -> {
        forwarding.toStage(order.kind(), order.command(), entry);
        String reason = order.command().reason();
        progress.skip(
            target, "skipped by " + order.command().by() + (reason == null ? "" : ": " + reason));
        looks.ended(target);
      }
      case EXTEND_BUDGET, ABORT -> forwarding.toStage(order.kind(), order.command(), entry);
    }
  }

  private void heed() {
    long now = Workflow.currentTimeMillis();
    for (StageEnded signal : ended) {
      for (AblationProgress.Entry entry : progress.running()) {
        if (signal.workflowId().equals(entry.workflowId())) {
          looks.hinted(entry.stage().target(), now);
        }
      }
    }
    ended.clear();
  }

  private void start(PlannedStage stage) {
    operations.stage(stage.target());
    try {
      if (stage.kind() == StageKind.REPORT) {
        show();
        ReportReference report =
            stubs
                .report("report of " + plan.experiment())
                .report(new ReportRequest(plan.experiment(), progress.skipped(), false));
        progress.done(stage.target(), report.json());
      } else if (stage.kind() == StageKind.RUNG) {
        PlanReference longer =
            stubs
                .experiment("decide " + stage.target())
                .decide(new RungRequest(plan.experiment(), stage, progress.skipped()));
        progress.extend(longer.groups());
        progress.done(stage.target(), longer.planDigest());
      } else {
        found(stage, stubs.experiment("ensure " + stage.target()).ensure(request(stage)));
      }
    } catch (ActivityFailure failure) {
      leaveIfCancelled(failure);
      progress.failed(stage.target(), Failures.messageOf(failure));
    }
  }

  private void look() {
    for (AblationProgress.Entry entry : progress.running()) {
      PlannedStage stage = entry.stage();
      if (!looks.due(stage.target(), Workflow.currentTimeMillis())) {
        continue;
      }
      lookUp(stage);
    }
  }

  private void lookUp(PlannedStage stage) {
    try {
      found(stage, stubs.experiment("look up " + stage.target()).lookUp(request(stage)));
    } catch (ActivityFailure failure) {
      leaveIfCancelled(failure);
      Workflow.getLogger(AblationRun.class)
          .warn("stage={} could not be looked up", stage.target(), failure);
      looks.looked(stage.target(), Workflow.currentTimeMillis());
    }
  }

  private void found(PlannedStage stage, Ensured ensured) {
    String target = stage.target();
    long now = Workflow.currentTimeMillis();
    switch (ensured.status()) {
      case PUBLISHED -> {
        progress.done(target, ensured.reference());
        looks.ended(target);
      }
      case RUNNING -> {
        if (progress.entry(target).standing() == Standing.PENDING) {
          looks.started(target, now);
        } else {
          looks.looked(target, now);
        }
        progress.running(target, ensured.workflowId(), ensured.message());
      }
      case FAILED -> {
        progress.failed(target, ensured.message());
        looks.ended(target);
      }
    }
  }

  private EnsureRequest request(PlannedStage stage) {
    return new EnsureRequest(plan.experiment(), stage, Workflow.getInfo().getWorkflowId());
  }

  private static void leaveIfCancelled(ActivityFailure failure) {
    if (failure.getCause() instanceof CanceledFailure) {
      throw new StageEnding();
    }
  }

  private void show() {
    List<AblationProgress.Entry> entries = progress.entries();
    long done = entries.stream().filter(entry -> entry.standing().ended()).count();
    operations.progress(done, entries.size(), null);
    operations.lines(
        entries.stream()
            .map(
                entry ->
                    new Progress.StageLine(
                        entry.stage().target(),
                        AblationProgress.state(entry.standing()),
                        entry.message()))
            .toList());
    List<AblationProgress.Entry> failed = progress.failed();
    if (operations.paused()) {
      operations.state(StageState.PAUSED, null);
    } else if (!failed.isEmpty()) {
      AblationProgress.Entry first = failed.getFirst();
      operations.state(
          StageState.WAITING_FOR_OPERATOR,
          first.stage().target()
              + ": "
              + Objects.requireNonNullElse(
                  first.message(), "failed before this history began; retry shows why"));
    } else if (!spent.isEmpty()) {
      operations.state(StageState.WAITING_FOR_OPERATOR, spent);
    } else if (!progress.running().isEmpty()) {
      operations.state(StageState.WAITING_FOR_STAGE, null);
    } else {
      operations.state(StageState.RUNNING, null);
    }
  }
}
