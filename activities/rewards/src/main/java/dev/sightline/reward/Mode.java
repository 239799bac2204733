package dev.sightline.reward;

import java.util.Locale;

/** What a prompt shows of the scene. */
public enum Mode {
  /** The picture. */
  IMAGE,
  /** The exact text twin instead of the picture. */
  TEXT;

  /** The name in specifications and records. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Mode ofWireName(String name) {
    for (Mode mode : values()) {
      if (mode.wireName().equals(name)) {
        return mode;
      }
    }
    throw new IllegalArgumentException("no mode '" + name + "'; use image or text");
  }
}
