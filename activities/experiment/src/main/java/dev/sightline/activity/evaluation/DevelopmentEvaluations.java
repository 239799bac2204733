package dev.sightline.activity.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.storage.EvaluationStore;
import java.util.List;
import java.util.Optional;

/** What a run could do on dev between its rounds, as published so far. */
public final class DevelopmentEvaluations {
  /**
   * One of them.
   *
   * @param step optimizer steps before it
   * @param lineage of the policy that answered, in hex
   */
  public record Point(int step, String lineage, EvaluationStore.Evaluation row) {
    /** The numbers on the image. */
    public JsonNode image() {
      return summary(row).orElseThrow().path("image");
    }
  }

  private DevelopmentEvaluations() {}

  /** Those of one run, of all branches, in the order in which they were opened. */
  public static List<Point> of(EvaluationStore store, String run) {
    // Only an evaluation between rounds names a step; its checkpoint is then a lineage.
    return store.list(run).stream()
        .filter(row -> summary(row).isPresent() && row.spec().has("step"))
        .map(
            row ->
                new Point(
                    row.spec().path("step").asInt(), row.spec().path("checkpoint").asText(), row))
        .toList();
  }

  private static Optional<JsonNode> summary(EvaluationStore.Evaluation row) {
    return Optional.ofNullable(row.summary());
  }
}
