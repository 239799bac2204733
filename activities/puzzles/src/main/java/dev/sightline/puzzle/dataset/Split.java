package dev.sightline.puzzle.dataset;

import java.util.Locale;

/** What an item is for. No canonical form is in two of them. */
public enum Split {
  TRAIN,
  DEV,
  TEST;

  /** The name in specifications, item ids and records. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Split ofWireName(String name) {
    for (Split split : values()) {
      if (split.wireName().equals(name)) {
        return split;
      }
    }
    throw new IllegalArgumentException("no split '" + name + "'; use train, dev or test");
  }
}
