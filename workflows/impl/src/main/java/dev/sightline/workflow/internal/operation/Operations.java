package dev.sightline.workflow.internal.operation;

import dev.sightline.foundation.FailureType;
import dev.sightline.workflow.AuditEntry;
import dev.sightline.workflow.Carried;
import dev.sightline.workflow.CommandAnswer;
import dev.sightline.workflow.CommandKind;
import dev.sightline.workflow.OperatorCommand;
import dev.sightline.workflow.Progress;
import dev.sightline.workflow.SearchAttributes;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.activity.StateRecord;
import dev.sightline.workflow.internal.command.CommandContext;
import dev.sightline.workflow.internal.command.CommandDecision;
import dev.sightline.workflow.internal.command.CommandDecision.Accepted;
import dev.sightline.workflow.internal.command.CommandDecision.Duplicate;
import dev.sightline.workflow.internal.command.CommandDecision.Refused;
import dev.sightline.workflow.internal.command.CommandLedger;
import dev.sightline.workflow.internal.plan.BudgetDecision;
import io.temporal.common.SearchAttributeUpdate;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all workflows share: operator commands, the pause, the wait for an operator, and the state
 * as people see it (search attributes, current details, PostgreSQL, the query).
 */
public final class Operations {
  /** An accepted command that the workflow itself still has to act on. */
  public record Order(CommandKind kind, OperatorCommand command) {}

  private record Early(CommandKind kind, @Nullable OperatorCommand command) {}

  /** Signs what a workflow does without being told. */
  private static final String ITSELF = "sightline";

  private final StateView view;
  private final Reporter reporter;
  private final List<String> seen;
  private final Map<String, Long> extraAttempts;
  private final List<Early> early = new ArrayList<>();
  private final List<Order> orders = new ArrayList<>();
  private final Set<String> warned = new LinkedHashSet<>();
  private Supplier<Map<String, CommandContext.Target>> targets = Map::of;
  private @Nullable Identity identity;
  private @Nullable CancellationScope work;
  private @Nullable Order end;
  private boolean paused;
  private boolean retry;
  private boolean raised;

  public Operations(@Nullable Carried carried) {
    Carried start = carried == null ? Carried.fresh() : carried;
    paused = start.paused();
    seen = new ArrayList<>(start.seenCommands());
    extraAttempts = new LinkedHashMap<>(start.extraAttempts());
    reporter = new Reporter(start.outbox(), start.detailsAt(), start.details());
    view = new StateView();
  }

  // ---- life ----

  /** Says what this workflow is about; commands that came before are decided now. */
  public void begin(Identity about) {
    identity = about;
    List<SearchAttributeUpdate<?>> updates = new ArrayList<>();
    updates.add(SearchAttributes.EXPERIMENT.valueSet(about.experiment()));
    updates.add(SearchAttributes.STAGE.valueSet(about.stage()));
    updates.add(SearchAttributes.STATE.valueSet(view.state().label()));
    if (about.arm() != null) {
      updates.add(SearchAttributes.ARM.valueSet(about.arm()));
    }
    if (about.seed() != null) {
      updates.add(SearchAttributes.SEED.valueSet(Long.toString(about.seed())));
    }
    Workflow.upsertTypedSearchAttributes(updates.toArray(SearchAttributeUpdate<?>[]::new));
    view.stage(about.stage());
    reporter.touch();
    List.copyOf(early).forEach(command -> signal(command.kind(), command.command()));
    early.clear();
    show();
  }

  /** Opens the way to PostgreSQL: the experiment has its row. */
  public void admitted() {
    reporter.start(identity().experiment(), this::record, this::show);
  }

  /** Names the stages that commands may name. */
  public void targets(Supplier<Map<String, CommandContext.Target>> driven) {
    targets = driven;
  }

  /** The scope that an abort cancels. */
  void attach(CancellationScope scope) {
    work = scope;
    if (end != null) {
      scope.cancel(end.kind().wireName());
    }
  }

  /** Waits until handlers have answered and everything is written. */
  void settle() {
    Workflow.await(() -> reporter.settled() && Workflow.isEveryHandlerFinished());
  }

  public Identity identity() {
    return Objects.requireNonNull(identity, "begin comes first");
  }

  boolean begun() {
    return identity != null;
  }

