package dev.sightline.worker.cli.experiment;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.spec.SpecDigest;
import dev.sightline.spec.SpecWriter;
import dev.sightline.workflow.CommandAnswer;
import dev.sightline.workflow.CommandKind;
import dev.sightline.workflow.OperatorCommand;
import dev.sightline.workflow.Progress;
import dev.sightline.workflow.SearchAttributes;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.TaskQueues;
import dev.sightline.workflow.WorkflowTypes;
import dev.sightline.workflow.client.Failures;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributes.Builder;
import io.temporal.failure.ApplicationFailure;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts ablations and passes operators' commands on, over Temporal. */
public final class Ablations {
  private static final long ANSWER_SECONDS = 60;
  private static final List<String> FULL_IDS =
      List.of("ablation/", "dataset/", "run/", "evaluation/");

  private final WorkflowClient client;

  public Ablations(WorkflowClient client) {
    this.client = client;
  }

  /** What became of a submission. */
  public enum Submission {
    STARTED,
    ATTACHED,
    ALREADY_DONE
  }

  /** The workflow that a person means: an experiment's id stands for its ablation. */
  public static String workflowId(String id) {
    return FULL_IDS.stream().anyMatch(id::startsWith) ? id : Ids.ablation(id);
  }

  /** The experiment's id, also when the ablation's workflow id was given. */
  public static String experimentId(String id) {
    return id.startsWith("ablation/") ? id.substring("ablation/".length()) : id;
  }

  /** Starts the experiment, unless it runs or is done. */
  public Submission submit(ExperimentSpec spec) {
    String experiment = SpecDigest.experimentId(spec);
    String workflowId = Ids.ablation(experiment);
    Optional<WorkflowExecutionStatus> before = status(workflowId);
    if (before.filter(Ablations::runs).isPresent()) {
      return Submission.ATTACHED;
    }
    WorkflowStub stub =
        client.newUntypedWorkflowStub(
            WorkflowTypes.REWARD_ABLATION,
            WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setTaskQueue(TaskQueues.ORCHESTRATION)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                .setWorkflowIdReusePolicy(
                    WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY)
                .setTypedSearchAttributes(attributes(experiment))
                .setStaticSummary(spec.title().isEmpty() ? spec.name() : spec.title())
                .setStaticDetails(details(spec))
                .build());
    try {
      stub.start(SpecWriter.tree(spec));
      return Submission.STARTED;
    } catch (WorkflowExecutionAlreadyStarted done) {
      return Submission.ALREADY_DONE;
    }
  }

  private static io.temporal.common.SearchAttributes attributes(String experiment) {
    Builder attributes = io.temporal.common.SearchAttributes.newBuilder();
    attributes.set(SearchAttributes.EXPERIMENT, experiment);
    attributes.set(SearchAttributes.STATE, StageState.RUNNING.label());
    return attributes.build();
  }

