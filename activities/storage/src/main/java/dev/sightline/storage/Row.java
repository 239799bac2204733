package dev.sightline.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The row under the cursor. Methods without {@code OrNull} fail on a null column. */
final class Row {
  private final ResultSet rows;

  Row(ResultSet rows) {
    this.rows = rows;
  }

  String text(String column) throws SQLException {
    return present(column, textOrNull(column));
  }

  @Nullable String textOrNull(String column) throws SQLException {
    String text = rows.getString(column);
    return text == null ? null : PostgresText.decode(text);
  }

  Digest digest(String column) throws SQLException {
    return present(column, digestOrNull(column));
  }

  @Nullable Digest digestOrNull(String column) throws SQLException {
    String hex = rows.getString(column);
    return hex == null ? null : new Digest(hex);
  }

  int integer(String column) throws SQLException {
    return present(column, integerOrNull(column));
  }

  @Nullable Integer integerOrNull(String column) throws SQLException {
    int value = rows.getInt(column);
    return rows.wasNull() ? null : Integer.valueOf(value);
  }

  long longInteger(String column) throws SQLException {
    return present(column, longIntegerOrNull(column));
  }

  @Nullable Long longIntegerOrNull(String column) throws SQLException {
    long value = rows.getLong(column);
    return rows.wasNull() ? null : Long.valueOf(value);
  }

  boolean truth(String column) throws SQLException {
    boolean value = rows.getBoolean(column);
    return present(column, rows.wasNull() ? null : Boolean.valueOf(value));
  }

  JsonNode json(String column) throws SQLException {
    return present(column, jsonOrNull(column));
  }

  @Nullable JsonNode jsonOrNull(String column) throws SQLException {
    String json = rows.getString(column);
    return json == null ? null : PostgresText.decode(Json.read(json));
  }

  Instant instant(String column) throws SQLException {
    return present(column, rows.getObject(column, OffsetDateTime.class)).toInstant();
  }

  <E extends Enum<E>> E constant(Class<E> type, String column) throws SQLException {
    return Enum.valueOf(type, text(column));
  }

  List<Integer> integers(String column) throws SQLException {
    Array array = present(column, rows.getArray(column));
    return Arrays.asList((Integer[]) array.getArray());
  }

  private static <T> T present(String column, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("column " + column + " is null");
    }
    return value;
  }
}
