package dev.sightline.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * Makes, splits, verifies and publishes one data set; the input is {@code {"spec": experiment}}.
 *
 * <p>A wrong input fails the workflow in its first task with the type INVALID_SPEC and the message
 * of the CLI.
 */
@WorkflowInterface
public interface DatasetGenerationWorkflow extends Operable {
  @WorkflowMethod(name = WorkflowTypes.DATASET_GENERATION)
  WorkflowOutcome run(@Nullable JsonNode input, @Nullable Carried carried);
}
