package dev.sightline.migrate;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a database to the newest schema. The SQL under {@code db/migration} is append-only: a
 * released file is never edited, because Flyway compares its checksum.
 */
public final class Migrations {
  /** The PostgreSQL schema that holds every table of ours. */
  public static final String SCHEMA = "sightline";

  private static final Logger LOG = LoggerFactory.getLogger(Migrations.class);

  private Migrations() {}

  /**
   * Applies what is missing and returns how many files that were. Safe when several processes call
   * it at once: Flyway holds a lock of the database meanwhile.
   *
   * @throws FlywayException when the database is away, or holds another history than ours
   */
  public static int migrate(DataSource dataSource) {
    return migrate(Flyway.configure(Migrations.class.getClassLoader()).dataSource(dataSource));
  }

  /** As {@link #migrate(DataSource)}, over a connection of its own. */
  public static int migrate(String url, String user, String password) {
    return migrate(
        Flyway.configure(Migrations.class.getClassLoader()).dataSource(url, user, password));
  }

  private static int migrate(org.flywaydb.core.api.configuration.FluentConfiguration flyway) {
    MigrateResult result =
        flyway
            .schemas(SCHEMA)
            .defaultSchema(SCHEMA)
            .locations("classpath:db/migration")
            .failOnMissingLocations(true)
            .validateMigrationNaming(true)
            .cleanDisabled(true)
            .connectRetries(3)
            .connectRetriesInterval(1)
            .load()
            .migrate();
    LOG.info("schema {}: {} migrations applied", SCHEMA, result.migrationsExecuted);
    return result.migrationsExecuted;
  }

  /** {@code Migrations <jdbc url> <user>}; the password comes from SIGHTLINE_DATABASE_PASSWORD. */
  public static void main(String[] arguments) {
    if (arguments.length != 2) {
      System.err.println(
          "usage: Migrations <jdbc url> <user>, password in SIGHTLINE_DATABASE_PASSWORD");
      System.exit(2);
    }
    String password = System.getenv("SIGHTLINE_DATABASE_PASSWORD");
    try {
      int applied = migrate(arguments[0], arguments[1], password == null ? "" : password);
      System.out.println(applied + " migrations applied");
    } catch (FlywayException e) {
      System.err.println("The schema could not be brought up to date: " + e.getMessage());
      System.exit(1);
    }
  }
}
