package dev.sightline.spec;

import java.util.Arrays;
import java.util.Optional;

/** What an experiment may have too much of. Named as the fields of {@code operations.budgets}. */
public enum BudgetKind {
  GPU_SECONDS("gpuSeconds"),
  WALL_SECONDS("wallSeconds"),
  TOKENS("tokens"),
  STORAGE_BYTES("storageBytes"),
  INFRA_FAILURES("infraFailures"),
  DATA_FAILURES("dataFailures");

  private final String wire;

  BudgetKind(String wire) {
    this.wire = wire;
  }

  /** How files, commands and messages name it. */
  public String wire() {
    return wire;
  }

  public static Optional<BudgetKind> of(String wire) {
    return Arrays.stream(values()).filter(kind -> kind.wire.equals(wire)).findFirst();
  }
}
