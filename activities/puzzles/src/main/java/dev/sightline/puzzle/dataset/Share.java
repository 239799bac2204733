package dev.sightline.puzzle.dataset;

import dev.sightline.foundation.Digest;

/** The split that a hash of seed and canonical form reserves the form for. */
final class Share {
  private static final double HELD = 0.1;

  private Share() {}

  /** The part of all forms that a split has, about. */
  static double of(Split split) {
    return switch (split) {
      case TEST, DEV -> HELD;
      case TRAIN -> 1 - 2 * HELD;
    };
  }

  /** The same for all portions of a family. */
  static Split of(long seed, String family, Digest form) {
    Digest hash =
        Digest.ofText("sightline-share/1\u001f" + seed + "\u001f" + family + "\u001f" + form.hex());
    long bits = Long.parseUnsignedLong(hash.hex(), 0, 16, 16) >>> 11;
    double uniform = bits * 0x1p-53;
    if (uniform < HELD) {
      return Split.TEST;
    }
    return uniform < 2 * HELD ? Split.DEV : Split.TRAIN;
  }
}
