package dev.sightline.storage;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.sql.SQLException;
import java.util.Optional;

/** Refuses writers whose run has a higher token by now. */
final class Fence {
  private Fence() {}

  /** Holds the lease row until the transaction ends, so that no newer token appears meanwhile. */
  static void check(Sql sql, String run, long token) throws SQLException {
    Optional<Long> highest =
        sql.find(
            "select token from lease where run = ? for share",
            row -> row.longInteger("token"),
            run);
    if (highest.isPresent() && highest.get() > token) {
      throw new SightlineException(
          FailureType.STALE_TOKEN,
          "token %d of run %s is behind %d: a newer attempt has taken over"
              .formatted(token, run, highest.get()));
    }
  }
}
