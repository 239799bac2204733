package dev.sightline.spec;

/** The loss of an optimizer step. */
public enum LossKind implements WireName {
  GRPO
}
