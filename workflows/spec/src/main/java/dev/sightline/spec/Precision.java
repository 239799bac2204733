package dev.sightline.spec;

/** The numbers that weights are held and multiplied in. */
public enum Precision implements WireName {
  FLOAT32,
  /** Steps are taken in float32 copies of the weights. */
  BFLOAT16
}
