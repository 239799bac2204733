package dev.sightline.spec;

/** What the model is shown: the image, or its exact text twin instead. */
public enum EvaluationMode implements WireName {
  IMAGE,
  TEXT
}
