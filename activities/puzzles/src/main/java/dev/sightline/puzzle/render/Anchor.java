package dev.sightline.puzzle.render;

/** Which point of a text the given x is. */
public enum Anchor {
  LEFT,
  CENTER,
  RIGHT
}
