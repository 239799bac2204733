package dev.sightline.spec;

/** The course of the learning rate after its warm-up. */
public enum ScheduleKind implements WireName {
  CONSTANT,
  LINEAR,
  COSINE
}
