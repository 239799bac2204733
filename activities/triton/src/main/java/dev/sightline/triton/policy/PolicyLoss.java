package dev.sightline.triton.policy;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The loss of a {@code train} step (PROTOCOL.md, "train"). What a kind does not read is null.
 *
 * @param clipLow the ratio is held above {@code 1 - clipLow}; given for the kinds that clip
 * @param clipHigh the ratio is held below {@code 1 + clipHigh}; given for the kinds that clip
 * @param constantLength tokens; given for {@link Aggregation#CONSTANT}
 * @param ratioCap the most that a ratio counts; given for {@link Kind#CISPO}
 * @param temperaturePositive of the gate where the advantage is above 0; given for {@link
 *     Kind#SAPO}
 * @param temperatureNegative of the gate elsewhere; given for {@link Kind#SAPO}
 */
public record PolicyLoss(
    Kind kind,
    Aggregation aggregation,
    @Nullable Double clipLow,
    @Nullable Double clipHigh,
    @Nullable Integer constantLength,
    @Nullable Double ratioCap,
    @Nullable Double temperaturePositive,
    @Nullable Double temperatureNegative,
    @Nullable Kl kl,
    @Nullable Correction correction) {
  public PolicyLoss {
    boolean clips = kind != Kind.CISPO && kind != Kind.SAPO;
    goesWith("clipLow", clipLow, clips, kind.wireName());
    goesWith("clipHigh", clipHigh, clips, kind.wireName());
    goesWith("ratioCap", ratioCap, kind == Kind.CISPO, kind.wireName());
    goesWith("temperaturePositive", temperaturePositive, kind == Kind.SAPO, kind.wireName());
    goesWith("temperatureNegative", temperatureNegative, kind == Kind.SAPO, kind.wireName());
    goesWith(
        "constantLength",
        constantLength,
        aggregation == Aggregation.CONSTANT,
        "aggregation " + aggregation.wireName());
  }

  private static void goesWith(String name, @Nullable Number value, boolean needed, String what) {
    if (value != null && value.doubleValue() < 0) {
      throw new IllegalArgumentException(name + " is negative: " + value);
    }
    if ((value != null) != needed) {
      throw new IllegalArgumentException(
          name + (needed ? " is needed for " : " does not go with ") + what);
    }
  }

  /** Plain GRPO: the clipped surrogate. */
  public static PolicyLoss clipped(
      double clipLow, double clipHigh, Aggregation aggregation, @Nullable Integer constantLength) {
    return new PolicyLoss(
        Kind.GRPO, aggregation, clipLow, clipHigh, constantLength, null, null, null, null, null);
  }

  /** The members of the family. */
  public enum Kind {
    GRPO,
    DR_GRPO,
    DAPO,
    BNPO,
    GSPO,
    CISPO,
    SAPO;

    public String wireName() {
      return wire(this);
    }
  }

  /** How the terms of tokens become one number. */
  public enum Aggregation {
    SEQUENCE_MEAN,
    TOKEN_MEAN,
    CONSTANT;

    public String wireName() {
      return wire(this);
    }
  }

  /** Estimates of the divergence. */
  public enum Estimator {
    K1,
    K2,
    K3;

    public String wireName() {
      return wire(this);
    }
  }

  /** Whose ratio to the sampler is truncated. */
  public enum CorrectionMode {
    TOKEN_TRUNCATE,
    SEQUENCE_TRUNCATE;

    public String wireName() {
      return wire(this);
    }
  }

  /**
   * A penalty on the divergence from a reference; each completion then has its log-probabilities.
   *
   * @param weighted whether the estimate is multiplied by the ratio
   */
  public record Kl(Estimator estimator, double coefficient, boolean weighted) {
    Map<String, @Nullable Object> toTree() {
      return Trees.of(
          "estimator", estimator.wireName(), "coefficient", coefficient, "weighted", weighted);
    }
  }

  /** Importance weights of the present policy to the sampler, at most {@code cap}. */
  public record Correction(CorrectionMode mode, double cap) {
    Map<String, @Nullable Object> toTree() {
      return Trees.of("mode", mode.wireName(), "cap", cap);
    }
  }

  /** The first five stand in every payload; the others only where the loss has them. */
  Map<String, @Nullable Object> toTree() {
    Map<String, @Nullable Object> tree =
        Trees.of(
            "kind", kind.wireName(),
            "clipLow", clipLow,
            "clipHigh", clipHigh,
            "aggregation", aggregation.wireName(),
            "constantLength", constantLength);
    Trees.putGiven(tree, "ratioCap", ratioCap);
    Trees.putGiven(tree, "temperaturePositive", temperaturePositive);
    Trees.putGiven(tree, "temperatureNegative", temperatureNegative);
    Trees.putGiven(tree, "kl", kl == null ? null : kl.toTree());
    Trees.putGiven(tree, "correction", correction == null ? null : correction.toTree());
    return tree;
  }

  private static String wire(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
