package dev.sightline.storage;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Every change locks the server's row first and the lease second, so that capacity is counted by
 * one transaction at a time. The clock is read after the locks: {@code now()} would be the start of
 * the transaction.
 */
final class JdbcLeaseStore implements LeaseStore {
  private static final String EXPIRY = "clock_timestamp() + ? * interval '1 millisecond'";
  private static final String HELD =
      "select *, expires_at <= clock_timestamp() as expired from lease"
          + " where run = ? and holder_workflow_id is not null";

  private final Database database;

  JdbcLeaseStore(Database database) {
    this.database = database;
  }

  @Override
  public Acquisition tryAcquire(String run, String server, Holder holder, Duration timeToLive) {
    long millis = timeToLive.toMillis();
    if (millis < 1) {
      throw new IllegalArgumentException("a lease lives at least a millisecond");
    }
    return database.inTransaction(
        sql -> {
          int capacity = lockServer(sql, server);
          Optional<Lease> active = held(sql, run).filter(lease -> !lease.expired());
          if (active.isPresent()
              && active.get().holder().workflowId().equals(holder.workflowId())) {
            if (!active.get().server().equals(server)) {
              throw Failures.conflict(
                  "%s holds run %s on server %s; release it before asking %s"
                      .formatted(holder.workflowId(), run, active.get().server(), server));
            }
            return grant(sql, run, server, holder, millis, true).orElseThrow();
          }
          long ticket = ticket(sql, run, server, holder, millis);
          int ahead = ahead(sql, server, ticket);
          if (active.isEmpty() && ahead < capacity - inUse(sql, server)) {
            Optional<Acquisition> granted = grant(sql, run, server, holder, millis, false);
            if (granted.isPresent()) {
              return granted.get();
            }
          }
          return new Waiting(ahead + 1);
        });
  }

  @Override
  public long nextToken(String run, Holder holder) {
    return database.inTransaction(
        sql -> {
          requireHeld(sql, run, holder);
          return sql.list(
                  "update lease set token = token + 1,"
                      + " expires_at = clock_timestamp() + ttl_millis * interval '1 millisecond'"
                      + " where run = ? returning token",
                  row -> row.longInteger("token"),
                  run)
              .getFirst();
        });
  }

  @Override
  public void renew(String run, Holder holder, long token) {
    database.execute(
        sql -> {
          requireHeld(sql, run, holder);
          Fence.check(sql, run, token);
          sql.update(
              "update lease set"
                  + " expires_at = clock_timestamp() + ttl_millis * interval '1 millisecond'"
                  + " where run = ?",
              run);
        });
  }

  @Override
  public boolean release(String run, Holder holder) {
    return database.inTransaction(
        sql -> {
          int tickets =
              sql.update(
                  "delete from lease_ticket where run = ? and holder_workflow_id = ?",
                  run,
                  holder.workflowId());
          int leases =
              sql.update(
                  """
                  update lease set holder_workflow_id = null, holder_run_id = null
                  where run = ? and holder_workflow_id = ? and holder_run_id = ?
                  """,
                  run,
                  holder.workflowId(),
                  holder.runId());
          return tickets + leases > 0;
        });
  }

  @Override
  public Optional<Lease> find(String run) {
    return database.inTransaction(sql -> held(sql, run));
  }

  @Override
  public List<String> waiting(String server) {
    return database.inTransaction(
        sql ->
            sql.list(
                """
                select run from lease_ticket where server = ? and expires_at > clock_timestamp()
                order by ticket
                """,
                row -> row.text("run"),
                server));
  }

  @Override
  public Optional<String> lastServer(String run) {
    return database.inTransaction(
        sql -> sql.find("select server from lease where run = ?", row -> row.text("server"), run));
  }

  @Override
  public List<Load> loads() {
    return database.inTransaction(
        sql ->
            sql.list(
                """
                select s.name, s.capacity,
                  (select cast(count(*) as integer) from lease l where l.server = s.name
                    and l.holder_workflow_id is not null
                    and l.expires_at > clock_timestamp()) as held,
                  (select cast(count(distinct t.run) as integer) from lease_ticket t
                    where t.server = s.name and t.expires_at > clock_timestamp()) as waiting
                from policy_server s order by s.name
                """,
                row ->
                    new Load(
                        row.text("name"),
                        row.integer("capacity"),
                        row.integer("held"),
                        row.integer("waiting"))));
  }

