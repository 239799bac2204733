package dev.sightline.spec;

import dev.sightline.foundation.Digest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Digests of a spec and of its parts. A digest covers what can change numbers and nothing else: key
 * order, comments, title, {@code operations} and (for runs) where rounds are cut leave it alone.
 */
public final class SpecDigest {
  /** Raised whenever equal parts give other items or item ids. */
  private static final int ASSEMBLY = 2;

  private SpecDigest() {}

  /** The experiment's digest: all of the spec but title and operations. */
  public static Digest of(ExperimentSpec spec) {
    Map<String, Object> tree = SpecWriter.tree(spec);
    tree.remove("title");
    tree.remove("operations");
    return Digest.ofCanonical(tree);
  }

  /** {@code <name>-<first 12 hex of the digest>}. */
  public static String experimentId(ExperimentSpec spec) {
    return Ids.experiment(spec.name(), of(spec));
  }

  /**
   * What the data set depends on.
   *
   * @param familyVersion versions of the families' rules ({@link DatasetParts#version})
   */
  public static Map<String, Object> datasetSpec(ExperimentSpec spec, String familyVersion) {
    Map<String, Object> tree = kind("dataset");
    tree.put("seed", Objects.requireNonNull(SpecWriter.value(spec.seed())));
    tree.put("familyVersion", familyVersion);
    tree.put("assembly", ASSEMBLY);
    tree.putAll(SpecWriter.record(spec.dataset()));
    return tree;
  }

  public static Digest dataset(ExperimentSpec spec, String familyVersion) {
    return Digest.ofCanonical(datasetSpec(spec, familyVersion));
  }

  /** What the supervised start depends on. The spec has to have one. */
  public static Map<String, Object> warmStartSpec(ExperimentSpec spec, Digest dataset) {
    ExperimentSpec.WarmStart warmStart =
        Objects.requireNonNull(spec.warmStart(), "the spec has no warm start");
    Map<String, Object> tree = kind("warm-start");
    tree.put("seed", Objects.requireNonNull(SpecWriter.value(spec.seed())));
    tree.put("dataset", dataset.hex());
    Map<String, Object> policy = SpecWriter.record(spec.policy());
    policy.keySet().removeAll(List.of("visionTower", "lora")); // what arms train
    tree.put("policy", policy);
    Map<String, Object> numbers = SpecWriter.record(warmStart);
    numbers.remove("stepsPerRound");
    numbers.remove("template");
    String template = warmStart.template(spec.evaluation());
    Optional<ExperimentSpec.Prompt> own = spec.prompt(template);
    if (own.isPresent()) {
      numbers.put("prompt", SpecWriter.record(own.get()));
    } else if (!template.equals("probe")) { // older digests do not have it
      numbers.put("template", template);
    }
    tree.put("warmStart", numbers);
    return tree;
  }

  public static Digest warmStart(ExperimentSpec spec, Digest dataset) {
    return Digest.ofCanonical(warmStartSpec(spec, dataset));
  }

  /**
   * What one run of one arm depends on. The arm's name is not among it, for arms share their random
   * numbers: two arms of one design are one run with two names.
   */
  @SuppressWarnings("NullAway") // a JSON tree holds nulls, which Map<String, Object> cannot say
  public static Map<String, Object> runSpec(
      ExperimentSpec whole, Digest dataset, ExperimentSpec.Arm arm, long runSeed) {
    ExperimentSpec spec = ArmSettings.of(whole, arm);
    @Nullable String start = spec.warmStart() == null ? null : warmStart(spec, dataset).hex();
    Map<String, Object> tree = kind("run");
    tree.put("seed", SpecWriter.value(spec.seed()));
    tree.put("runSeed", SpecWriter.value(runSeed));
    tree.put("dataset", dataset.hex());
    if (!spec.dataset().imageSize().equals(whole.dataset().imageSize())) {
      tree.put("imageSize", SpecWriter.record(spec.dataset().imageSize()));
    }
    tree.put("policy", SpecWriter.record(spec.policy()));
    tree.put("warmStart", start);
    Map<String, Object> numbers = SpecWriter.record(spec.training());
    numbers.remove("stepsPerRound");
    numbers.remove("checkpointEveryRounds");
    tree.put("training", numbers);
    Map<String, Object> design = SpecWriter.record(arm);
    design.remove("name");
    if (arm.prompt() != null) {
      design.remove("template"); // only what the prompt is called
    }
    design.remove("set");
    tree.put("arm", design);
    return tree;
  }

  public static Digest run(
      ExperimentSpec spec, Digest dataset, ExperimentSpec.Arm arm, long runSeed) {
    return Digest.ofCanonical(runSpec(spec, dataset, arm, runSeed));
  }

  private static Map<String, Object> kind(String kind) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("kind", kind);
    return tree;
  }
}
