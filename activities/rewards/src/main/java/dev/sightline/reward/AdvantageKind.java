package dev.sightline.reward;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How rewards become advantages (science.md 6). */
public enum AdvantageKind {
  /** (reward - group mean) / (group standard deviation + epsilon). */
  GRPO,
  /** Reward - group mean. */
  DR_GRPO,
  /** Reward - mean of the group's other rewards. */
  RLOO,
  /** (Reward - group mean) / (standard deviation of all rewards of the step + epsilon). */
  BATCH_NORMALISED,
  /** Per term as GRPO, weighted sum, then the same over the batch. */
  GDPO;

  /** The name in specifications. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<AdvantageKind> byName(String name) {
    return Arrays.stream(values()).filter(kind -> kind.wireName().equals(name)).findFirst();
  }

  public static List<String> names() {
    return Arrays.stream(values()).map(AdvantageKind::wireName).toList();
  }
}
