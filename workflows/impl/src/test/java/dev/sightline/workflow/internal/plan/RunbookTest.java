package dev.sightline.workflow.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.FailureType;
import dev.sightline.workflow.CommandKind;
import dev.sightline.workflow.client.Runbook;
import dev.sightline.workflow.internal.plan.RetryDecision.AskOperator;
import dev.sightline.workflow.internal.plan.RetryDecision.BringUp;
import dev.sightline.workflow.internal.plan.RetryDecision.Fail;
import dev.sightline.workflow.internal.plan.RetryDecision.Reacquire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The runbook has a row for every failure, and says of each what the code does. */
class RunbookTest {
  private static final Path FILE = Path.of("../../deploy/RUNBOOK.md");
  private static final Pattern ROW =
      Pattern.compile(
          "\\| <a id=\"([a-z_]+)\"></a>([A-Z_]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\| ([^|]+) \\|");

  private record Row(
      String anchor, String failure, String meaning, String who, String action, String command) {}

  private static List<Row> rows() throws IOException {
    return Files.readAllLines(FILE).stream()
        .map(ROW::matcher)
        .filter(matcher -> matcher.matches())
        .map(
            row ->
                new Row(
                    row.group(1),
                    row.group(2),
                    row.group(3),
                    row.group(4),
                    row.group(5),
                    row.group(6)))
        .toList();
  }

  private static String whoRetries(FailureType type) {
    return switch (RetryDecision.of(Optional.of(type), 1, 2, "")) {
      case Fail fail -> "nobody";
      case BringUp bringUp -> "workflow";
      case Reacquire reacquire -> "workflow, new lease";
      case AskOperator ask -> type.retryable() ? "Temporal" : "operator";
    };
  }

  @Test
  void hasOneRowForEachFailureInTheirOrder() throws IOException {
    assertThat(rows())
        .extracting(Row::failure)
        .containsExactlyElementsOf(
            Arrays.stream(FailureType.values()).map(FailureType::name).toList());
    assertThat(rows())
        .allSatisfy(
            row ->
                assertThat("deploy/RUNBOOK.md#" + row.anchor())
                    .isEqualTo(Runbook.row(FailureType.valueOf(row.failure()))));
  }

  @Test
  void saysWhoRetries() throws IOException {
    assertThat(rows())
        .allSatisfy(
            row ->
                assertThat(row.who())
                    .as(row.failure())
                    .isEqualTo(whoRetries(FailureType.valueOf(row.failure()))));
  }

  @Test
  void everyCommandOfARowHasItsSection() throws IOException {
    List<String> lines = Files.readAllLines(FILE);
    Pattern link = Pattern.compile("\\[([a-z ]+)]\\(#([a-z-]+)\\)");
    for (Row row : rows()) {
      List<String> sections =
          link.matcher(row.command()).results().map(found -> found.group(2)).toList();
      assertThat(sections).as(row.failure()).isNotEmpty();
      for (String section : sections) {
        assertThat(lines)
            .as(row.failure())
            .anyMatch(
                line ->
                    line.startsWith("### ") && line.substring(4).replace(' ', '-').equals(section));
      }
    }
  }

  @Test
  void showsEveryCommandOfAnOperator() throws IOException {
    String text = Files.readString(FILE);
    for (CommandKind kind : CommandKind.values()) {
      String command =
          switch (kind) {
            case PAUSE -> "sightline pause ";
            case RESUME -> "sightline resume ";
            case RETRY_STAGE -> "sightline retry ";
            case SKIP_ARM -> "sightline skip ";
            case EXTEND_BUDGET -> "sightline extend ";
            case ABORT -> "sightline abort ";
          };
      assertThat(text).contains(command);
    }
  }

  @Test
  void aReasonNamesItsRow() {
    assertThat(Runbook.row("train/a/1: JOB_STUCK: job x has not moved"))
        .contains("deploy/RUNBOOK.md#job_stuck");
    assertThat(Runbook.row("STEP_CONFLICT: INTERNAL: odd").orElse(""))
        .endsWith("#" + FailureType.STEP_CONFLICT.name().toLowerCase(Locale.ROOT));
    assertThat(Runbook.row("TimeoutFailure: heartbeat; SQL: x")).isEmpty();
  }
}
