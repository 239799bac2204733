package dev.sightline.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * Transactions against PostgreSQL. Work that fails for a passing reason (lost connection, restart,
 * deadlock, serialization) runs again, so it must be safe to repeat: a connection lost during a
 * commit does not tell whether the commit happened.
 *
 * <p>Failures: {@code STORE_UNAVAILABLE} for passing reasons, {@code STORAGE_FULL}, {@code
 * STORE_CONFLICT} for what no repeat can help.
 */
public final class Database implements AutoCloseable {
  private static final int ATTEMPTS = 4;
  private static final long FIRST_PAUSE_MILLIS = 25;
  private static final long CONNECTION_TIMEOUT_MILLIS = 5_000;

  private final DataSource dataSource;

  /** Over connections that the caller owns; {@link #close()} closes the source if it can be. */
  public Database(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Over a pool of its own. Starts even while PostgreSQL is away. */
  public static Database open(DatabaseSettings settings) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("sightline");
    pool.setJdbcUrl(settings.url());
    pool.setUsername(settings.user());
    pool.setPassword(settings.password());
    pool.setMaximumPoolSize(settings.poolSize());
    pool.setMinimumIdle(1);
    pool.setConnectionTimeout(CONNECTION_TIMEOUT_MILLIS);
    pool.setInitializationFailTimeout(-1);
    pool.addDataSourceProperty("socketTimeout", "60");
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    return new Database(new HikariDataSource(pool));
  }

  /** Work in a transaction; it may run several times. */
  @FunctionalInterface
  interface Work<T> {
    T run(Sql sql) throws SQLException;
  }

  /** Work without a result. */
  @FunctionalInterface
  interface Action {
    void run(Sql sql) throws SQLException;
  }

  /** Whether a connection can be had and answers. */
  public boolean isReachable() {
    try (Connection connection = dataSource.getConnection()) {
      return connection.isValid(2);
    } catch (SQLException e) {
      return false;
    }
  }

  void execute(Action action) {
    inTransaction(
        sql -> {
          action.run(sql);
          return Boolean.TRUE;
        });
  }

  <T> T inTransaction(Work<T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return once(work);
      } catch (SQLException e) {
        if (attempt == ATTEMPTS || !SqlFailures.passing(e)) {
          throw SqlFailures.named(e);
        }
        pause(attempt);
      }
    }
  }

  private <T> T once(Work<T> work) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.execute("set local search_path to sightline");
        T result = work.run(new Sql(connection));
        connection.commit();
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        rollBack(connection, e);
        throw e;
      }
    }
  }

  private static void rollBack(Connection connection, Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  private static void pause(int attempt) {
    long longest = FIRST_PAUSE_MILLIS << (2 * attempt);
    try {
      // Random, so that the two sides of a deadlock do not meet again.
      Thread.sleep(ThreadLocalRandom.current().nextLong(FIRST_PAUSE_MILLIS, longest));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SightlineException(
          FailureType.CANCELLED, "interrupted while waiting to repeat a transaction", e);
    }
  }

  @Override
  public void close() {
    if (dataSource instanceof HikariDataSource pool) {
      pool.close();
    }
  }
}
