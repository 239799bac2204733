package dev.sightline.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The experiment as one arm has it: fields that the arm sets by path. */
public final class ArmSettings {
  private static final Set<String> PARTS = Set.of("policy", "dataset", "warmStart", "training");

  /** Rounds are cut alike, and arms are compared at equal optimizer steps. */
  private static final Set<String> SHARED =
      Set.of(
          "training.steps",
          "training.stepsPerRound",
          "training.checkpointEveryRounds",
          "policy.seed");

  private static final String KIND = "kind";
  private static final String LOSS_KIND = "training.loss." + KIND;

  private ArmSettings() {}

  /**
   * The experiment with the arm's own settings; the same one where it has none.
   *
   * @throws IllegalArgumentException when the settings are wrong, which reading would have found
   */
  public static ExperimentSpec of(ExperimentSpec spec, ExperimentSpec.Arm arm) {
    if (arm.set() == null) {
      return spec;
    }
    return switch (new SpecReader(Catalogs.NONE).readTree(tree(SpecWriter.tree(spec), arm.set()))) {
      case SpecResult.Valid valid -> valid.spec();
      case SpecResult.Invalid invalid -> throw new IllegalArgumentException(invalid.text());
    };
  }

  /** Why a path cannot be set at all. */
  static Optional<String> refusal(ExperimentSpec spec, String path, @Nullable Object value) {
    String part = path.contains(".") ? path.substring(0, path.indexOf('.')) : path;
    if (path.equals("warmStart")) {
      return value == null ? Optional.empty() : Optional.of("takes null only, for no warm start");
    }
    if (!PARTS.contains(part) || !path.contains(".")) {
      return Optional.of("is no path into " + String.join(", ", PARTS.stream().sorted().toList()));
    }
    if (SHARED.contains(path)) {
      return Optional.of("is the same for all arms");
    }
    return part.equals("warmStart") && spec.warmStart() == null
        ? Optional.of("sets a warm start that the experiment does not have")
        : Optional.empty();
  }

  /** A copy of the tree with values put at paths; the arms' own settings are left out. */
  static Map<String, Object> tree(Map<String, Object> spec, Map<String, Object> settings) {
    Map<String, Object> tree = copy(spec);
    tree.put(
        "arms",
        ((List<?>) tree.getOrDefault("arms", List.of())).stream().map(ArmSettings::plain).toList());
    if (settings.containsKey(LOSS_KIND)) {
      forgetLossDefaults(tree);
    }
    settings.forEach((path, value) -> put(tree, List.of(path.split("\\.")), value));
    return tree;
  }

  /**
   * Takes out of the loss what its kind alone decides, so that another kind decides it anew. A
   * resolved experiment does not tell a default from the same value written out, so that too goes.
   */
  private static void forgetLossDefaults(Map<String, Object> tree) {
    Map<String, Object> training = inner(tree, "training");
    Map<String, Object> loss = inner(training, "loss");
    Map<String, Object> kind = new LinkedHashMap<>();
    if (loss.containsKey(KIND)) {
      kind.put(KIND, loss.get(KIND));
    }
    new RecordReader(new Findings(""))
        .read(RecordType.of(ExperimentSpec.Loss.class), JsonTree.of(kind), "")
        .map(SpecWriter::record)
        .ifPresent(
            byKind ->
                loss.entrySet()
                    .removeIf(
                        field -> Objects.equals(byKind.get(field.getKey()), field.getValue())));
    training.put("loss", loss);
    tree.put("training", training);
  }

  private static Map<String, Object> inner(Map<String, Object> tree, String key) {
    return tree.get(key) instanceof Map<?, ?> map ? copy(map) : new LinkedHashMap<>();
  }

  private static Map<String, Object> plain(Object arm) {
    Map<String, Object> plain = copy((Map<?, ?>) arm);
    plain.remove("set");
    return plain;
  }

  @SuppressWarnings("NullAway") // a JSON tree holds nulls, which Map<String, Object> cannot say
  private static void put(Map<String, Object> tree, List<String> path, @Nullable Object value) {
    String key = path.getFirst();
    if (path.size() == 1) {
      tree.put(key, value);
      return;
    }
    Map<String, Object> inner = inner(tree, key);
    put(inner, path.subList(1, path.size()), value);
    tree.put(key, inner);
  }

  private static Map<String, Object> copy(Map<?, ?> map) {
    return new LinkedHashMap<>(Trees.copyMap(map));
  }
}
