package dev.sightline.spec;

/**
 * The loss of an optimizer step, named as TRL names it (deploy/triton/README.md, "Losses"). A kind
 * decides the defaults of the other fields of the loss.
 */
public enum LossKind implements DecidesDefaults {
  GRPO(LossAggregation.SEQUENCE_MEAN, ""),
  DR_GRPO(LossAggregation.CONSTANT, ""),
  DAPO(LossAggregation.TOKEN_MEAN, "clipHigh: 0.28, maskTruncated: true"),
  BNPO(LossAggregation.TOKEN_MEAN, ""),
  GSPO(LossAggregation.SEQUENCE_MEAN, "clipLow: 0.0003, clipHigh: 0.0004"),
  CISPO(LossAggregation.TOKEN_MEAN, "ratioCap: 5.0"),
  SAPO(LossAggregation.SEQUENCE_MEAN, "temperaturePositive: 1.0, temperatureNegative: 1.05");

  private final LossAggregation aggregation;
  private final String defaults;

  LossKind(LossAggregation aggregation, String defaults) {
    this.aggregation = aggregation;
    this.defaults = defaults;
  }

  /** The kind's own; only {@link #GRPO} may have another. */
  public LossAggregation aggregation() {
    return aggregation;
  }

  /** Whether the ratio is held between bounds. */
  public boolean clips() {
    return this != CISPO && this != SAPO;
  }

  @Override
  public String defaults() {
    String own = "aggregation: " + aggregation.wire();
    return "{" + (defaults.isEmpty() ? own : own + ", " + defaults) + "}";
  }
}
