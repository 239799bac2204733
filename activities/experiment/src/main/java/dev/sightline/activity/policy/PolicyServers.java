package dev.sightline.activity.policy;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.LeaseStore;
import dev.sightline.storage.Stores;
import dev.sightline.triton.policy.PolicyCall;
import dev.sightline.triton.policy.PolicyClient;
import dev.sightline.triton.policy.PollSchedule;
import dev.sightline.triton.policy.ServerState;
import dev.sightline.workflow.activity.Lease;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pool of policy servers that this worker knows. A lease says which of them a run is on; they
 * must share their checkpoints, since a run that moves is restored on the other one.
 */
public final class PolicyServers {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyServers.class);

  /** Without a movement of the job's own counter. */
  static final Duration STUCK_AFTER = Duration.ofMinutes(10);

  private final SortedMap<String, PolicyServer> servers = new TreeMap<>();
  private final Stores stores;

  /**
   * @param clients by the servers' names in their rows
   */
  public PolicyServers(Map<String, PolicyClient> clients, Stores stores) {
    clients.forEach((name, client) -> servers.put(name, new PolicyServer(name, client, stores)));
    this.stores = stores;
  }

  /** By name. */
  public List<String> names() {
    return List.copyOf(servers.keySet());
  }

  /** Draws this attempt's fencing token. Call it once at the start of an activity. */
  public PolicySession session(Lease lease) {
    ActivityInfo info = Activity.getExecutionContext().getInfo();
    LeaseStore.Holder holder = new LeaseStore.Holder(lease.holder(), info.getWorkflowRunId());
    PolicyServer server = server(lease.server());
    long token = stores.leases().nextToken(lease.run(), holder);
    return new PolicySession(
        server,
        stores.leases(),
        holder,
        new PolicyCall(lease.run(), token, null),
        PollSchedule.standard(STUCK_AFTER),
        stores.spending());
  }

  /** Whether a server's machine and Triton answer; a dead stub does, for it can be reloaded. */
  public boolean answers(String name) {
    try {
      server(name).client().ping();
      return true;
    } catch (SightlineException e) {
      return e.type() != FailureType.POLICY_UNAVAILABLE && e.type() != FailureType.POLICY_TIMEOUT;
    }
  }

  /** Whether a server failed again and again, so that this worker hardly asks it any more. */
  public boolean away(String name) {
    return server(name).client().triton().circuit().open();
  }

  /**
   * Closes a run on the server that it has left, under its new token, so that the memory is free
   * and no one with an older token can work there. A server that does not answer is let be.
   */
  public void leave(String name, String run, long token) {
    PolicyServer server = servers.get(name);
    if (server == null) {
      return;
    }
    try {
      server.client().close(new PolicyCall(run, token, null));
    } catch (SightlineException e) {
      LOG.warn("run {} left {}, which does not answer: {}", run, name, e.getMessage());
    }
  }

  /** Sees to it that a server answers; what it holds. */
  public ServerState healthy(String name) {
    return server(name).healthy();
  }

  private PolicyServer server(String name) {
    PolicyServer server = servers.get(name);
    if (server == null) {
      throw new SightlineException(
          FailureType.POLICY_UNAVAILABLE,
          "policy server %s is none of this worker's (%s); give all workers the same SIGHTLINE_POLICY_SERVERS; if it was taken out of the pool, retry places the run on another"
              .formatted(name, String.join(", ", servers.keySet())));
    }
    return server;
  }
}
