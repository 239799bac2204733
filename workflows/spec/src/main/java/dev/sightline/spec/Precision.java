package dev.sightline.spec;

/** The numbers that weights are held and multiplied in. */
public enum Precision implements WireName {
  FLOAT32(4),
  /** Steps are taken in float32 copies of the weights. */
  BFLOAT16(2);

  private final int bytes;

  Precision(int bytes) {
    this.bytes = bytes;
  }

  /** Of one number. */
  public int bytes() {
    return bytes;
  }
}
