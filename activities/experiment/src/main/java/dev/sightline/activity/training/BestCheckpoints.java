package dev.sightline.activity.training;

import dev.sightline.activity.evaluation.DevelopmentEvaluations;
import dev.sightline.foundation.Digest;
import dev.sightline.storage.CheckpointStore;
import dev.sightline.storage.Stores;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The checkpoints of a run that did best on dev, by accuracy on the image. */
record BestCheckpoints(Stores stores) {
  /**
   * At most {@code count} that are not pruned, best first; of equal ones the later, then by id. One
   * that was not evaluated yet is none of them.
   */
  List<Digest> of(String run, int count) {
    Map<String, Double> accuracy = new LinkedHashMap<>();
    DevelopmentEvaluations.of(stores.evaluations(), run)
        .forEach(point -> accuracy.put(point.lineage(), point.image().path("accuracy").asDouble()));
    return stores.checkpoints().list(run).stream()
        .filter(checkpoint -> !checkpoint.pruned())
        .filter(checkpoint -> accuracy.containsKey(checkpoint.lineage().hex()))
        .sorted(
            Comparator.<CheckpointStore.Checkpoint>comparingDouble(
                    checkpoint -> -accuracy.getOrDefault(checkpoint.lineage().hex(), 0.0))
                .thenComparing(CheckpointStore.Checkpoint::step, Comparator.reverseOrder())
                .thenComparing(checkpoint -> checkpoint.id().hex()))
        .limit(count)
        .map(CheckpointStore.Checkpoint::id)
        .toList();
  }
}
