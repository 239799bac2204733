package dev.sightline.spec;

/**
 * What the supervised start teaches: {@code full} = description, answer and perception questions.
 */
public enum WarmStartKind implements WireName {
  FULL
}
