package dev.sightline.activity.ablation;

import dev.sightline.spec.BudgetKind;
import dev.sightline.storage.SpendingStore;
import dev.sightline.workflow.activity.Spending;
import java.util.Arrays;

/** What an experiment has spent, by budget, in the order of the experiment file. */
public final class Spent {
  private Spent() {}

  public static Spending of(SpendingStore.Spending rows) {
    return new Spending(
        Arrays.stream(BudgetKind.values())
            .map(
                kind ->
                    new Spending.Spent(
                        kind.wire(),
                        amount(kind, rows),
                        rows.extended().getOrDefault(kind.wire(), 0L)))
            .toList());
  }

  private static double amount(BudgetKind kind, SpendingStore.Spending rows) {
    return switch (kind) {
      case GPU_SECONDS -> rows.gpuSeconds();
      case WALL_SECONDS -> rows.wallSeconds();
      case TOKENS -> rows.tokens();
      case STORAGE_BYTES -> rows.storageBytes();
      case INFRA_FAILURES -> rows.infraFailures();
      case DATA_FAILURES -> rows.dataFailures();
    };
  }
}
