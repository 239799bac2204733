package dev.sightline.spec;

/** The policies that an experiment may name; {@link Trainable} says which can be trained. */
public enum ModelKind implements WireName {
  /** Random-initialised, small enough for a CPU. */
  TINY_VL("tiny-vl"),
  /** Pretrained and instruction-tuned, 7 billion parameters. */
  QWEN_2_5_VL_7B("qwen2.5-vl-7b"),
  /** Whatever {@code policy.folder} holds. */
  FOLDER("folder");

  private final String wire;

  ModelKind(String wire) {
    this.wire = wire;
  }

  @Override
  public String wire() {
    return wire;
  }

  /** Whether it starts from random weights: what it shows is a mechanism, no claim on a model. */
  public boolean random() {
    return this == TINY_VL;
  }
}
