package dev.sightline.spec;

/** The policies that this version can train. */
public enum ModelKind implements WireName {
  TINY_VL
}
