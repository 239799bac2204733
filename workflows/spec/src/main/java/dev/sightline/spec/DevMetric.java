package dev.sightline.spec;

/** What a decision on dev reads: A or P of the image, in the evaluation's template. */
public enum DevMetric implements WireName {
  ACCURACY,
  PERCEPTION
}
