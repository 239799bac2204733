package dev.sightline.storage;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

final class JdbcPolicyServerStore implements PolicyServerStore {
  private final Database database;

  JdbcPolicyServerStore(Database database) {
    this.database = database;
  }

  @Override
  public PolicyServer register(String name, String address, int capacity) {
    return database.inTransaction(
        sql -> {
          sql.update(
              """
              insert into policy_server (name, address, capacity, state) values (?, ?, ?, 'READY')
              on conflict (name) do update set address = excluded.address,
                capacity = excluded.capacity, updated_at = clock_timestamp()
              """,
              name,
              address,
              capacity);
          return read(sql, name);
        });
  }

  @Override
  public Optional<PolicyServer> find(String name) {
    return database.inTransaction(sql -> find(sql, name));
  }

  @Override
  public List<PolicyServer> list() {
    return database.inTransaction(
        sql -> sql.list("select * from policy_server order by name", JdbcPolicyServerStore::map));
  }

  @Override
  public PolicyServer observe(String name, String incarnation) {
    return database.inTransaction(
        sql -> {
          sql.update(
              """
              update policy_server set incarnation = ?, updated_at = clock_timestamp()
              where name = ? and state = 'READY'
              """,
              incarnation,
              name);
          return read(sql, name);
        });
  }

  @Override
  public boolean beginRecovery(
      String name, @Nullable String incarnationSeen, String owner, Duration timeout) {
    return database.inTransaction(
        sql -> {
          read(sql, name);
          // The lost answer of a transaction that did commit: the owner asks again and is it.
          int rows =
              sql.update(
                  """
                  update policy_server set state = 'RECOVERING', recovery_owner = ?,
                    recovering_since = clock_timestamp(), updated_at = clock_timestamp()
                  where name = ? and incarnation is not distinct from cast(? as text)
                    and (state = 'READY' or recovery_owner = ? or recovering_since
                      <= clock_timestamp() - ? * interval '1 millisecond')
                  """,
                  owner,
                  name,
                  incarnationSeen,
                  owner,
                  timeout.toMillis());
          return rows == 1;
        });
  }

  @Override
  public boolean recovered(String name, String owner, String newIncarnation) {
    return database.inTransaction(
        sql ->
            sql.update(
                    """
                    update policy_server set state = 'READY', recovery_owner = null,
                      recovering_since = null, incarnation = ?, updated_at = clock_timestamp()
                    where name = ? and state = 'RECOVERING' and recovery_owner = ?
                    """,
                    newIncarnation,
                    name,
                    owner)
                == 1);
  }

  private static PolicyServer read(Sql sql, String name) throws SQLException {
    return find(sql, name).orElseThrow(() -> Failures.unknown("policy server", name));
  }

  private static Optional<PolicyServer> find(Sql sql, String name) throws SQLException {
    return sql.find("select * from policy_server where name = ?", JdbcPolicyServerStore::map, name);
  }

  private static PolicyServer map(Row row) throws SQLException {
    return new PolicyServer(
        row.text("name"),
        row.text("address"),
        row.integer("capacity"),
        row.textOrNull("incarnation"),
        row.constant(State.class, "state"),
        row.textOrNull("recovery_owner"));
  }
}