  private static int lockServer(Sql sql, String server) throws SQLException {
    return sql.find(
            "select capacity from policy_server where name = ? for update",
            row -> row.integer("capacity"),
            server)
        .orElseThrow(() -> Failures.unknown("policy server", server));
  }

  private static Optional<Lease> held(Sql sql, String run) throws SQLException {
    return sql.find(HELD, JdbcLeaseStore::map, run);
  }

  /** The holder's lease, which must be alive or still have room; its server is locked then. */
  private static void requireHeld(Sql sql, String run, Holder holder) throws SQLException {
    Optional<Lease> seen = held(sql, run);
    if (seen.isEmpty()) {
      throw lost(run, "nobody holds it");
    }
    int capacity = lockServer(sql, seen.get().server());
    Lease lease = held(sql, run).orElseThrow(() -> lost(run, "nobody holds it"));
    if (!lease.holder().equals(holder) || !lease.server().equals(seen.get().server())) {
      throw lost(run, lease.holder().workflowId() + " (" + lease.holder().runId() + ") holds it");
    }
    if (lease.expired() && inUse(sql, lease.server()) >= capacity) {
      throw lost(run, "it ran out and its place on " + lease.server() + " is taken");
    }
  }

  private static SightlineException lost(String run, String why) {
    return new SightlineException(
        FailureType.LEASE_LOST, "the lease of run " + run + " is lost: " + why + "; acquire again");
  }

  /** The caller's ticket, drawn at the first wish and kept alive by every further one. */
  private static long ticket(Sql sql, String run, String server, Holder holder, long millis)
      throws SQLException {
    sql.update(
        "delete from lease_ticket where server = ? and expires_at <= clock_timestamp()", server);
    return sql.list(
            "insert into lease_ticket (server, run, holder_workflow_id, expires_at)"
                + " values (?, ?, ?, "
                + EXPIRY
                + ") on conflict (server, run, holder_workflow_id)"
                + " do update set expires_at = excluded.expires_at returning ticket",
            row -> row.longInteger("ticket"),
            server,
            run,
            holder.workflowId(),
            millis)
        .getFirst();
  }

  /** Earlier tickets that could use a free place: those whose run nobody holds. */
  private static int ahead(Sql sql, String server, long ticket) throws SQLException {
    return sql.find(
            """
            select cast(count(distinct t.run) as integer) as ahead from lease_ticket t
            where t.server = ? and t.ticket < ? and not exists (select 1 from lease l
              where l.run = t.run and l.holder_workflow_id is not null
                and l.expires_at > clock_timestamp())
            """,
            row -> row.integer("ahead"),
            server,
            ticket)
        .orElseThrow();
  }

  private static int inUse(Sql sql, String server) throws SQLException {
    return sql.find(
            """
            select cast(count(*) as integer) as in_use from lease
            where server = ? and holder_workflow_id is not null and expires_at > clock_timestamp()
            """,
            row -> row.integer("in_use"),
            server)
        .orElseThrow();
  }

  /** Empty when the run was taken on another server at the same moment. */
  private static Optional<Acquisition> grant(
      Sql sql, String run, String server, Holder holder, long millis, boolean reentrant)
      throws SQLException {
    List<Long> token =
        sql.list(
            "insert into lease as l (run, server, holder_workflow_id, holder_run_id, token,"
                + " ttl_millis, expires_at) values (?, ?, ?, ?, 1, ?, "
                + EXPIRY
                + ") on conflict (run) do update set server = excluded.server,"
                + " holder_workflow_id = excluded.holder_workflow_id,"
                + " holder_run_id = excluded.holder_run_id, token = l.token + 1,"
                + " ttl_millis = excluded.ttl_millis, expires_at = excluded.expires_at"
                + " where ? or l.holder_workflow_id is null or l.expires_at <= clock_timestamp()"
                + " returning token",
            row -> row.longInteger("token"),
            run,
            server,
            holder.workflowId(),
            holder.runId(),
            millis,
            millis,
            reentrant);
    if (token.isEmpty()) {
      return Optional.empty();
    }
    sql.update(
        "delete from lease_ticket where run = ? and holder_workflow_id = ?",
        run,
        holder.workflowId());
    return Optional.of(new Granted(token.getFirst()));
  }

  private static Lease map(Row row) throws SQLException {
    return new Lease(
        row.text("run"),
        row.text("server"),
        new Holder(row.text("holder_workflow_id"), row.text("holder_run_id")),
        row.longInteger("token"),
        row.truth("expired"));
  }
}
