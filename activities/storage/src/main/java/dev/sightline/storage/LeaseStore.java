package dev.sightline.storage;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Who may use a policy server for a run: one lease per run, at most {@code capacity} per server.
 * The token of a run only grows: with each acquisition and each activity attempt. Time is the
 * database's.
 */
public interface LeaseStore {
  /**
   * The workflow execution that holds or wants a lease. Of one workflow id only one execution is
   * open at a time, so a newer run id takes over what an older one held.
   */
  record Holder(String workflowId, String runId) {
    public Holder {
      if (workflowId.isBlank() || runId.isBlank()) {
        throw new IllegalArgumentException("a holder needs a workflow id and a run id");
      }
    }
  }

  /** A lease that somebody holds; {@code expired} ones may be taken over. */
  record Lease(String run, String server, Holder holder, long token, boolean expired) {}

  /** The answer to a wish. */
  sealed interface Acquisition {}

  /** Yours until the time to live runs out or you release it. */
  record Granted(long token) implements Acquisition {}

  /** {@code position} counts from 1; ask again well before the time to live is over. */
  record Waiting(int position) implements Acquisition {}

  /**
   * Asks for the run's lease. Fair: free places go to the lowest ticket, drawn at the first wish; a
   * ticket is lost when its owner does not ask again within {@code timeToLive}. Re-entrant for the
   * same workflow id, with a higher token.
   *
   * @throws dev.sightline.foundation.SightlineException UNKNOWN_TARGET when the server is not
   *     registered; STORE_CONFLICT when the holder has the run on another server (release first)
   */
  Acquisition tryAcquire(String run, String server, Holder holder, Duration timeToLive);

  /**
   * The token of a new activity attempt; renews the lease by its time to live. An expired lease
   * that nobody took is renewed too, while the server has room.
   *
   * @throws dev.sightline.foundation.SightlineException LEASE_LOST when another holds it or nobody
   *     does: acquire again
   */
  long nextToken(String run, Holder holder);

  /**
   * Renews the lease between two heartbeats of a long activity.
   *
   * @throws dev.sightline.foundation.SightlineException STALE_TOKEN when a newer attempt began,
   *     LEASE_LOST as {@link #nextToken}
   */
  void renew(String run, Holder holder, long token);

  /** Gives the lease back and withdraws the ticket; false when the holder had neither. */
  boolean release(String run, Holder holder);

  /** The lease of a run, when somebody holds it. */
  Optional<Lease> find(String run);

  /** Where a run has its lease, or had it last; empty when it never had one. */
  Optional<String> lastServer(String run);

  /** What is asked of each server now, by name. */
  List<Load> loads();

  /**
   * A server's places.
   *
   * @param held leases that are alive
   * @param waiting runs with a ticket
   */
  record Load(String server, int capacity, int held, int waiting) {}

  /** The runs that wait for a server, first in the queue first. */
  List<String> waiting(String server);
}