  // ---- commands ----

  public void validate(CommandKind kind, OperatorCommand command) {
    if (identity == null) {
      throw new IllegalStateException("the workflow is still starting; send it again in a moment");
    }
    if (decide(kind, command) instanceof Refused refused) {
      throw new IllegalArgumentException(refused.message());
    }
  }

  public CommandAnswer update(CommandKind kind, OperatorCommand command) {
    return switch (take(kind, command)) {
      case Accepted accepted ->
          new CommandAnswer(CommandAnswer.Outcome.ACCEPTED, accepted.message());
      case Duplicate duplicate ->
          new CommandAnswer(CommandAnswer.Outcome.DUPLICATE, duplicate.message());
      case Refused refused ->
          throw ApplicationFailure.newNonRetryableFailure(
              refused.message(), FailureType.INVALID_REQUEST.name());
    };
  }

  public void signal(CommandKind kind, @Nullable OperatorCommand command) {
    if (identity == null) {
      early.add(new Early(kind, command));
      return;
    }
    if (take(kind, command) instanceof Refused refused) {
      view.refused(kind, command, refused.message());
    }
    show();
  }

  private CommandDecision decide(CommandKind kind, @Nullable OperatorCommand command) {
    return CommandLedger.apply(
        new CommandContext(
            identity().stage(),
            view.state(),
            paused,
            ending(),
            identity().skippable(),
            seen,
            targets.get()),
        kind,
        command);
  }

  private CommandDecision take(CommandKind kind, @Nullable OperatorCommand command) {
    CommandDecision decision = decide(kind, command);
    if (decision instanceof Accepted && command != null) {
      seen.add(command.commandId());
      if (seen.size() > CommandLedger.REMEMBERED) {
        seen.removeFirst();
      }
      apply(new Order(kind, command));
    }
    reporter.audit(Audit.entry(kind, command, decision));
    return decision;
  }

  private void apply(Order order) {
    String target = order.command().target();
    boolean itself = target == null || target.isBlank() || target.equals(identity().stage());
    if (order.kind() == CommandKind.EXTEND_BUDGET && order.command().budget() != null) {
      raised = true;
    } else if (order.kind() == CommandKind.EXTEND_BUDGET && itself) {
      extraAttempts.merge("", Objects.requireNonNullElse(order.command().amount(), 0L), Long::sum);
    }
    if (itself) {
      switch (order.kind()) {
        case PAUSE -> paused = true;
        case RESUME -> paused = false;
        case RETRY_STAGE -> retry = true;
        case SKIP_ARM, ABORT -> end(order);
        case EXTEND_BUDGET -> {}
      }
    }
    orders.add(order);
  }

  private void end(Order order) {
    end = order;
    if (work != null) {
      work.cancel(order.kind().wireName());
    }
  }

  /** Ends the work as an abort of the workflow's own; the reason is what people read. */
  void stop(String reason) {
    audit(note("stop", reason));
    end(
        new Order(
            CommandKind.ABORT, new OperatorCommand("budget", ITSELF, reason, null, null, null)));
  }

  /** Takes the accepted commands that are not acted on yet. */
  public List<Order> takeOrders() {
    List<Order> taken = List.copyOf(orders);
    orders.clear();
    return taken;
  }

  public boolean hasOrders() {
    return !orders.isEmpty();
  }

  /** Whether an order came that only this workflow's own loop can act on. */
  boolean hasOrdersToDo() {
    return !targets.get().isEmpty() && hasOrders();
  }

  public boolean paused() {
    return paused;
  }

  /** Adds an audit row of the workflow's own, such as a command that could not be passed on. */
  public void audit(AuditEntry entry) {
    reporter.audit(entry);
  }

  long extraAttempts() {
    return extraAttempts.getOrDefault("", 0L);
  }

  // ---- ends ----

  /** Whether the work is to be left: aborted, skipped, or cancelled from outside. */
  public boolean ending() {
    return end != null || (work != null && work.isCancelRequested());
  }

  /** Leaves the work when it is ending. */
  public void leaveIfEnding() {
    if (ending()) {
      throw new StageEnding();
    }
  }

  /** The command that ended the work; empty when it was cancelled from outside. */
  public @Nullable Order end() {
    return end;
  }

