package dev.sightline.spec;

import java.util.Locale;

/**
 * An enum that is written in lower case with hyphens: {@code SEQUENCE_MEAN} as {@code
 * sequence-mean}.
 */
public interface WireName {
  String name();

  /** How files, messages and digests write it. */
  default String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
