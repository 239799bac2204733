package dev.sightline.spec;

/** How token losses become one number. */
public enum LossAggregation implements WireName {
  SEQUENCE_MEAN,
  TOKEN_MEAN,
  CONSTANT
}
