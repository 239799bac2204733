package dev.sightline.reward;

/** A term as users bring it. */
public final class Supplied implements RewardTerm {
  @Override
  public String name() {
    return "vowels";
  }

  @Override
  public String doc() {
    return "Share of vowels.";
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    String text = attempt.attempt().text();
    long vowels = text.chars().filter(c -> "aeiou".indexOf(c) >= 0).count();
    return RawValue.of(text.isEmpty() ? 0 : (double) vowels / text.length());
  }

  /** Breaks its promise. */
  static final class OutOfRange implements RewardTerm {
    @Override
    public String name() {
      return "broken";
    }

    @Override
    public String doc() {
      return "Always 2.";
    }

    @Override
    public RawValue score(AttemptReading attempt, TermSettings settings) {
      return RawValue.of(2.0);
    }
  }

  /** Cannot be written in a file. */
  static final class OddName implements RewardTerm {
    @Override
    public String name() {
      return "Odd name";
    }

    @Override
    public String doc() {
      return "Always 0.";
    }

    @Override
    public RawValue score(AttemptReading attempt, TermSettings settings) {
      return RawValue.of(0.0);
    }
  }
}
