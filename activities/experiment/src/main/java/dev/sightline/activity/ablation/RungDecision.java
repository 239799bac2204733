package dev.sightline.activity.ablation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.activity.Trees;
import dev.sightline.spec.Ablation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Which arms go on from a rung, and all that the decision was made from.
 *
 * @param number from 1
 * @param standings the rung's arms, best first; those without any run last
 * @param promoted the arms that go on, best first
 */
record RungDecision(
    int number, int step, int keep, List<Standing> standings, List<String> promoted) {
  RungDecision {
    standings = List.copyOf(standings);
    promoted = List.copyOf(promoted);
  }

  /**
   * One arm at the rung.
   *
   * @param dev accuracy on dev by run seed; a skipped run is not in it
   */
  record Standing(String arm, Map<Long, Double> dev) {
    Standing {
      dev = Collections.unmodifiableMap(new TreeMap<>(dev));
    }

    /**
     * Mean over the seeds; empty when every run was skipped. To nine places, so that sums of the
     * same counts in another order tie.
     */
    OptionalDouble mean() {
      OptionalDouble mean = dev.values().stream().mapToDouble(Double::doubleValue).average();
      return mean.isPresent() ? OptionalDouble.of(Math.rint(mean.getAsDouble() * 1e9) / 1e9) : mean;
    }
  }

  /**
   * The best {@code keep} by mean dev accuracy, ties by name; the reference goes on besides, for
   * what is left is compared with it.
   */
  static RungDecision of(
      int number, Ablation.Rung rung, List<Standing> standings, String reference) {
    List<Standing> ranked =
        standings.stream()
            .sorted(
                Comparator.comparingDouble((Standing s) -> -s.mean().orElse(-1))
                    .thenComparing(Standing::arm))
            .toList();
    List<String> promoted =
        new ArrayList<>(
            ranked.stream()
                .filter(standing -> standing.mean().isPresent())
                .limit(rung.keep())
                .map(Standing::arm)
                .toList());
    if (!promoted.contains(reference)) {
      promoted.add(reference);
    }
    return new RungDecision(number, rung.step(), rung.keep(), ranked, promoted);
  }

  /** The row's body. */
  JsonNode tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("step", step);
    tree.put("keep", keep);
    tree.put(
        "arms",
        standings.stream()
            .map(
                standing -> {
                  Map<String, Object> dev = new LinkedHashMap<>();
                  standing.dev().forEach((seed, value) -> dev.put(String.valueOf(seed), value));
                  return Map.of("arm", standing.arm(), "devAccuracy", dev);
                })
            .toList());
    tree.put("promoted", promoted);
    return Trees.node(tree);
  }

  /** Reads what {@link #tree} wrote. */
  static RungDecision read(int number, JsonNode body) {
    List<Standing> standings = new ArrayList<>();
    for (JsonNode arm : body.path("arms")) {
      Map<Long, Double> dev = new LinkedHashMap<>();
      arm.path("devAccuracy")
          .properties()
          .forEach(entry -> dev.put(Long.valueOf(entry.getKey()), entry.getValue().doubleValue()));
      standings.add(new Standing(arm.path("arm").asText(), dev));
    }
    List<String> promoted = new ArrayList<>();
    body.path("promoted").forEach(arm -> promoted.add(arm.asText()));
    return new RungDecision(
        number, body.path("step").asInt(), body.path("keep").asInt(), standings, promoted);
  }

  /** The seeds with which an arm came here. */
  List<Long> seeds(String arm) {
    return standings.stream()
        .filter(standing -> standing.arm().equals(arm))
        .flatMap(standing -> standing.dev().keySet().stream())
        .toList();
  }

  boolean stops(String arm) {
    return !promoted.contains(arm)
        && standings.stream().anyMatch(standing -> standing.arm().equals(arm));
  }

  /** Why an arm was stopped, in words. */
  String words(String arm) {
    for (int place = 0; place < standings.size(); place++) {
      Standing standing = standings.get(place);
      if (standing.arm().equals(arm)) {
        return standing.mean().isEmpty()
            ? "all its runs were skipped before rung " + number
            : String.format(
                Locale.ROOT,
                "stopped at rung %d (step %d) by dev accuracy %.3f, place %d of %d, where %d went"
                    + " on: a search, no verdict",
                number,
                step,
                standing.mean().getAsDouble(),
                place + 1,
                standings.size(),
                keep);
      }
    }
    return "it did not come to rung " + number;
  }
}
