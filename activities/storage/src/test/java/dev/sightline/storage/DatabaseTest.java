package dev.sightline.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseTest {
  private final Database database = EmbeddedDatabase.SHARED;

  @Test
  void passingFailuresAreTriedAgain() {
    AtomicInteger attempts = new AtomicInteger();

    String result =
        database.inTransaction(
            sql -> {
              if (attempts.incrementAndGet() < 3) {
                throw new SQLException("deadlock detected", "40P01");
              }
              return "done";
            });

    assertThat(result).isEqualTo("done");
    assertThat(attempts).hasValue(3);
  }

  @Test
  void aConnectionKilledByTheServerIsReplaced() {
    AtomicInteger attempts = new AtomicInteger();

    String answer =
        database.inTransaction(
            sql -> {
              if (attempts.incrementAndGet() == 1) {
                sql.list("select pg_terminate_backend(pg_backend_pid())", row -> true);
              }
              return sql.list("select 'alive' as word", row -> row.text("word")).getFirst();
            });

    assertThat(answer).isEqualTo("alive");
    assertThat(attempts).hasValue(2);
  }

  @Test
  void aFailedTransactionLeavesNothing() {
    assertThatThrownBy(
            () ->
                database.execute(
                    sql -> {
                      sql.update(
                          """
                          insert into policy_server (name, address, capacity, state)
                          values ('half', 'a', 1, 'READY')
                          """);
                      throw new IllegalStateException("half way");
                    }))
        .hasMessage("half way");

    assertThat(Stores.over(database).policyServers().find("half")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "08006, STORE_UNAVAILABLE",
    "57P01, STORE_UNAVAILABLE",
    "40001, STORE_UNAVAILABLE",
    "53300, STORE_UNAVAILABLE",
    "53100, STORAGE_FULL",
    "23505, STORE_CONFLICT",
    "42P01, STORE_CONFLICT",
    "22021, STORE_CONFLICT"
  })
  void everySqlStateHasOneFailureType(String state, FailureType type) {
    assertThat(SqlFailures.named(new SQLException("said", state)).type()).isEqualTo(type);
  }

  @Test
  void anAbsentServerIsUnavailable() {
    try (Database away =
        Database.open(
            new DatabaseSettings("jdbc:postgresql://127.0.0.1:1/none", "nobody", "secret", 1))) {
      assertThat(away.isReachable()).isFalse();
      assertThat(SqlFailures.passing(new java.sql.SQLTransientConnectionException())).isTrue();
    }
  }

  @Test
  void aConstraintIsNamed() {
    assertThatThrownBy(
            () ->
                database.execute(
                    sql -> sql.update("insert into plan values ('not a digest', 'e', '{}')")))
        .isInstanceOfSatisfying(
            SightlineException.class,
            e -> assertThat(e.type()).isEqualTo(FailureType.STORE_CONFLICT))
        .hasMessageContaining("23514");
  }

  @Test
  void settingsKeepThePasswordToThemselves() {
    DatabaseSettings settings =
        new DatabaseSettings("jdbc:postgresql://127.0.0.1/x", "ada", "secret", 1);

    assertThat(settings.toString()).contains("ada").doesNotContain("secret");
    assertThat(Json.same(Json.tree(Map.of("a", 1)), Json.tree(Map.of("a", 1.0)))).isTrue();
  }
}
