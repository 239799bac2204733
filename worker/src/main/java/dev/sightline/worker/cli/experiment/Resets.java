package dev.sightline.worker.cli.experiment;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.workflow.activity.RoundRequest;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.ResetReapplyExcludeType;
import io.temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Resets of training runs to the beginning of a round. Each round has a history of its own, which
 * begins the round by one activity: a reset goes to the workflow task that scheduled it.
 */
public final class Resets {
  private static final String RUN_PREFIX = "run/";
  private static final String BEGIN_ROUND = "Training_BeginRound";

  private final WorkflowClient client;

  public Resets(WorkflowClient client) {
    this.client = client;
  }

  /**
   * Where a round began.
   *
   * @param runId Temporal's id of the execution whose history holds the beginning
   * @param eventId the workflow task that is done anew
   */
  public record Point(String workflowId, String runId, long eventId, long round) {
    /** The same reset by Temporal's own command line. */
    public String temporal(String reason) {
      return "temporal workflow reset --workflow-id %s --run-id %s --event-id %d --reapply-exclude All --reason %s"
          .formatted(quoted(workflowId), runId, eventId, quoted(reason));
    }

    /** The same reset by tctl. */
    public String tctl(String reason) {
      return "tctl workflow reset --workflow_id %s --run_id %s --event_id %d --reset_reapply_type None --reason %s"
          .formatted(quoted(workflowId), runId, eventId, quoted(reason));
    }

    private static String quoted(String text) {
      return "'" + text.replace("'", "'\\''") + "'";
    }
  }

  /**
   * Finds the latest beginning of a round of a run that is open.
   *
   * @throws SightlineException INVALID_REQUEST for another kind of workflow, a negative round or a
   *     run that has ended; UNKNOWN_TARGET when there is no such run or it began no such round
   */
  public Point find(String workflowId, long round) {
    if (!workflowId.startsWith(RUN_PREFIX)) {
      throw invalid(
          workflowId + " has no rounds; name a training run, run/<experiment>/<arm>/<seed>");
    }
    if (round < 0) {
      throw invalid("--round: " + round + " is below 0; rounds are counted from 0");
    }
    List<WorkflowExecutionMetadata> executions = executions(workflowId);
    if (executions.isEmpty()) {
      throw unknown("there is no workflow " + workflowId + "; `sightline status ID` lists runs");
    }
    if (!Ablations.runs(executions.getFirst().getStatus())) {
      throw invalid(
          workflowId
              + " has ended ("
              + words(executions.getFirst())
              + "); only a run that is open can be reset");
    }
    TreeSet<Long> known = new TreeSet<>();
    for (WorkflowExecutionMetadata execution : executions) {
      String runId = execution.getExecution().getRunId();
      for (HistoryEvent event : client.fetchHistory(workflowId, runId).getEvents()) {
        OptionalLong began = roundBegunBy(event);
        if (began.isEmpty()) {
          continue;
        }
        known.add(began.getAsLong());
        if (began.getAsLong() == round) {
          return new Point(
              workflowId,
              runId,
              event.getActivityTaskScheduledEventAttributes().getWorkflowTaskCompletedEventId(),
              round);
        }
      }
    }
    throw unknown(
        workflowId
            + " has no history of round "
            + round
            + "; Temporal holds the beginnings of "
            + known);
  }

  /** Newest first; a round that was reset before stands in more than one of them. */
  private List<WorkflowExecutionMetadata> executions(String workflowId) {
    try (Stream<WorkflowExecutionMetadata> found =
        client.listExecutions("WorkflowId=\"" + workflowId.replace("\"", "") + "\"")) {
      return found
          .sorted(Comparator.comparing(WorkflowExecutionMetadata::getStartTime).reversed())
          .toList();
    }
  }

  private OptionalLong roundBegunBy(HistoryEvent event) {
    if (!event.hasActivityTaskScheduledEventAttributes()) {
      return OptionalLong.empty();
    }
    ActivityTaskScheduledEventAttributes scheduled =
        event.getActivityTaskScheduledEventAttributes();
    if (!scheduled.getActivityType().getName().equals(BEGIN_ROUND)) {
      return OptionalLong.empty();
    }
    RoundRequest request =
        client
            .getOptions()
            .getDataConverter()
            .fromPayload(
                scheduled.getInput().getPayloads(0), RoundRequest.class, RoundRequest.class);
    return OptionalLong.of(request.round());
  }

  /**
   * Goes back: ends what runs under the id and begins the round again in a new execution. Commands
   * that were given since are not applied again.
   *
   * @return Temporal's id of the new execution
   */
  public String reset(Point point, String reason) {
    return client
        .getWorkflowServiceStubs()
        .blockingStub()
        .resetWorkflowExecution(
            ResetWorkflowExecutionRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setWorkflowExecution(
                    WorkflowExecution.newBuilder()
                        .setWorkflowId(point.workflowId())
                        .setRunId(point.runId()))
                .setReason(reason)
                .setWorkflowTaskFinishEventId(point.eventId())
                .setRequestId(UUID.randomUUID().toString())
                .addResetReapplyExcludeTypes(
                    ResetReapplyExcludeType.RESET_REAPPLY_EXCLUDE_TYPE_SIGNAL)
                .addResetReapplyExcludeTypes(
                    ResetReapplyExcludeType.RESET_REAPPLY_EXCLUDE_TYPE_UPDATE)
                .build())
        .getRunId();
  }

  private static String words(WorkflowExecutionMetadata execution) {
    return execution
        .getStatus()
        .name()
        .replace("WORKFLOW_EXECUTION_STATUS_", "")
        .toLowerCase(Locale.ROOT);
  }

  private static SightlineException invalid(String message) {
    return new SightlineException(FailureType.INVALID_REQUEST, message);
  }

  private static SightlineException unknown(String message) {
    return new SightlineException(FailureType.UNKNOWN_TARGET, message);
  }
}
