package dev.sightline.spec;

/** The parts of a data set. */
public enum Split implements WireName {
  TRAIN,
  DEV,
  TEST
}
