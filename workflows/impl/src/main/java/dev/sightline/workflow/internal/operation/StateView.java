package dev.sightline.workflow.internal.operation;

import dev.sightline.workflow.CommandKind;
import dev.sightline.workflow.OperatorCommand;
import dev.sightline.workflow.Progress;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.client.Runbook;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The state that people see, and its Markdown for the Temporal UI. */
final class StateView {
  private static final int REFUSALS_SHOWN = 3;

  private StageState state = StageState.RUNNING;
  private String stage = "";
  private long round;
  private long done;
  private long total;
  private @Nullable Double reward;
  private @Nullable String reason;
  private List<Progress.StageLine> lines = List.of();
  private List<Progress.BudgetLine> budgets = List.of();
  private final List<String> refusals = new ArrayList<>();

  StageState state() {
    return state;
  }

  @Nullable String reason() {
    return reason;
  }

  String stage() {
    return stage;
  }

  void state(StageState now, @Nullable String why) {
    state = now;
    reason = why;
  }

  void stage(String now) {
    stage = now;
  }

  void round(long now) {
    round = now;
  }

  void progress(long now, long all, @Nullable Double mean) {
    done = now;
    total = all;
    reward = mean;
  }

  void lines(List<Progress.StageLine> stages) {
    lines = List.copyOf(stages);
  }

  void budgets(List<Progress.BudgetLine> spent) {
    budgets = List.copyOf(spent);
  }

  void refused(CommandKind kind, @Nullable OperatorCommand command, String message) {
    String by = command == null ? null : command.by();
    refusals.add(kind.wireName() + (by == null ? "" : " by " + by) + ": " + message);
    if (refusals.size() > REFUSALS_SHOWN) {
      refusals.removeFirst();
    }
  }

  Progress progress() {
    return new Progress(state, stage, round, done, total, reward, reason, lines, budgets);
  }

  String markdown(String details) {
    StringBuilder text = new StringBuilder();
    text.append("**").append(state.label()).append("** · ").append(stage);
    if (total > 0) {
      text.append(" · ").append(done).append(" of ").append(total);
    }
    if (reward != null) {
      text.append(String.format(Locale.ROOT, " · reward %.4f", reward));
    }
    if (reason != null) {
      text.append("\n\n> ").append(reason.replace("\n", "\n> "));
      Runbook.row(reason)
          .ifPresent(row -> text.append("\n\nWhat to do: `").append(row).append('`'));
    }
    if (!lines.isEmpty()) {
      text.append('\n');
    }
    for (Progress.StageLine line : lines) {
      text.append("\n- ").append(line.target()).append(": ").append(line.state().label());
      if (line.message() != null && !line.message().isBlank()) {
        text.append(" (").append(line.message()).append(')');
      }
    }
    List<String> limited = budgets.stream().flatMap(StateView::limited).toList();
    if (!limited.isEmpty()) {
      text.append("\n\nSpent: ").append(String.join(", ", limited));
    }
    refusals.forEach(refusal -> text.append("\n\nRefused: ").append(refusal));
    if (!details.isBlank()) {
      text.append("\n\n").append(details);
    }
    return text.toString();
  }

  private static Stream<String> limited(Progress.BudgetLine line) {
    Double limit = line.limit();
    return limit == null
        ? Stream.of()
        : Stream.of(
            String.format(
                Locale.ROOT,
                "%s %.0f of %.0f (%.0f %%)",
                line.budget(),
                line.spent(),
                limit,
                100 * line.spent() / limit));
  }
}
