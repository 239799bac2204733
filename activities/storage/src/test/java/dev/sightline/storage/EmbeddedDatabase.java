package dev.sightline.storage;

import dev.sightline.migrate.Migrations;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** One embedded PostgreSQL per JVM; it ends with the JVM. */
final class EmbeddedDatabase {
  private static final EmbeddedPostgres SERVER = start();
  static final Database SHARED =
      Database.open(
          new DatabaseSettings(SERVER.getJdbcUrl("postgres", "postgres"), "postgres", "", 12));

  static {
    Migrations.migrate(SERVER.getPostgresDatabase());
  }

  private EmbeddedDatabase() {}

  static EmbeddedPostgres server() {
    return SERVER;
  }

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
      Map.of("fsync", "off", "max_connections", "60").forEach(builder::setServerConfig);
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
