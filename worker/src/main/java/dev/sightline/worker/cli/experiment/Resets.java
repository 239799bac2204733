package dev.sightline.worker.cli.experiment;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.workflow.activity.EnsureRequest;
import dev.sightline.workflow.activity.PlannedStage;
import dev.sightline.workflow.activity.ReportRequest;
import dev.sightline.workflow.activity.RoundRequest;
import dev.sightline.workflow.activity.RungRequest;
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
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Resets of training runs to the beginning of a round, and of ablations to the beginning of a
 * stage. Either is begun by one activity: a reset goes to the workflow task that scheduled it.
 */
public final class Resets {
  private static final String RUN_PREFIX = "run/";
  private static final String ABLATION_PREFIX = "ablation/";
  private static final String BEGIN_ROUND = "Training_BeginRound";
  private static final String ENSURE = "Experiment_Ensure";
  private static final String DECIDE = "Experiment_Decide";
  private static final String REPORT = "Experiment_Report";

  private final WorkflowClient client;

  public Resets(WorkflowClient client) {
    this.client = client;
  }

  /**
   * Where something began.
   *
   * @param runId Temporal's id of the execution whose history holds the beginning
   * @param eventId the workflow task that is done anew
   * @param what that begins again: {@code round 2}, {@code stage train/a/1}
   */
  public record Point(String workflowId, String runId, long eventId, String what) {
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
  public Point round(String workflowId, long round) {
    if (!workflowId.startsWith(RUN_PREFIX)) {
      throw invalid(
          workflowId
              + " has no rounds; name a training run, run/<experiment>/<arm>/<seed>"
              + (workflowId.startsWith(ABLATION_PREFIX) ? ", or use --stage" : ""));
    }
    if (round < 0) {
      throw invalid("--round: " + round + " is below 0; rounds are counted from 0");
    }
    return find(workflowId, "round", round, this::roundBegunBy);
  }

  /**
   * Finds the latest beginning of a stage of an ablation that is open.
   *
   * @param stage its path, as the plan and {@code progress} name it
   * @throws SightlineException as {@link #round}
   */
  public Point stage(String workflowId, String stage) {
    if (!workflowId.startsWith(ABLATION_PREFIX)) {
      throw invalid(
          workflowId
              + " has no stages; name an ablation, ablation/<experiment>"
              + (workflowId.startsWith(RUN_PREFIX) ? ", or use --round" : ""));
    }
    return find(workflowId, "stage", stage, this::stageBegunBy);
  }

  private <T extends Comparable<T>> Point find(
      String workflowId, String kind, T wanted, Function<HistoryEvent, Optional<T>> begunBy) {
    List<WorkflowExecutionMetadata> executions = executions(workflowId);
    if (executions.isEmpty()) {
      throw unknown("there is no workflow " + workflowId + "; `sightline status ID` lists runs");
    }
    if (!Ablations.runs(executions.getFirst().getStatus())) {
      throw invalid(
          workflowId
              + " has ended ("
              + words(executions.getFirst())
              + "); only what is open can be reset");
    }
    TreeSet<T> known = new TreeSet<>();
    for (WorkflowExecutionMetadata execution : executions) {
      String runId = execution.getExecution().getRunId();
      List<HistoryEvent> events = client.fetchHistory(workflowId, runId).getEvents();
      for (HistoryEvent event : events.reversed()) {
        Optional<T> begun = begunBy.apply(event);
        begun.ifPresent(known::add);
        if (begun.filter(wanted::equals).isPresent()) {
          return new Point(
              workflowId,
              runId,
              event.getActivityTaskScheduledEventAttributes().getWorkflowTaskCompletedEventId(),
              kind + " " + wanted);
        }
      }
    }
    throw unknown(
        "%s has no history of %s %s; Temporal holds the beginnings of %s"
            .formatted(workflowId, kind, wanted, known));
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

  private Optional<Long> roundBegunBy(HistoryEvent event) {
    return input(event, BEGIN_ROUND, RoundRequest.class).map(RoundRequest::round);
  }

  private Optional<String> stageBegunBy(HistoryEvent event) {
    return input(event, ENSURE, EnsureRequest.class)
        .map(EnsureRequest::stage)
        .or(() -> input(event, DECIDE, RungRequest.class).map(RungRequest::rung))
        .map(PlannedStage::target)
        .or(
            () ->
                input(event, REPORT, ReportRequest.class)
                    .map(request -> new dev.sightline.spec.PlannedStage.WriteReport().target()));
  }

  private <T> Optional<T> input(HistoryEvent event, String activity, Class<T> type) {
    if (!event.hasActivityTaskScheduledEventAttributes()) {
      return Optional.empty();
    }
    ActivityTaskScheduledEventAttributes scheduled =
        event.getActivityTaskScheduledEventAttributes();
    return scheduled.getActivityType().getName().equals(activity)
        ? Optional.of(
            client
                .getOptions()
                .getDataConverter()
                .fromPayload(scheduled.getInput().getPayloads(0), type, type))
        : Optional.empty();
  }

  /**
   * Goes back: ends what runs under the id and begins again in a new execution. Commands that were
   * given since are not applied again.
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
