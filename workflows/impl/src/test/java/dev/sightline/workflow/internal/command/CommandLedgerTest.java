package dev.sightline.workflow.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.workflow.CommandKind;
import dev.sightline.workflow.OperatorCommand;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.internal.command.CommandContext.Standing;
import dev.sightline.workflow.internal.command.CommandContext.Target;
import dev.sightline.workflow.internal.command.CommandDecision.Accepted;
import dev.sightline.workflow.internal.command.CommandDecision.Duplicate;
import dev.sightline.workflow.internal.command.CommandDecision.Refused;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CommandLedgerTest {
  private static CommandContext stage(StageState state, boolean paused, boolean skippable) {
    return new CommandContext(
        "train/a/1", state, paused, false, skippable, List.of("old"), Map.of());
  }

  private static CommandContext ablation() {
    Map<String, Target> targets = new LinkedHashMap<>();
    targets.put("dataset", new Target(Standing.DONE, false));
    targets.put("warm-start/7", new Target(Standing.RUNNING, false));
    targets.put("train/a/1", new Target(Standing.RUNNING, true));
    targets.put("train/b/1", new Target(Standing.PAUSED, true));
    targets.put("train/c/1", new Target(Standing.FAILED, true));
    targets.put("evaluate/a/1", new Target(Standing.PENDING, true));
    targets.put("evaluate/d/1", new Target(Standing.SKIPPED, true));
    return new CommandContext(
        "ablation", StageState.WAITING_FOR_STAGE, false, false, false, List.of("old"), targets);
  }

  private static OperatorCommand command(@Nullable String target) {
    return new OperatorCommand("new", "ann", null, target, 1L);
  }

  @ParameterizedTest
  @CsvSource({
    "PAUSE, RUNNING, false, true",
    "PAUSE, PAUSED, true, false",
    "RESUME, PAUSED, true, true",
    "RESUME, RUNNING, true, true",
    "RESUME, RUNNING, false, false",
    "RETRY_STAGE, WAITING_FOR_OPERATOR, false, true",
    "RETRY_STAGE, RUNNING, false, false",
    "RETRY_STAGE, WAITING_FOR_POLICY, false, false",
    "SKIP_ARM, RUNNING, false, true",
    "EXTEND_BUDGET, RUNNING, false, true",
    "ABORT, WAITING_FOR_OPERATOR, false, true",
  })
  void aStageAnswersForItself(CommandKind kind, StageState state, boolean paused, boolean legal) {
    CommandContext context = stage(state, paused, true);
    for (String target : new String[] {null, "", "train/a/1"}) {
      assertThat(CommandLedger.apply(context, kind, command(target)) instanceof Accepted)
          .isEqualTo(legal);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PAUSE, train/a/1, true",
    "PAUSE, train/b/1, false",
    "PAUSE, evaluate/a/1, false",
    "RESUME, train/b/1, true",
    "RESUME, train/a/1, false",
    "RETRY_STAGE, train/c/1, true",
    "RETRY_STAGE, train/a/1, true",
    "RETRY_STAGE, evaluate/a/1, false",
    "RETRY_STAGE, dataset, false",
    "SKIP_ARM, train/a/1, true",
    "SKIP_ARM, evaluate/a/1, true",
    "SKIP_ARM, evaluate/d/1, false",
    "SKIP_ARM, warm-start/7, false",
    "EXTEND_BUDGET, evaluate/a/1, false",
    "ABORT, train/a/1, true",
    "ABORT, train/c/1, false",
    "ABORT, nothing, false",
  })
  void anAblationAnswersForItsStages(CommandKind kind, String target, boolean legal) {
    CommandDecision decision = CommandLedger.apply(ablation(), kind, command(target));
    assertThat(decision instanceof Accepted).describedAs(decision.message()).isEqualTo(legal);
    assertThat(decision.message()).contains(target);
  }

  @Test
  void anUnknownTargetListsTheKnownOnes() {
    assertThat(CommandLedger.apply(ablation(), CommandKind.PAUSE, command("train/z/1")))
        .isEqualTo(
            new Refused(
                "unknown target 'train/z/1'; known targets are dataset, warm-start/7, train/a/1,"
                    + " train/b/1, train/c/1, evaluate/a/1, evaluate/d/1"));
    assertThat(CommandLedger.apply(ablation(), CommandKind.SKIP_ARM, command(null)).message())
        .isEqualTo(
            "target is empty; arms are train/a/1, train/b/1, train/c/1, evaluate/a/1,"
                + " evaluate/d/1; legal now: pause, retryStage, extendBudget, abort");
  }

  @Test
  void whatServesEveryArmCannotBeSkipped() {
    assertThat(
            CommandLedger.apply(
                stage(StageState.RUNNING, false, false), CommandKind.SKIP_ARM, command(null)))
        .isInstanceOf(Refused.class);
  }

  @Test
  void aRepeatIsADuplicateEvenWhereItWouldBeRefused() {
    OperatorCommand repeat = new OperatorCommand("old", "ann", null, null, null);
    assertThat(CommandLedger.apply(stage(StageState.PAUSED, true, true), CommandKind.PAUSE, repeat))
        .isInstanceOf(Duplicate.class);
  }

  @ParameterizedTest
  @EnumSource(CommandKind.class)
  void incompleteCommandsAreRefused(CommandKind kind) {
    CommandContext context = ablation();
    assertThat(CommandLedger.apply(context, kind, null)).isInstanceOf(Refused.class);
    assertThat(CommandLedger.apply(context, kind, new OperatorCommand(" ", "ann", null, null, 1L)))
        .extracting(CommandDecision::message)
        .asString()
        .contains("commandId");
    assertThat(CommandLedger.apply(context, kind, new OperatorCommand("x", "", null, null, 1L)))
        .extracting(CommandDecision::message)
        .asString()
        .contains("by is empty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "gpuSeconds | - | 60 | true | the experiment's gpuSeconds grow by 60",
        "gpuSeconds | - | 0 | true | it looks at its budgets again",
        "gpuSeconds | - | - | false | amount is missing or below 0",
        "gpuSeconds | - | -1 | false | amount is missing or below 0",
        "gpuSeconds | train/a/1 | 60 | false | the whole experiment's; leave the target out",
        "gpu | - | 60 | false | unknown budget 'gpu'; budgets are gpuSeconds, wallSeconds",
      })
  void aBudgetIsTheExperiments(
      String budget,
      @Nullable String target,
      @Nullable Long amount,
      boolean accepted,
      String words) {
    CommandDecision decision =
        CommandLedger.apply(
            ablation(),
            CommandKind.EXTEND_BUDGET,
            new OperatorCommand("new", "ann", null, target, amount, budget));
    assertThat(decision.message()).contains(words);
    assertThat(decision instanceof Accepted).isEqualTo(accepted);
  }

  @Test
  void aBudgetNeedsAnAmount() {
    for (Long amount : new Long[] {null, 0L, -1L}) {
      assertThat(
              CommandLedger.apply(
                  stage(StageState.RUNNING, false, true),
                  CommandKind.EXTEND_BUDGET,
                  new OperatorCommand("x", "ann", null, null, amount)))
          .isInstanceOf(Refused.class);
    }
  }

  @Test
  void anEndingWorkflowTakesNothingMore() {
    CommandContext ending =
        new CommandContext("train/a/1", StageState.ABORTED, false, true, true, List.of(), Map.of());
    assertThat(CommandLedger.apply(ending, CommandKind.ABORT, command(null)))
        .isInstanceOf(Refused.class);
  }

  @Property
  void everyCommandGetsAnAnswerWithASentence(
      @ForAll CommandKind kind,
      @ForAll StageState state,
      @ForAll boolean paused,
      @ForAll boolean ending,
      @ForAll boolean skippable,
      @ForAll String id,
      @ForAll String target) {
    CommandContext context =
        new CommandContext(
            "self", state, paused, ending, skippable, List.of("seen"), ablation().targets());
    CommandDecision decision =
        CommandLedger.apply(context, kind, new OperatorCommand(id, "ann", null, target, 1L));
    assertThat(decision.message()).isNotBlank();
    assertThat(decision instanceof Duplicate).isEqualTo(id.equals("seen"));
  }
}
