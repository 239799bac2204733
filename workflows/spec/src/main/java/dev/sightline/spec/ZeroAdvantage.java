package dev.sightline.spec;

/** What a step does when every advantage is exactly zero. */
public enum ZeroAdvantage implements WireName {
  APPLY,
  SKIP
}
