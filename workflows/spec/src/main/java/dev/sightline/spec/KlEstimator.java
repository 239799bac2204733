package dev.sightline.spec;

/**
 * Estimates of the divergence from the start: d, d^2 / 2, exp(-d) + d - 1 with d = log p - log q.
 */
public enum KlEstimator implements WireName {
  K1,
  K2,
  K3
}
