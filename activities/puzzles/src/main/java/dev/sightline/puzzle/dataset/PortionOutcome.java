package dev.sightline.puzzle.dataset;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * How a portion's candidates became items.
 *
 * @param splits by split, all three
 */
public record PortionOutcome(Portion portion, SplitRule rule, Map<Split, Tally> splits) {
  public PortionOutcome {
    splits =
        java.util.Collections.unmodifiableMap(
            splits.isEmpty() ? new EnumMap<>(Split.class) : new EnumMap<>(splits));
  }

  public Tally of(Split split) {
    return Objects.requireNonNull(splits.get(split), "every split has a tally");
  }

  /**
   * What became of the candidates that were looked at.
   *
   * @param kept items
   * @param drops others by reason; reasons without any are absent
   */
  public record Tally(int kept, Map<DropReason, Integer> drops) {
    public Tally {
      drops =
          java.util.Collections.unmodifiableMap(
              drops.isEmpty() ? new EnumMap<>(DropReason.class) : new EnumMap<>(drops));
    }
  }
}
