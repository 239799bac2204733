package dev.sightline.spec;

/** Whether steps move the weights of the vision tower. */
public enum VisionTower implements WireName {
  TRAINED,
  FROZEN
}
