package dev.sightline.activity.ablation;

import dev.sightline.storage.StepLedger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rounds of a run that did not go through at once, from its ledger; for the report's
 * provenance, since no number depends on it.
 */
final class InterruptedRounds {
  private InterruptedRounds() {}

  /**
   * One entry for each, in order: {@code round}; {@code attempts} (the most that a step was planned
   * again and again); {@code restarts} (how often another incarnation of a policy server went on);
   * {@code branch} (above 0: an operator had it begun anew).
   *
   * @param live the committed live path
   */
  static List<Map<String, Object>> of(List<StepLedger.Step> live) {
    Map<Integer, List<StepLedger.Step>> rounds = new TreeMap<>();
    live.forEach(
        step ->
            rounds.computeIfAbsent(step.identity().round(), unused -> new ArrayList<>()).add(step));
    List<Map<String, Object>> interrupted = new ArrayList<>();
    rounds.forEach(
        (round, steps) -> {
          int attempts = steps.stream().mapToInt(StepLedger.Step::attempts).max().orElse(1);
          Set<String> incarnations = new LinkedHashSet<>();
          steps.forEach(step -> incarnations.add(String.valueOf(step.incarnation())));
          int branch = steps.getFirst().identity().branch();
          if (attempts > 1 || incarnations.size() > 1 || branch > 0) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("round", round);
            entry.put("attempts", attempts);
            entry.put("restarts", incarnations.size() - 1);
            entry.put("branch", branch);
            interrupted.add(entry);
          }
        });
    return List.copyOf(interrupted);
  }
}
