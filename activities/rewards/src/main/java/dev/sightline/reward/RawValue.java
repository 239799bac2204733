package dev.sightline.reward;

/** What a term says of a completion. */
public sealed interface RawValue {
  /** The raw value, before clip and weight. */
  record Of(double value) implements RawValue {}

  /**
   * The term does not apply, which is not the same as 0. Must depend on item, mode and evidence
   * alone, never on the text, so that a group has the term or has it not.
   */
  record Absent(String reason) implements RawValue {}

  static RawValue of(double value) {
    return new Of(value);
  }

  static RawValue of(boolean value) {
    return new Of(value ? 1 : 0);
  }
}
