package dev.sightline.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

final class JdbcDatasetStore implements DatasetStore {
  private final Database database;

  JdbcDatasetStore(Database database) {
    this.database = database;
  }

  @Override
  public Dataset open(Digest digest, JsonNode spec) {
    return database.inTransaction(
        sql -> {
          sql.update(
              """
              insert into dataset (digest, spec, state) values (?, ?, 'GENERATING')
              on conflict (digest) do nothing
              """,
              digest,
              spec);
          return find(sql, digest).orElseThrow();
        });
  }

  @Override
  public Dataset publish(Digest digest, Digest manifestDigest, Map<String, Integer> counts) {
    SortedMap<String, Integer> sorted = new TreeMap<>(counts);
    return database.inTransaction(
        sql -> {
          sql.update(
              """
              update dataset set state = 'PUBLISHED', manifest_digest = ?, counts = ?,
                published_at = clock_timestamp()
              where digest = ? and state = 'GENERATING'
              """,
              manifestDigest,
              Json.tree(sorted),
              digest);
          Dataset stored =
              find(sql, digest).orElseThrow(() -> Failures.unknown("data set", digest));
          if (!manifestDigest.equals(stored.manifestDigest()) || !sorted.equals(stored.counts())) {
            throw Failures.conflict(
                "data set %s is published with manifest %s, not %s: generation is not a function of its spec"
                    .formatted(
                        digest.shortForm(), stored.manifestDigest(), manifestDigest.shortForm()));
          }
          return stored;
        });
  }

  @Override
  public Optional<Dataset> find(Digest digest) {
    return database.inTransaction(sql -> find(sql, digest));
  }

  private static Optional<Dataset> find(Sql sql, Digest digest) throws SQLException {
    return sql.find("select * from dataset where digest = ?", JdbcDatasetStore::map, digest);
  }

  private static Dataset map(Row row) throws SQLException {
    SortedMap<String, Integer> counts = new TreeMap<>();
    @Nullable JsonNode stored = row.jsonOrNull("counts");
    if (stored != null) {
      stored.properties().forEach(field -> counts.put(field.getKey(), field.getValue().intValue()));
    }
    return new Dataset(
        row.digest("digest"),
        row.json("spec"),
        row.constant(State.class, "state"),
        row.digestOrNull("manifest_digest"),
        Collections.unmodifiableSortedMap(counts));
  }
}
