package dev.sightline.storage;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/** The one place where a SQLState gets a failure type. */
final class SqlFailures {
  private SqlFailures() {}

  /** Whether the same work may succeed a moment later. */
  static boolean passing(SQLException e) {
    if (e instanceof SQLTransientException) {
      return true; // the pool's own: no connection in time
    }
    String state = state(e);
    return state.startsWith("08") // connection
        || state.startsWith("57P0") // shutdown, crash, starting up
        || state.equals("53300") // too many connections
        || state.equals("40001") // serialization
        || state.equals("40P01") // deadlock
        || state.equals("55P03"); // lock not available
  }

  static SightlineException named(SQLException e) {
    String state = state(e);
    String said = e.getMessage();
    if (state.equals("53100")) {
      return new SightlineException(
          FailureType.STORAGE_FULL, "PostgreSQL has no disk space left; free some: " + said, e);
    }
    if (passing(e) || state.isEmpty() || state.startsWith("53") || state.startsWith("58")) {
      return new SightlineException(
          FailureType.STORE_UNAVAILABLE, "PostgreSQL does not answer (" + said + ")", e);
    }
    if (state.equals("42P01") || state.equals("3F000")) {
      return new SightlineException(
          FailureType.STORE_CONFLICT,
          "the schema is older than this program; run the migrations (" + said + ")",
          e);
    }
    return new SightlineException(
        FailureType.STORE_CONFLICT, "PostgreSQL refused (SQLState " + state + "): " + said, e);
  }

  private static String state(SQLException e) {
    @Nullable String state = e.getSQLState();
    return state == null ? "" : state;
  }
}
