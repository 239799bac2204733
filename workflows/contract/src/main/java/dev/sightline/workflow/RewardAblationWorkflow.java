package dev.sightline.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * Executes an experiment's stored plan; the input is the experiment as in the YAML file.
 *
 * <p>A wrong input fails the workflow in its first task with the type INVALID_SPEC and the message
 * of the CLI.
 */
@WorkflowInterface
public interface RewardAblationWorkflow extends Operable {
  @WorkflowMethod(name = WorkflowTypes.REWARD_ABLATION)
  WorkflowOutcome run(@Nullable JsonNode input, @Nullable Carried carried);
}
