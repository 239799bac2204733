package dev.sightline.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * Asks a policy checkpoint a split of a data set; the input is {@code {"spec": experiment, "arm":
 * name or "baseline", "seed": n, "split": "test"}}.
 *
 * <p>A wrong input fails the workflow in its first task with the type INVALID_SPEC and the message
 * of the CLI.
 */
@WorkflowInterface
public interface EvaluationWorkflow extends Operable {
  @WorkflowMethod(name = WorkflowTypes.EVALUATION)
  WorkflowOutcome run(@Nullable JsonNode input, @Nullable Carried carried);
}