  private static String details(ExperimentSpec spec) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "Puzzles: %s. Seeds: %s. %d policy-gradient steps an arm.%n%n",
            spec.dataset().title(),
            spec.seeds(),
            spec.training().steps()));
    for (ExperimentSpec.Arm arm : spec.arms()) {
      text.append("- `").append(arm.name()).append("`:");
      for (ExperimentSpec.Term term : arm.terms()) {
        String weight = BigDecimal.valueOf(term.weight()).stripTrailingZeros().toPlainString();
        text.append(weight.startsWith("-") ? " " : " +").append(weight);
        text.append(' ').append(term.term());
      }
      text.append('\n');
    }
    return text.append("\nDigest ").append(SpecDigest.of(spec).hex()).toString();
  }

  /** Where the workflow stands in Temporal; empty when there is none of this id. */
  public Optional<WorkflowExecutionStatus> status(String workflowId) {
    try {
      return Optional.of(client.newUntypedWorkflowStub(workflowId).describe().getStatus());
    } catch (WorkflowNotFoundException unknown) {
      return Optional.empty();
    }
  }

  /** The experiment's workflows that wait for an operator: {@code workflow id: reason}. */
  public List<String> waiting(String experiment) {
    String query =
        "SightlineExperiment=\"%s\" AND SightlineState=\"%s\" AND ExecutionStatus=\"Running\""
            .formatted(experiment, StageState.WAITING_FOR_OPERATOR.label());
    try (Stream<WorkflowExecutionMetadata> found = client.listExecutions(query)) {
      return found
          .map(workflow -> workflow.getExecution().getWorkflowId())
          .sorted()
          .map(workflowId -> workflowId + ": " + reason(workflowId))
          .toList();
    }
  }

  private String reason(String workflowId) {
    try {
      String reason =
          client.newUntypedWorkflowStub(workflowId).query("progress", Progress.class).reason();
      return reason == null ? "no reason given" : reason;
    } catch (RuntimeException silent) {
      return "its reason is in the Temporal UI";
    }
  }

  /** Whether a workflow in this state goes on. */
  public static boolean runs(WorkflowExecutionStatus status) {
    return status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
        || status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW
        || status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_PAUSED;
  }

  /** Why a workflow that ended did not end well; empty when it ended well. */
  public Optional<String> failure(String workflowId) {
    try {
      client.newUntypedWorkflowStub(workflowId).getResult(1, TimeUnit.SECONDS, Object.class);
      return Optional.empty();
    } catch (TimeoutException running) {
      return Optional.empty();
    } catch (WorkflowException failed) {
      return Optional.of(Failures.messageOf(failed));
    }
  }

  /**
   * Sends a command as an update and answers what the workflow said.
   *
   * @throws SightlineException UNKNOWN_TARGET when there is no such workflow; ABORTED with the
   *     workflow's words when it refuses or has ended
   */
  public String command(CommandKind kind, String workflowId, OperatorCommand command) {
    if (status(workflowId).isEmpty()) {
      throw new SightlineException(
          FailureType.UNKNOWN_TARGET,
          "there is no workflow " + workflowId + "; `sightline status` lists the experiments");
    }
    WorkflowStub stub = client.newUntypedWorkflowStub(workflowId);
    CompletableFuture<CommandAnswer> answer =
        CompletableFuture.supplyAsync(
            () -> stub.update(kind.wireName(), CommandAnswer.class, command),
            task -> Thread.ofPlatform().daemon().name("command").start(task));
    try {
      return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS).message();
    } catch (TimeoutException silent) {
      throw new SightlineException(
          FailureType.INTERNAL,
          workflowId
              + " did not answer within "
              + ANSWER_SECONDS
              + " s; see whether a worker is ready: `sightline doctor`",
          silent);
    } catch (ExecutionException refused) {
      throw refused(workflowId, kind, refused.getCause() == null ? refused : refused.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new SightlineException(FailureType.CANCELLED, "interrupted", interrupted);
    }
  }

  private static SightlineException refused(String workflowId, CommandKind kind, Throwable cause) {
    String said =
        cause instanceof WorkflowNotFoundException
            ? "it has ended already; `sightline status` shows how, `sightline submit` starts what has not succeeded"
            : words(cause).replaceAll("\\s+", " ");
    return new SightlineException(
        FailureType.ABORTED, workflowId + " refuses " + kind.wireName() + ": " + said, cause);
  }

  /** A validator's own words; the failure's type would only name its Java class. */
  private static String words(Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof ApplicationFailure refusal && refusal.getOriginalMessage() != null) {
        return refusal.getOriginalMessage();
      }
    }
    return Failures.messageOf(cause);
  }

  /** A command of this person with an id of its own. */
  public static OperatorCommand order(
      @Nullable String target, @Nullable String reason, @Nullable Long amount) {
    return order(target, reason, amount, null);
  }

  /**
   * A command about a budget.
   *
   * @param budget its name; null for a command about none
   */
  public static OperatorCommand order(
      @Nullable String target,
      @Nullable String reason,
      @Nullable Long amount,
      @Nullable String budget) {
    String user = System.getenv("USER");
    return new OperatorCommand(
        UUID.randomUUID().toString(),
        user == null || user.isBlank() ? System.getProperty("user.name", "unknown") : user,
        reason,
        target,
        amount,
        budget);
  }
}
