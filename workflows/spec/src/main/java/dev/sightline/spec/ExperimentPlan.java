package dev.sightline.spec;

import dev.sightline.foundation.Digest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code RewardAblation} executes: the stages in order, as data. Stages of different arms
 * and seeds do not wait for each other; an evaluation waits for its run, the report for all.
 *
 * @param experiment the experiment's id
 * @param familyVersion version of the puzzle family's rules; of all families and the preset where
 *     there are several parts
 * @param space size of the family's space, for a data set of one part
 */
public record ExperimentPlan(
    String experiment,
    Digest spec,
    Digest dataset,
    String familyVersion,
    FamilyCatalog.@Nullable SpaceSize space,
    List<PlannedStage> stages) {
  public ExperimentPlan {
    stages = List.copyOf(stages);
  }

  /** The digest under which the plan is stored. */
  public Digest digest() {
    return Digest.ofCanonical(toMap());
  }

  /** The work of all stages. */
  public Work work() {
    return stages.stream().map(PlannedStage::work).reduce(Work.NONE, Work::plus);
  }

  /** A JSON tree that {@link #fromMap} reads back. */
  public Map<String, Object> toMap() {
    return PlanTree.write(this);
  }

  /**
   * @throws IllegalArgumentException when the tree is not one that {@link #toMap} wrote
   */
  public static ExperimentPlan fromMap(Map<String, ?> tree) {
    return PlanTree.read(tree);
  }
}