  // ---- waits ----

  /** Waits for a condition; leaves the work when it is ending. */
  public void await(Supplier<Boolean> condition) {
    Workflow.await(() -> ending() || condition.get());
    leaveIfEnding();
  }

  /** Waits for a condition, but not for longer than a time; leaves the work when it is ending. */
  public void await(Duration longest, Supplier<Boolean> condition) {
    if (longest.isPositive()) {
      Workflow.await(longest, () -> ending() || condition.get());
    }
    leaveIfEnding();
  }

  /** Waits while paused; the caller gives back before what others could use. */
  public void awaitResume() {
    state(StageState.PAUSED, null);
    await(() -> !paused);
    state(StageState.RUNNING, null);
  }

  /** Waits until an operator says to try again. */
  public void waitForOperator(String reason) {
    retry = false;
    state(StageState.WAITING_FOR_OPERATOR, reason);
    await(() -> retry);
    retry = false;
    state(StageState.RUNNING, null);
  }

  /** Waits until an operator raised a budget, or says to look again. */
  void waitForBudget(String reason) {
    retry = false;
    state(StageState.WAITING_FOR_OPERATOR, reason);
    await(() -> retry || raised);
    retry = false;
    state(StageState.RUNNING, null);
  }

  /** Waits until a budget that was raised has its row, for that is what is read. */
  public void awaitRaised() {
    if (raised) {
      raised = false;
      await(reporter::settled);
    }
  }

  // ---- what people see ----

  void budgets(List<Progress.BudgetLine> lines) {
    view.budgets(lines);
    show();
  }

  /** Shows a budget that is nearly spent, and notes it once for each limit. */
  void warn(BudgetDecision.Warning warning) {
    String id = warning.budget() + "/" + Math.round(warning.limit());
    if (warned.add(id)) {
      audit(note(id, warning.message()));
    }
  }

  private static AuditEntry note(String id, String message) {
    return new AuditEntry("budget/" + id, "budget", ITSELF, null, null, "ACCEPTED", message);
  }

  public void state(StageState state, @Nullable String reason) {
    if (view.state() == state && Objects.equals(view.reason(), reason)) {
      return;
    }
    boolean relabelled = view.state() != state;
    view.state(state, reason);
    if (identity != null) {
      if (relabelled) {
        Workflow.upsertTypedSearchAttributes(SearchAttributes.STATE.valueSet(state.label()));
      }
      reporter.touch();
      show();
    }
  }

  public void round(long round) {
    view.round(round);
    Workflow.upsertTypedSearchAttributes(SearchAttributes.ROUND.valueSet(round));
    reporter.touch();
    show();
  }

  /** The stage in work, where a workflow drives several. */
  public void stage(String stage) {
    if (!view.stage().equals(stage)) {
      view.stage(stage);
      Workflow.upsertTypedSearchAttributes(SearchAttributes.STAGE.valueSet(stage));
      reporter.touch();
      show();
    }
  }

  public void progress(long done, long total, @Nullable Double reward) {
    view.progress(done, total, reward);
    show();
  }

  public void lines(List<Progress.StageLine> stages) {
    view.lines(stages);
    show();
  }

  /**
   * Reads the details a last time: what people see of an ended workflow would else be up to a
   * minute older than its end.
   */
  public void lastDetails() {
    if (identity != null && reporter.started()) {
      reporter.refresh(identity.experiment(), this::show);
    }
  }

  public Progress progress() {
    return view.progress();
  }

  private void show() {
    Workflow.setCurrentDetails(view.markdown(reporter.details()));
  }

  private StateRecord record() {
    return new StateRecord(
        identity().experiment(),
        Workflow.getInfo().getWorkflowId(),
        view.state(),
        view.stage(),
        view.reason(),
        reporter.outbox());
  }

  /** What a new history of this workflow begins with. */
  Carried carried(Next.ContinueAsNew next, Map<String, StageState> stages, boolean leaseHeld) {
    return new Carried(
        paused,
        seen,
        reporter.outbox(),
        extraAttempts,
        stages,
        next.round() < 0 ? null : next.round(),
        next.lineage().isEmpty() ? null : next.lineage(),
        leaseHeld,
        reporter.detailsAt(),
        reporter.details());
  }
}
