package dev.sightline.puzzle;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How often a data set shows each level of difficulty. */
public enum LevelMix {
  /** As often as the level is among the legal scenes. */
  AS_THEY_FALL,
  /**
   * Scenes are weighted by one over the square root of their level's number of forms, so that rare
   * levels are seen more often; at most half the forms of a level are held out of training. Only
   * for spaces that can be listed.
   */
  TEMPERED;

  /** The name in configurations. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<LevelMix> byName(String name) {
    return Arrays.stream(values()).filter(mix -> mix.wireName().equals(name)).findFirst();
  }

  public static List<String> names() {
    return Arrays.stream(values()).map(LevelMix::wireName).toList();
  }
}
