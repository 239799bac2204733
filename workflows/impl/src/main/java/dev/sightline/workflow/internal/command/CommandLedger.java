package dev.sightline.workflow.internal.command;

import dev.sightline.spec.BudgetKind;
import dev.sightline.workflow.CommandKind;
import dev.sightline.workflow.OperatorCommand;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.internal.command.CommandContext.Standing;
import dev.sightline.workflow.internal.command.CommandContext.Target;
import dev.sightline.workflow.internal.command.CommandDecision.Accepted;
import dev.sightline.workflow.internal.command.CommandDecision.Duplicate;
import dev.sightline.workflow.internal.command.CommandDecision.Refused;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says which operator commands are legal when. Pure: updates, signals and validators share it. */
public final class CommandLedger {
  /** Ids kept for recognising repeats; the oldest are forgotten first. */
  public static final int REMEMBERED = 200;

  private CommandLedger() {}

  /** Decides on a command; a signal may carry nothing at all, so the command may be null. */
  public static CommandDecision apply(
      CommandContext context, CommandKind kind, @Nullable OperatorCommand command) {
    if (command == null) {
      return new Refused("the command is empty; send {\"commandId\": \"...\", \"by\": \"...\"}");
    }
    if (blank(command.commandId())) {
      return new Refused("commandId is empty; choose one that is unique for this workflow");
    }
    if (blank(command.by())) {
      return new Refused("by is empty; say who asks");
    }
    if (context.seen().contains(command.commandId())) {
      return new Duplicate("command " + command.commandId() + " was applied before");
    }
    if (context.ended()) {
      return new Refused(
          "it has ended (" + context.state().label() + "); nothing more can be asked of it");
    }
    if (context.ending()) {
      return new Refused("it is ending already; nothing more can be asked of it");
    }
    String target = target(context, command);
    String budget = command.budget();
    if (kind == CommandKind.EXTEND_BUDGET && budget != null) {
      return raise(budget, target, command.amount());
    }
    if (target != null && !context.targets().containsKey(target)) {
      return new Refused("unknown target '" + target + "'; " + known(context, false));
    }
    if (kind == CommandKind.EXTEND_BUDGET && (command.amount() == null || command.amount() < 1)) {
      return new Refused("amount is missing or below 1; say how many more attempts to allow");
    }
    CommandDecision decision = decide(context, kind, target);
    return decision instanceof Refused refused
        ? new Refused(refused.message() + "; " + legal(context, target))
        : decision;
  }

  /** An amount of 0 only looks again: so an ablation tells its stages that a budget was raised. */
  private static CommandDecision raise(
      String budget, @Nullable String target, @Nullable Long amount) {
    if (BudgetKind.of(budget).isEmpty()) {
      return new Refused(
          "unknown budget '"
              + budget
              + "'; budgets are "
              + Arrays.stream(BudgetKind.values())
                  .map(BudgetKind::wire)
                  .collect(Collectors.joining(", ")));
    }
    if (target != null) {
      return new Refused("a budget is the whole experiment's; leave the target out");
    }
    if (amount == null || amount < 0) {
      return new Refused("amount is missing or below 0; say how much more to allow");
    }
    return new Accepted(
        amount == 0
            ? "it looks at its budgets again"
            : "the experiment's " + budget + " grow by " + amount);
  }

  /** The stage that is meant; null for the workflow itself. */
  private static @Nullable String target(CommandContext context, OperatorCommand command) {
    String named = command.target();
    return named == null || named.isBlank() || named.equals(context.self()) ? null : named;
  }

  private static CommandDecision decide(
      CommandContext context, CommandKind kind, @Nullable String target) {
    return target == null ? onItself(context, kind) : onTarget(context, kind, target);
  }

  /** What would be accepted now, for the sentence that refuses. */
  private static String legal(CommandContext context, @Nullable String target) {
    List<String> names =
        Arrays.stream(CommandKind.values())
            .filter(kind -> decide(context, kind, target) instanceof Accepted)
            .map(CommandKind::wireName)
            .toList();
    return "legal now"
        + (target == null ? ": " : " for " + target + ": ")
        + (names.isEmpty() ? "nothing" : String.join(", ", names));
  }

  private static CommandDecision onItself(CommandContext context, CommandKind kind) {
    return switch (kind) {
      case PAUSE ->
          context.paused()
              ? new Refused("it is paused already")
              : new Accepted("it pauses at the next safe point");
      case RESUME ->
          context.paused() ? new Accepted("it goes on") : new Refused("it is not paused");
      case RETRY_STAGE -> context.targets().isEmpty() ? retryItself(context) : retryAny(context);
      case SKIP_ARM -> skipItself(context);
      case EXTEND_BUDGET -> new Accepted("it may try more often");
      case ABORT -> new Accepted("it ends now");
    };
  }

  private static CommandDecision retryItself(CommandContext context) {
    return context.state() == StageState.WAITING_FOR_OPERATOR
        ? new Accepted("it tries again")
        : new Refused("it does not wait for an operator; its state is " + context.state().label());
  }

  private static CommandDecision retryAny(CommandContext context) {
    boolean any =
        context.state() == StageState.WAITING_FOR_OPERATOR
            || context.targets().values().stream()
                .anyMatch(t -> t.progress() == Standing.FAILED || t.progress().running());
    return any
        ? new Accepted("every stage that waits tries again")
        : new Refused("no stage runs, waits or failed");
  }

  private static CommandDecision skipItself(CommandContext context) {
    if (!context.targets().isEmpty()) {
      return new Refused("target is empty; " + known(context, true));
    }
    return context.skippable()
        ? new Accepted("it is skipped")
        : new Refused("it serves every arm and cannot be skipped; abort it instead");
  }

  private static CommandDecision onTarget(CommandContext context, CommandKind kind, String path) {
    Target target = Objects.requireNonNull(context.targets().get(path));
    Standing at = target.progress();
    if (at.ended()) {
      return new Refused(path + " has ended already");
    }
    return switch (kind) {
      case PAUSE ->
          at == Standing.RUNNING
              ? new Accepted(path + " is asked to pause")
              : new Refused(path + (at == Standing.PAUSED ? " is paused already" : notRunning(at)));
      case RESUME ->
          at == Standing.PAUSED
              ? new Accepted(path + " is asked to go on")
              : new Refused(path + " is not paused");
      case RETRY_STAGE ->
          at == Standing.PENDING
              ? new Refused(path + notRunning(at))
              : new Accepted(path + " tries again");
      case SKIP_ARM ->
          target.arm()
              ? new Accepted(path + " is skipped, with what needs it")
              : new Refused(
                  path + " serves every arm and cannot be skipped; " + known(context, true));
      case EXTEND_BUDGET ->
          at.running()
              ? new Accepted(path + " may try more often")
              : new Refused(path + notRunning(at));
      case ABORT ->
          at.running()
              ? new Accepted(path + " is asked to end")
              : new Refused(path + notRunning(at));
    };
  }

  private static String notRunning(Standing at) {
    return at == Standing.PENDING ? " was not started yet" : " does not run";
  }

  private static String known(CommandContext context, boolean armsOnly) {
    List<String> names =
        context.targets().entrySet().stream()
            .filter(entry -> !armsOnly || entry.getValue().arm())
            .map(Map.Entry::getKey)
            .toList();
    return names.isEmpty()
        ? "this workflow has no " + (armsOnly ? "arm to name" : "targets (yet); leave it out")
        : (armsOnly ? "arms are " : "known targets are ") + String.join(", ", names);
  }

  private static boolean blank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
