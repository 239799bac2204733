package dev.sightline.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An empty database brought to the newest schema equals the committed snapshot, line by line. */
class SchemaSnapshotTest {
  private static final Path SNAPSHOT = Path.of("src/test/resources/schema.snapshot.txt");

  /** Spelled alike by every PostgreSQL from 15 on; not-null is a column's, not a constraint's. */
  private static final String CATALOGUE =
      """
      select line from (
        select 'column ' || c.relname || '.' || a.attname || ' '
            || format_type(a.atttypid, a.atttypmod)
            || case when a.attnotnull then ' not null' else '' end
            || case when a.attidentity <> '' then ' identity' else '' end
            || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') as line
        from pg_attribute a
        join pg_class c on c.oid = a.attrelid and c.relkind = 'r'
        join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'sightline'
        left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where a.attnum > 0 and not a.attisdropped and c.relname <> 'flyway_schema_history'
        union all
        select 'constraint ' || coalesce(c.relname, t.typname) || ' ' || k.conname || ' '
            || pg_get_constraintdef(k.oid)
        from pg_constraint k
        join pg_namespace n on n.oid = k.connamespace and n.nspname = 'sightline'
        left join pg_class c on c.oid = k.conrelid
        left join pg_type t on t.oid = k.contypid
        where k.contype <> 'n' and coalesce(c.relname, '') <> 'flyway_schema_history'
        union all
        select 'index ' || indexdef from pg_indexes
        where schemaname = 'sightline' and tablename <> 'flyway_schema_history'
      ) lines order by line collate "C"
      """;

  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  @Test
  void emptyToLatestEqualsTheSnapshot() throws Exception {
    DataSource database = postgres.getPostgresDatabase();

    int first = Migrations.migrate(database);
    int second = Migrations.migrate(database);

    List<String> schema = schema(database);
    if (Boolean.getBoolean("sightline.snapshot.write")) {
      Files.createDirectories(SNAPSHOT.getParent());
      Files.write(SNAPSHOT, schema);
    }
    assertThat(first).isPositive();
    assertThat(second).isZero();
    assertThat(schema)
        .as("write it anew with -Dtest.arguments=-Dsightline.snapshot.write=true and review it")
        .isEqualTo(Files.readAllLines(SNAPSHOT));
  }

  private static List<String> schema(DataSource database) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(CATALOGUE)) {
      while (rows.next()) {
        lines.add(rows.getString(1));
      }
    }
    return lines;
  }
}
