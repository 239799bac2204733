package dev.sightline.storage;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.List;

final class JdbcRungStore implements RungStore {
  private final Database database;

  JdbcRungStore(Database database) {
    this.database = database;
  }

  @Override
  public Rung decide(String experiment, int number, JsonNode body) {
    return database.inTransaction(
        sql -> {
          sql.update(
              """
              insert into rung (experiment, number, body) values (?, ?, ?)
              on conflict (experiment, number) do nothing
              """,
              experiment,
              number,
              body);
          return sql.find(
                  "select * from rung where experiment = ? and number = ?",
                  JdbcRungStore::map,
                  experiment,
                  number)
              .orElseThrow();
        });
  }

  @Override
  public List<Rung> list(String experiment) {
    return database.inTransaction(
        sql ->
            sql.list(
                "select * from rung where experiment = ? order by number",
                JdbcRungStore::map,
                experiment));
  }

  private static Rung map(Row row) throws SQLException {
    return new Rung(row.text("experiment"), row.integer("number"), row.json("body"));
  }
}
