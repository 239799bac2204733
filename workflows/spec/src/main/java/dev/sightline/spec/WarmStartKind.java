package dev.sightline.spec;

/** What the supervised start teaches. */
public enum WarmStartKind implements WireName {
  /** Description, answer and perception questions, with images. */
  FULL,
  /** Random pairs of scene and description of other families, without images. */
  GRAMMAR
}
