package dev.sightline.storage;

import dev.sightline.foundation.FailureType;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

final class JdbcSpendingStore implements SpendingStore {
  private static final double MICROS = 1e6;

  /** A run by the name of its lease, an evaluation by that of its workflow. */
  private static final String NAMES =
      """
      (select id from run where experiment = ?
       union select workflow_id from stage_waiter where waiter = 'ablation/' || ?)
      """;

  /** The workflows whose failed attempts are the experiment's. */
  private static final String SCOPES =
      """
      (select 'run/' || id from run where experiment = ?
       union select workflow_id from stage_waiter where waiter = 'ablation/' || ?
       union select 'ablation/' || ?)
      """;

  private final Database database;

  JdbcSpendingStore(Database database) {
    this.database = database;
  }

  @Override
  public void note(Job job) {
    database.execute(
        sql -> {
          // Every job waits for this: a crash of PostgreSQL may cost the last half second of rows.
          sql.update("set local synchronous_commit to off");
          sql.update(
              """
              insert into policy_job (run, job, incarnation, kind, microseconds, tokens)
              values (?, ?, ?, ?, ?, ?)
              on conflict do nothing
              """,
              job.run(),
              job.job(),
              job.incarnation(),
              job.kind(),
              Math.round(job.seconds() * MICROS),
              job.tokens());
        });
  }

  @Override
  public Spending of(String experiment) {
    return database.inTransaction(
        sql -> {
          Jobs jobs = jobs(sql, experiment);
          long kept =
              number(
                  sql,
                  """
                  select coalesce(sum(bytes), 0)::bigint as number
                  from checkpoint where not pruned and run in (select id from run where experiment = ?)
                  """,
                  experiment);
          long wall =
              number(
                  sql,
                  """
                  select coalesce(max(extract(epoch from clock_timestamp() - created_at) * 1e6), 0)::bigint
                    as number
                  from experiment where id = ?
                  """,
                  experiment);
          Map<FailureType.Origin, Long> failures = failures(sql, experiment);
          return new Spending(
              jobs.microseconds() / MICROS,
              wall / MICROS,
              jobs.tokens(),
              kept,
              failures.getOrDefault(FailureType.Origin.INFRASTRUCTURE, 0L),
              failures.getOrDefault(FailureType.Origin.DATA, 0L),
              extended(sql, experiment));
        });
  }

  private record Jobs(long microseconds, long tokens) {}

  private static Jobs jobs(Sql sql, String experiment) throws SQLException {
    return sql.find(
            "select coalesce(sum(microseconds), 0)::bigint as microseconds,"
                + " coalesce(sum(tokens), 0)::bigint as tokens from policy_job where run in "
                + NAMES,
            row -> new Jobs(row.longInteger("microseconds"), row.longInteger("tokens")),
            experiment,
            experiment)
        .orElseThrow();
  }

  private static long number(Sql sql, String query, String experiment) throws SQLException {
    return sql.find(query, row -> row.longInteger("number"), experiment).orElseThrow();
  }

  /**
   * Plans cut to fit the memory and artifacts made again are noted beside attempts, and are none.
   */
  private static Map<FailureType.Origin, Long> failures(Sql sql, String experiment)
      throws SQLException {
    Map<FailureType.Origin, Long> counts = new EnumMap<>(FailureType.Origin.class);
    sql.list(
            "select failure_type, count(*) as failures from attempt_log where activity not like 'step %' and activity <> '"
                + AttemptLog.ARTIFACT
                + "' and scope in "
                + SCOPES
                + " group by failure_type",
            row ->
                Map.entry(
                    row.constant(FailureType.class, "failure_type").origin(),
                    row.longInteger("failures")),
            experiment,
            experiment,
            experiment)
        .forEach(entry -> counts.merge(entry.getKey(), entry.getValue(), Long::sum));
    return counts;
  }

  private static Map<String, Long> extended(Sql sql, String experiment) throws SQLException {
    Map<String, Long> extended = new HashMap<>();
    sql.list(
            """
            select budget, sum(amount)::bigint as amount from operator_audit
            where experiment = ? and budget is not null and outcome = 'ACCEPTED' group by budget
            """,
            row -> Map.entry(row.text("budget"), row.longInteger("amount")),
            experiment)
        .forEach(entry -> extended.put(entry.getKey(), entry.getValue()));
    return extended;
  }
}
