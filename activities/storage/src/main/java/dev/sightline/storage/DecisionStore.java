package dev.sightline.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What was decided between the stages of an experiment: chosen learning rates, rungs of successive
 * halving, stops for futility, looks at the seeds. Rows never change: the first decision stays.
 */
public interface DecisionStore {
  /**
   * @param target path of the stage that decided, such as {@code rung/1}
   * @param body the decision and all that it was made from, in the caller's words
   */
  record Decision(String experiment, String target, JsonNode body) {}

  /** Stores a decision, or finds the one that was made before. */
  Decision decide(String experiment, String target, JsonNode body);

  /** An experiment's decisions in the order in which they were made. */
  List<Decision> list(String experiment);
}
