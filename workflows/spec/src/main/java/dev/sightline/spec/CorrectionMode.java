package dev.sightline.spec;

/** Whose ratio to the sampler is truncated: a token's, or the product over its completion. */
public enum CorrectionMode implements WireName {
  TOKEN_TRUNCATE,
  SEQUENCE_TRUNCATE
}
