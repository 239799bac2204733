package dev.sightline.puzzle;

/** What a description in a family's grammar says. The five states are D of science.md 3. */
public sealed interface DescriptionReading {
  /** No text at all. */
  record Missing() implements DescriptionReading {}

  /** Text outside the grammar, or of a size that says nothing about which place is meant. */
  record Unparsable(String reason) implements DescriptionReading {}

  /** Says something about some places and nothing about others. */
  record Partial(Assertions assertions) implements DescriptionReading {}

  /** Says two different things about one place. */
  record Contradictory(Assertions assertions) implements DescriptionReading {}

  /** Describes a whole scene, which need not be a legal one. */
  record Complete(Scene scene) implements DescriptionReading {}

  /** What is asserted, in the family's own form. */
  interface Assertions {
    /** How many facts are asserted, repeats counted. */
    int count();
  }

  /** The state's name in records and reports. */
  default String status() {
    return switch (this) {
      case Missing missing -> "missing";
      case Unparsable unparsable -> "unparsable";
      case Partial partial -> "partial";
      case Contradictory contradictory -> "contradictory";
      case Complete complete -> "complete";
    };
  }
}
