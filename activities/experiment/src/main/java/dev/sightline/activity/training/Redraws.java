package dev.sightline.activity.training;

import dev.sightline.activity.Trees;
import dev.sightline.foundation.Digest;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.triton.policy.RolloutResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which groups of a stored rollout were sampled again, and what the first draws were like. It lies
 * in the rollout's artifact, beside the completions that count; the artifact of each further draw
 * stays as it came.
 *
 * @param waves draws after the first, each of groups that had no advantages; empty: none
 * @param firstReward mean reward of the first draws, which no choice has touched
 * @param firstDegenerate groups without advantages among them
 */
record Redraws(List<Wave> waves, double firstReward, int firstDegenerate) {
  static final Redraws NONE = new Redraws(List.of(), 0, 0);

  private static final String FIELD = "redraws";

  /**
   * Groups drawn again together.
   *
   * @param rollout digest of what came
   * @param prompts in batch order
   */
  record Wave(Digest rollout, List<String> prompts) {
    Wave {
      prompts = List.copyOf(prompts);
    }
  }

  Redraws {
    waves = List.copyOf(waves);
  }

  /** Those of a stored rollout. */
  static Redraws of(byte[] rollout) {
    if (!(Trees.read(rollout).get(FIELD) instanceof Map<?, ?> map)) {
      return NONE;
    }
    List<Wave> waves = new ArrayList<>();
    for (Object wave : (List<?>) Objects.requireNonNull(map.get("waves"))) {
      Map<?, ?> fields = (Map<?, ?>) wave;
      waves.add(
          new Wave(
              new Digest(String.valueOf(fields.get("rollout"))),
              ((List<?>) Objects.requireNonNull(fields.get("prompts")))
                  .stream().map(String::valueOf).toList()));
    }
    return new Redraws(
        waves,
        ((Number) Objects.requireNonNull(map.get("firstReward"))).doubleValue(),
        ((Number) Objects.requireNonNull(map.get("firstDegenerate"))).intValue());
  }

  /** Groups sampled besides the step's own. */
  int drawn() {
    return waves.stream().mapToInt(wave -> wave.prompts().size()).sum();
  }

  /** Prompts that were sampled more than once. */
  Set<String> prompts() {
    Set<String> prompts = new LinkedHashSet<>();
    waves.forEach(wave -> prompts.addAll(wave.prompts()));
    return prompts;
  }

  /** Which draw a prompt's completions come from, 0 for the first. */
  int wave(String prompt) {
    for (int wave = waves.size(); wave > 0; wave--) {
      if (waves.get(wave - 1).prompts().contains(prompt)) {
        return wave;
      }
    }
    return 0;
  }

  /**
   * The prompts to sample next: those without advantages, in batch order, as far as the budget
   * goes; empty: none.
   */
  List<String> next(ExperimentSpec.Resample rule, RolloutResult rollout, StepScores scores) {
    int left = rule.budget() - drawn();
    if (waves.size() >= rule.tries() || left <= 0) {
      return List.of();
    }
    return degenerate(rollout, scores.advantages()).stream().limit(left).toList();
  }

  /** Prompts all of whose completions have the advantage 0: their rewards are all equal. */
  static Set<String> degenerate(RolloutResult rollout, List<Double> advantages) {
    Set<String> flat = new LinkedHashSet<>();
    rollout.completions().forEach(completion -> flat.add(completion.prompt()));
    for (int i = 0; i < advantages.size(); i++) {
      if (advantages.get(i) != 0) {
        flat.remove(rollout.completions().get(i).prompt());
      }
    }
    return flat;
  }

  /**
   * The rollout with a further draw's groups in the place of their old ones.
   *
   * @param rollout the stored rollout before it
   * @param scores of that rollout
   * @param wave the draw
   * @param drawn its bytes
   */
  byte[] with(byte[] rollout, StepScores scores, Wave wave, byte[] drawn) {
    Map<String, Object> tree = Trees.read(rollout);
    Map<String, Object> more = Trees.read(drawn);
    Map<String, Object> fresh = new LinkedHashMap<>();
    completions(more).forEach(completion -> fresh.put(name(completion), completion));
    tree.put(
        "completions",
        completions(tree).stream()
            .map(completion -> fresh.getOrDefault(name(completion), completion))
            .toList());
    Map<String, Object> metrics = new LinkedHashMap<>(metrics(tree));
    metrics.replaceAll(
        (name, value) ->
            ((Number) value).longValue()
                + ((Number) Objects.requireNonNull(metrics(more).get(name))).longValue());
    tree.put("metrics", metrics);
    List<Wave> all = new ArrayList<>(waves);
    all.add(wave);
    boolean first = waves.isEmpty();
    Map<String, Object> field = new LinkedHashMap<>();
    field.put(
        "waves",
        all.stream()
            .map(one -> Map.of("rollout", one.rollout().hex(), "prompts", one.prompts()))
            .toList());
    field.put(
        "firstReward",
        first ? Objects.requireNonNull(scores.metrics().get("reward")) : (Double) firstReward);
    field.put(
        "firstDegenerate",
        first
            ? degenerate(RolloutResult.read(rollout), scores.advantages()).size()
            : (Integer) firstDegenerate);
    tree.put(FIELD, field);
    return Trees.bytes(tree);
  }

  private static List<?> completions(Map<String, Object> rollout) {
    return (List<?>) Objects.requireNonNull(rollout.get("completions"), "a rollout's completions");
  }

  @SuppressWarnings("unchecked") // counts by name, as the policy writes them
  private static Map<String, Object> metrics(Map<String, Object> rollout) {
    return (Map<String, Object>) Objects.requireNonNull(rollout.get("metrics"), "its metrics");
  }

  private static String name(Object completion) {
    Map<?, ?> fields = (Map<?, ?>) completion;
    return fields.get("prompt") + "/" + fields.get("sample");
  }

  /**
   * What the step's row says of it.
   *
   * @param scores advantages of the completions that count
   * @param sampledTokens tokens of all draws
   */
  Map<String, Object> metrics(RolloutResult rollout, List<Double> scores) {
    Set<String> rescued = prompts();
    rescued.removeAll(degenerate(rollout, scores));
    long kept = rollout.completions().stream().mapToLong(c -> c.tokens().size()).sum();
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("waves", waves.size());
    metrics.put("drawn", drawn());
    metrics.put("rescued", rescued.size());
    metrics.put("droppedTokens", rollout.completionTokens() - kept);
    metrics.put("firstReward", firstReward);
    metrics.put("firstDegenerate", firstDegenerate);
    return metrics;
  }
}
