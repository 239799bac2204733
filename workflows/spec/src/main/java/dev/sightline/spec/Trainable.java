package dev.sightline.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * What an experiment asks for and this version cannot train yet; plans may hold it all the same.
 */
public final class Trainable {
  /** Beginnings of the paths that arms may set. */
  private static final List<String> VARYING =
      List.of("training.", "dataset.imageSize", "policy.visionTower", "policy.lora");

  private Trainable() {}

  /** One sentence for each such wish, in the order of the file; empty: it can be run. */
  public static List<String> missing(ExperimentSpec spec) {
    List<String> missing = new ArrayList<>();
    if (spec.policy().model() != ModelKind.TINY_VL && spec.policy().folder() == null) {
      missing.add(
          "policy.model: "
              + spec.policy().model().wire()
              + " needs its weights; name their folder in policy.folder.path");
    }
    ExperimentSpec.WarmStart warmStart = spec.warmStart();
    if (warmStart != null && warmStart.kind() == WarmStartKind.GRAMMAR) {
      missing.add("warmStart.kind: grammar cannot be made yet; take full, or no warm start");
    }
    if (spec.evaluation().imported() != null) {
      missing.add(
          "evaluation.imported: "
              + spec.evaluation().imported()
              + " cannot be asked by an experiment yet; leave it out to test on our own items");
    }
    for (ExperimentSpec.Arm arm : spec.arms()) {
      if (arm.set() != null) {
        arm.set().keySet().stream()
            .filter(path -> VARYING.stream().noneMatch(path::startsWith))
            .sorted()
            .forEach(
                path ->
                    missing.add(
                        "arm "
                            + arm.name()
                            + ": "
                            + path
                            + " cannot differ between arms yet; this version varies the reward,"
                            + " the prompt, dataset.imageSize, training.*, policy.visionTower and"
                            + " policy.lora"));
      }
    }
    return missing;
  }
}
