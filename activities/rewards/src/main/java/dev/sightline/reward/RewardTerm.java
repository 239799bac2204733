package dev.sightline.reward;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One measure of a completion, of which rewards are made. Implementations are pure, thread-safe and
 * found by {@link java.util.ServiceLoader}, Sightline's own like everybody else's: a public class
 * with a public constructor without parameters, named in {@code
 * META-INF/services/dev.sightline.reward.RewardTerm}.
 */
public interface RewardTerm {
  /**
   * Bounds of raw values, both included.
   *
   * @param low may be equal to {@code high}
   */
  record Range(double low, double high) {
    public static final Range SHARE = new Range(0, 1);

    public Range {
      if (!(low <= high && Double.isFinite(low) && Double.isFinite(high))) {
        throw new IllegalArgumentException("no range: " + low + " to " + high);
      }
    }

    boolean holds(double value) {
      return value >= low && value <= high;
    }
  }

  /** The name in specifications and records: lower-case words with underscores. */
  String name();

  /** One sentence for a researcher. */
  String doc();

  /** What a design must name besides the term, if anything; part of the name in records. */
  default Optional<TermSetting> parameter() {
    return Optional.empty();
  }

  /** What a design may set; each has a default. */
  default List<TermSetting> settings() {
    return List.of();
  }

  default Set<Evidence> evidence(TermSettings settings) {
    return Set.of(Evidence.COMPLETION);
  }

  /** Bounds of raw values; a value outside of them is an error of the term. */
  default Range range(TermSettings settings) {
    return Range.SHARE;
  }

  /**
   * The raw value. All evidence that the term asks for is there, else this is not called, and terms
   * on the scene are called only where P exists ({@link AttemptReading#noPerception()}).
   */
  RawValue score(AttemptReading attempt, TermSettings settings);
}
