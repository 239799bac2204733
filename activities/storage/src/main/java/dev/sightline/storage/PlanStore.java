package dev.sightline.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import java.util.List;
import java.util.Optional;

/** Plans: what the planner decided, stored so that a workflow only executes. Rows never change. */
public interface PlanStore {
  /** {@code digest} is that of the canonical JSON of {@code body}. */
  record Plan(Digest digest, String experiment, JsonNode body) {}

  /**
   * Stores a plan and returns its digest; an equal plan that is there already is found.
   *
   * @throws dev.sightline.foundation.SightlineException STORE_CONFLICT when another experiment has
   *     this plan
   */
  Digest put(String experiment, JsonNode body);

  Optional<Plan> find(Digest digest);

  /** An experiment's plans in the order in which they were stored. */
  List<Plan> list(String experiment);
}
