package dev.sightline.worker.cli.dataset;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.foreign.ForeignFormat;

/** Reads the names of foreign formats. */
final class Formats {
  private Formats() {}

  static ForeignFormat foreign(String name) {
    return ForeignFormat.byName(name)
        .orElseThrow(
            () ->
                new SightlineException(
                    FailureType.INVALID_REQUEST,
                    "--format: no format '" + name + "'; use one of " + ForeignFormat.names()));
  }
}
