package dev.sightline.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * Trains one policy, a round at a time; the input is {@code {"spec": experiment, "arm": name or
 * "warm-start", "seed": n}}.
 *
 * <p>A wrong input fails the workflow in its first task with the type INVALID_SPEC and the message
 * of the CLI.
 */
@WorkflowInterface
public interface TrainingRunWorkflow extends Operable {
  @WorkflowMethod(name = WorkflowTypes.TRAINING_RUN)
  WorkflowOutcome run(@Nullable JsonNode input, @Nullable Carried carried);
}
