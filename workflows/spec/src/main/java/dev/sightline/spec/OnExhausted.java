package dev.sightline.spec;

/** What is done when a budget is spent. */
public enum OnExhausted implements WireName {
  ASK,
  STOP
}
