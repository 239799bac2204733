package dev.sightline.workflow.internal.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.workflow.CommandKind;
import dev.sightline.workflow.OperatorCommand;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.internal.command.CommandContext.Standing;
import dev.sightline.workflow.internal.command.CommandContext.Target;
import dev.sightline.workflow.internal.command.CommandDecision.Accepted;
import dev.sightline.workflow.internal.command.CommandDecision.Refused;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every command, in every state, of every workflow type: what is legal is written down here, and
 * whatever is refused names just that.
 */
class WrongMomentsTest {
  private static CommandContext context(String type, StageState state, boolean paused) {
    Map<String, Target> targets = new LinkedHashMap<>();
    if (type.equals("ABLATION")) {
      boolean waits = state == StageState.WAITING_FOR_OPERATOR;
      targets.put("dataset", new Target(waits ? Standing.FAILED : Standing.DONE, false));
      targets.put("train/a/1", new Target(Standing.PENDING, true));
    }
    String self =
        switch (type) {
          case "ABLATION" -> "ablation";
          case "DATASET" -> "dataset";
          case "WARM_START" -> "warm-start";
          case "RUN" -> "train/a/1";
          case "EVALUATION" -> "evaluate/a/1";
          default -> throw new IllegalArgumentException(type);
        };
    boolean skippable = type.equals("RUN") || type.equals("EVALUATION");
    return new CommandContext(self, state, paused, false, skippable, List.of(), targets);
  }

  private static CommandDecision decide(CommandContext context, CommandKind kind, String target) {
    return CommandLedger.apply(context, kind, new OperatorCommand("new", "ann", null, target, 1L));
  }

  private static String accepted(CommandContext context, String target) {
    return String.join(
        " ",
        Arrays.stream(CommandKind.values())
            .filter(kind -> decide(context, kind, target) instanceof Accepted)
            .map(CommandKind::wireName)
            .toList());
  }

  @ParameterizedTest(name = "{0} {1} paused={2}")
  @CsvSource({
    "ABLATION, RUNNING, false, pause extendBudget abort",
    "ABLATION, WAITING_FOR_STAGE, false, pause extendBudget abort",
    "ABLATION, PAUSED, true, resume extendBudget abort",
    "ABLATION, WAITING_FOR_OPERATOR, false, pause retryStage extendBudget abort",
    "ABLATION, WAITING_FOR_OPERATOR, true, resume retryStage extendBudget abort",
    "DATASET, RUNNING, false, pause extendBudget abort",
    "DATASET, RUNNING, true, resume extendBudget abort",
    "DATASET, PAUSED, true, resume extendBudget abort",
    "DATASET, WAITING_FOR_OPERATOR, false, pause retryStage extendBudget abort",
    "WARM_START, RUNNING, false, pause extendBudget abort",
    "WARM_START, WAITING_FOR_OPERATOR, false, pause retryStage extendBudget abort",
    "RUN, RUNNING, false, pause skipArm extendBudget abort",
    "RUN, RUNNING, true, resume skipArm extendBudget abort",
    "RUN, PAUSED, true, resume skipArm extendBudget abort",
    "RUN, WAITING_FOR_POLICY, false, pause skipArm extendBudget abort",
    "RUN, WAITING_FOR_POLICY, true, resume skipArm extendBudget abort",
    "RUN, WAITING_FOR_OPERATOR, false, pause retryStage skipArm extendBudget abort",
    "RUN, WAITING_FOR_OPERATOR, true, resume retryStage skipArm extendBudget abort",
    "EVALUATION, RUNNING, false, pause skipArm extendBudget abort",
    "EVALUATION, PAUSED, true, resume skipArm extendBudget abort",
    "EVALUATION, WAITING_FOR_POLICY, false, pause skipArm extendBudget abort",
    "EVALUATION, WAITING_FOR_OPERATOR, false, pause retryStage skipArm extendBudget abort",
  })
  void whatIsRefusedNamesWhatIsLegal(String type, StageState state, boolean paused, String legal) {
    CommandContext context = context(type, state, paused);

    assertThat(accepted(context, "")).isEqualTo(legal);
    for (CommandKind kind : CommandKind.values()) {
      if (decide(context, kind, "") instanceof Refused refused) {
        assertThat(refused.message())
            .endsWith("; legal now: " + legal.replace(" ", ", "))
            .doesNotStartWith(";");
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "PENDING | skipArm | train/a/1 was not started yet",
        "RUNNING | pause retryStage skipArm extendBudget abort | train/a/1 is not paused",
        "PAUSED | resume retryStage skipArm extendBudget abort | train/a/1 is paused already",
        "FAILED | retryStage skipArm | train/a/1 does not run",
        "DONE | nothing | train/a/1 has ended already",
        "SKIPPED | nothing | train/a/1 has ended already",
      })
  void ofAStageToo(Standing standing, String legal, String why) {
    CommandContext context =
        new CommandContext(
            "ablation",
            StageState.WAITING_FOR_STAGE,
            false,
            false,
            false,
            List.of(),
            Map.of("train/a/1", new Target(standing, true)));

    String expected = legal.equals("nothing") ? "" : legal;
    assertThat(accepted(context, "train/a/1")).isEqualTo(expected);
    List<String> refusals =
        Arrays.stream(CommandKind.values())
            .map(kind -> decide(context, kind, "train/a/1"))
            .filter(Refused.class::isInstance)
            .map(CommandDecision::message)
            .toList();
    assertThat(refusals)
        .allSatisfy(
            refusal ->
                assertThat(refusal)
                    .endsWith("; legal now for train/a/1: " + legal.replace(" ", ", ")))
        .anySatisfy(refusal -> assertThat(refusal).startsWith(why));
  }

  @ParameterizedTest
  @CsvSource({
    "ABLATION, DONE",
    "ABLATION, ABORTED",
    "ABLATION, FAILED",
    "DATASET, DONE",
    "DATASET, ABORTED",
    "DATASET, FAILED",
    "RUN, DONE",
    "RUN, SKIPPED",
    "RUN, ABORTED",
    "RUN, FAILED",
    "EVALUATION, DONE",
    "EVALUATION, SKIPPED",
    "EVALUATION, ABORTED",
    "EVALUATION, FAILED",
  })
  void whatHasEndedTakesNothingMore(String type, StageState state) {
    for (CommandKind kind : CommandKind.values()) {
      assertThat(decide(context(type, state, false), kind, ""))
          .isEqualTo(
              new Refused("it has ended (" + state.label() + "); nothing more can be asked of it"));
    }
  }
}
