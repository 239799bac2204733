package dev.sightline.worker.stack;

import java.util.Locale;

/** The parts of the local stack, in the order in which they are shown. */
public enum PartName {
  POSTGRES,
  TEMPORAL,
  TRITON,
  WORKER;

  /** The name in files, logs and options. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
