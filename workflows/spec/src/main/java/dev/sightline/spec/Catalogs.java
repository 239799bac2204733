package dev.sightline.spec;

import org.jspecify.annotations.Nullable;

/**
 * What names are checked against. Workflows, which may not depend on families and rewards, check
 * against nothing ({@link #NONE}); the activities behind them check again with everything.
 */
public record Catalogs(@Nullable FamilyCatalog families, @Nullable RewardCatalog rewards) {
  public static final Catalogs NONE = new Catalogs(null, null);
}
