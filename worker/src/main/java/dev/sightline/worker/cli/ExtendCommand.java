package dev.sightline.worker.cli;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.BudgetKind;
import dev.sightline.workflow.CommandKind;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "extend",
    mixinStandardHelpOptions = true,
    description =
        "Allow more attempts of each step before an operator is asked, or raise a budget.",
    footer = {
      "",
      "Examples:",
      "  sightline extend quickstart-0123456789ab --attempts 5",
      "  sightline extend quickstart-0123456789ab train/only_accuracy/1 --attempts 20",
      "  sightline extend quickstart-0123456789ab --budget gpuSeconds=3600"
    })
final class ExtendCommand implements Callable<Integer> {
  @ParentCommand private SightlineCommand root = new SightlineCommand();
  @Mixin private OperatorOptions options = new OperatorOptions();

  @ArgGroup(multiplicity = "1")
  private More more = new More();

  /** Attempts of a step, or one of the experiment's budgets. */
  private static final class More {
    @Option(
        names = "--attempts",
        paramLabel = "N",
        description = "How many more, 1 or more; on top of operations.retry.maximumAttempts.")
    private @Nullable Long attempts;

    @Option(
        names = "--budget",
        paramLabel = "NAME=AMOUNT",
        description = "How much to add to a limit of operations.budgets, for the whole experiment.")
    private @Nullable Map<String, Long> budgets;
  }

  @Override
  public Integer call() {
    Map<String, Long> budgets = more.budgets;
    if (budgets == null) {
      return options.send(root, CommandKind.EXTEND_BUDGET, more.attempts);
    }
    if (budgets.size() != 1) {
      throw refused(
          String.join(" and ", budgets.keySet()) + "; raise one at a time, each has its answer");
    }
    Map.Entry<String, Long> raised = budgets.entrySet().iterator().next();
    if (BudgetKind.of(raised.getKey()).isEmpty() || raised.getValue() < 1) {
      throw refused(
          "%s; take one of %s and an amount of 1 or more"
              .formatted(
                  raised,
                  Arrays.stream(BudgetKind.values())
                      .map(BudgetKind::wire)
                      .collect(Collectors.joining(", "))));
    }
    return options.raise(root, raised.getKey(), raised.getValue());
  }

  private static SightlineException refused(String why) {
    return new SightlineException(FailureType.INVALID_REQUEST, "--budget: " + why);
  }
}
