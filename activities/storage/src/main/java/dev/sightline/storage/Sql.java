package dev.sightline.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements of one transaction. Parameters are bound by their Java type. */
final class Sql {
  private final Connection connection;

  Sql(Connection connection) {
    this.connection = connection;
  }

  /** Makes a record of a row. */
  @FunctionalInterface
  interface Mapper<T> {
    T map(Row row) throws SQLException;
  }

  /** Parameters of one row of a batch. */
  static List<@Nullable Object> values(@Nullable Object... parameters) {
    List<@Nullable Object> list = new ArrayList<>(parameters.length);
    for (Object parameter : parameters) {
      list.add(parameter);
    }
    return list;
  }

  /** The number of rows touched. */
  int update(String statement, @Nullable Object... parameters) throws SQLException {
    try (PreparedStatement prepared = prepare(statement, parameters)) {
      return prepared.executeUpdate();
    }
  }

  /** The rows touched, for each set of parameters. */
  int[] updateEach(String statement, Collection<List<@Nullable Object>> batch) throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(statement)) {
      for (List<@Nullable Object> parameters : batch) {
        bind(prepared, parameters.toArray());
        prepared.addBatch();
      }
      return prepared.executeBatch();
    }
  }

  <T> List<T> list(String query, Mapper<T> mapper, @Nullable Object... parameters)
      throws SQLException {
    try (PreparedStatement prepared = prepare(query, parameters);
        ResultSet rows = prepared.executeQuery()) {
      List<T> result = new ArrayList<>();
      Row row = new Row(rows);
      while (rows.next()) {
        result.add(mapper.map(row));
      }
      return List.copyOf(result);
    }
  }

  <T> Optional<T> find(String query, Mapper<T> mapper, @Nullable Object... parameters)
      throws SQLException {
    List<T> found = list(query, mapper, parameters);
    if (found.size() > 1) {
      throw new IllegalStateException("at most one row was expected from: " + query);
    }
    return found.stream().findFirst();
  }

  private PreparedStatement prepare(String statement, @Nullable Object... parameters)
      throws SQLException {
    PreparedStatement prepared = connection.prepareStatement(statement);
    try {
      bind(prepared, parameters);
      return prepared;
    } catch (SQLException | RuntimeException e) {
      prepared.close();
      throw e;
    }
  }

  private void bind(PreparedStatement prepared, @Nullable Object... parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      bind(prepared, i + 1, parameters[i]);
    }
  }

  private void bind(PreparedStatement prepared, int index, @Nullable Object value)
      throws SQLException {
    switch (value) {
      case null -> prepared.setNull(index, Types.OTHER);
      case String text -> prepared.setString(index, PostgresText.encode(text));
      case Integer number -> prepared.setInt(index, number);
      case Long number -> prepared.setLong(index, number);
      case Boolean truth -> prepared.setBoolean(index, truth);
      // Types.OTHER leaves the type to the server: a domain and jsonb need no cast then.
      case Digest digest -> prepared.setObject(index, digest.hex(), Types.OTHER);
      case JsonNode json ->
          prepared.setObject(index, PostgresText.encode(json).toString(), Types.OTHER);
      case Enum<?> constant -> prepared.setString(index, constant.name());
      case Instant instant -> prepared.setTimestamp(index, Timestamp.from(instant));
      case List<?> list -> prepared.setArray(index, array(list));
      default ->
          throw new IllegalArgumentException("no SQL type for " + value.getClass().getName());
    }
  }

  /** Lists of integers and of texts; an empty one is of integers. */
  private java.sql.Array array(List<?> list) throws SQLException {
    boolean texts = !list.isEmpty() && list.getFirst() instanceof String;
    Object[] elements =
        texts
            ? list.stream().map(text -> PostgresText.encode((String) text)).toArray()
            : list.toArray();
    return connection.createArrayOf(texts ? "text" : "int4", elements);
  }
}
