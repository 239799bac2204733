package dev.sightline.storage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

final class JdbcEvaluationStore implements EvaluationStore {
  private final Database database;

  JdbcEvaluationStore(Database database) {
    this.database = database;
  }

  @Override
  public Evaluation open(NewEvaluation wanted) {
    return database.inTransaction(
        sql -> {
          sql.update(
              """
              insert into evaluation (digest, run, checkpoint, spec, state)
              values (?, ?, ?, ?, 'OPEN') on conflict (digest) do nothing
              """,
              wanted.digest(),
              wanted.run(),
              wanted.checkpoint(),
              wanted.spec());
          Evaluation stored = find(sql, wanted.digest()).orElseThrow();
          if (!Objects.equals(stored.run(), wanted.run())
              || !Objects.equals(stored.checkpoint(), wanted.checkpoint())) {
            throw Failures.conflict(
                "evaluation %s is stored for run %s, checkpoint %s"
                    .formatted(wanted.digest().shortForm(), stored.run(), stored.checkpoint()));
          }
          return stored;
        });
  }

  @Override
  public List<ItemKey> missing(Digest evaluation, Collection<ItemKey> wanted) {
    Set<ItemKey> present =
        new HashSet<>(
            database.inTransaction(
                sql ->
                    sql.list(
                        "select variant, item from evaluation_item where evaluation = ?",
                        JdbcEvaluationStore::key,
                        evaluation)));
    return wanted.stream().filter(key -> !present.contains(key)).distinct().toList();
  }

  @Override
  public PutOutcome put(Digest evaluation, Collection<ItemRow> rows) {
    // One order for all writers, so that two of them cannot wait for each other.
    List<ItemRow> sorted =
        rows.stream()
            .sorted(
                Comparator.comparing((ItemRow row) -> row.key().variant())
                    .thenComparing(row -> row.key().item()))
            .toList();
    return database.inTransaction(
        sql -> {
          State state =
              sql.find(
                      "select state from evaluation where digest = ? for share",
                      row -> row.constant(State.class, "state"),
                      evaluation)
                  .orElseThrow(() -> Failures.unknown("evaluation", evaluation));
          int[] inserted = insert(sql, evaluation, sorted);
          PutOutcome outcome = compare(sql, evaluation, sorted, inserted);
          if (state == State.PUBLISHED && outcome.inserted() > 0) {
            throw Failures.conflict(
                "evaluation %s is published and takes no new rows"
                    .formatted(evaluation.shortForm()));
          }
          return outcome;
        });
  }

  @Override
  public List<ItemRow> rows(Digest evaluation) {
    return database.inTransaction(
        sql ->
            sql.list(
                """
                select * from evaluation_item where evaluation = ?
                order by variant collate "C", ordinal
                """,
                JdbcEvaluationStore::item,
                evaluation));
  }

  @Override
  public List<ItemRow> rows(Digest evaluation, String variant) {
    return database.inTransaction(
        sql ->
            sql.list(
                """
                select * from evaluation_item where evaluation = ? and variant = ?
                order by ordinal
                """,
                JdbcEvaluationStore::item,
                evaluation,
                variant));
  }

  @Override
  public Evaluation publish(Digest evaluation, JsonNode summary) {
    return database.inTransaction(
        sql -> {
          sql.update(
              """
              update evaluation set state = 'PUBLISHED', summary = ?,
                published_at = clock_timestamp()
              where digest = ? and state = 'OPEN'
              """,
              summary,
              evaluation);
          Evaluation stored =
              find(sql, evaluation).orElseThrow(() -> Failures.unknown("evaluation", evaluation));
          if (!Json.same(stored.summary(), summary)) {
            throw Failures.conflict(
                "evaluation %s is published with another summary"
                    .formatted(evaluation.shortForm()));
          }
          return stored;
        });
  }

  @Override
  public Optional<Evaluation> find(Digest evaluation) {
    return database.inTransaction(sql -> find(sql, evaluation));
  }

  @Override
  public List<Evaluation> list(String run) {
    return database.inTransaction(
        sql ->
            sql.list(
                "select * from evaluation where run = ? order by digest",
                JdbcEvaluationStore::map,
                run));
  }

  /**
   * Whichever index meets a row first: of two that insert the same at once, one may meet the other
   * by its ordinal, and then a conflict that names the key's index would not be its own.
   */
  private static int[] insert(Sql sql, Digest evaluation, List<ItemRow> rows) throws SQLException {
    List<List<@Nullable Object>> batch = new ArrayList<>();
    for (ItemRow row : rows) {
      batch.add(
          Sql.values(
              evaluation,
              row.key().variant(),
              row.ordinal(),
              row.key().item(),
              row.completion(),
              row.tokens(),
              row.body()));
    }
    return sql.updateEach(
        """
        insert into evaluation_item (evaluation, variant, ordinal, item, completion, tokens, body)
        values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """,
        batch);
  }

  private static PutOutcome compare(Sql sql, Digest evaluation, List<ItemRow> rows, int[] inserted)
      throws SQLException {
    List<ItemRow> before = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      if (inserted[i] == 0) {
        before.add(rows.get(i));
      }
    }
    if (before.isEmpty()) {
      return new PutOutcome(rows.size(), 0, List.of());
    }
    Map<ItemKey, ItemRow> stored = new HashMap<>();
    sql.list(
            """
            select * from evaluation_item where evaluation = ? and (variant, item) in
              (select * from unnest(cast(? as text[]), cast(? as text[])))
            """,
            JdbcEvaluationStore::item,
            evaluation,
            before.stream().map(row -> row.key().variant()).toList(),
            before.stream().map(row -> row.key().item()).toList())
        .forEach(row -> stored.put(row.key(), row));
    List<ItemKey> different = new ArrayList<>();
    for (ItemRow row : before) {
      ItemRow first = stored.get(row.key());
      if (first == null) {
        throw Failures.conflict(
            "evaluation %s: place %d of %s is taken by another item than %s"
                .formatted(
                    evaluation.shortForm(), row.ordinal(), row.key().variant(), row.key().item()));
      }
      if (!same(first, row)) {
        different.add(row.key());
      }
    }
    return new PutOutcome(rows.size() - before.size(), before.size() - different.size(), different);
  }

  private static boolean same(ItemRow one, ItemRow other) {
    return one.ordinal() == other.ordinal()
        && one.completion().equals(other.completion())
        && one.tokens().equals(other.tokens())
        && Json.same(one.body(), other.body());
  }

  private static Optional<Evaluation> find(Sql sql, Digest evaluation) throws SQLException {
    return sql.find(
        "select * from evaluation where digest = ?", JdbcEvaluationStore::map, evaluation);
  }

  private static Evaluation map(Row row) throws SQLException {
    return new Evaluation(
        row.digest("digest"),
        row.textOrNull("run"),
        row.digestOrNull("checkpoint"),
        row.json("spec"),
        row.constant(State.class, "state"),
        row.jsonOrNull("summary"));
  }

  private static ItemKey key(Row row) throws SQLException {
    return new ItemKey(row.text("variant"), row.text("item"));
  }

  private static ItemRow item(Row row) throws SQLException {
    return new ItemRow(
        key(row),
        row.integer("ordinal"),
        row.text("completion"),
        row.integers("tokens"),
        row.json("body"));
  }
}
