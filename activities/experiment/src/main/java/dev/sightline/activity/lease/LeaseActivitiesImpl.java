package dev.sightline.activity.lease;

import dev.sightline.activity.Heartbeat;
import dev.sightline.activity.Waits;
import dev.sightline.activity.policy.PolicyServers;
import dev.sightline.storage.LeaseStore;
import dev.sightline.storage.Stores;
import dev.sightline.workflow.activity.Lease;
import dev.sightline.workflow.activity.LeaseActivities;
import dev.sightline.workflow.activity.LeaseRequest;
import io.temporal.activity.Activity;
import java.time.Duration;

/** Waits for a lease in PostgreSQL's fair queues, one of each server of the pool. */
public final class LeaseActivitiesImpl implements LeaseActivities {
  /** How long a lease outlives its holder's last sign of life. */
  static final Duration TIME_TO_LIVE = Duration.ofMinutes(2);

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  /** Well within {@link #TIME_TO_LIVE}, which is a ticket's too. */
  private static final Duration TICKET_RENEWED = Duration.ofSeconds(30);

  private static final Duration PAUSE = Duration.ofMillis(250);

  /** Within the heartbeat's time-out, so that each look may tell Temporal the place. */
  private static final Duration LONGEST_PAUSE = Heartbeat.EVERY.multipliedBy(2);

  private final Stores stores;
  private final PolicyServers servers;

  public LeaseActivitiesImpl(Stores stores, PolicyServers servers) {
    this.stores = stores;
    this.servers = servers;
  }

  @Override
  public Lease acquire(LeaseRequest request) {
    LeaseStore.Holder holder = holder(request.holder());
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    ServerChoice choice =
        new ServerChoice(stores.leases(), servers.names(), servers::answers, servers::away);
    while (true) {
      switch (choice.ask(request.run(), holder, TIME_TO_LIVE)) {
        case ServerChoice.Placed placed -> {
          placed.left().ifPresent(left -> servers.leave(left, request.run(), placed.token()));
          return new Lease(request.run(), placed.server(), request.holder(), true, 0);
        }
        case ServerChoice.Queued queued -> {
          if (System.nanoTime() > end) {
            return new Lease(
                request.run(), queued.server(), request.holder(), false, queued.position());
          }
          awaitRoom(choice, queued, Math.min(end, System.nanoTime() + TICKET_RENEWED.toNanos()));
        }
      }
    }
  }

  /** One look at all servers is one query; asking them all is some for each. */
  private static void awaitRoom(ServerChoice choice, ServerChoice.Queued queued, long end) {
    do {
      Heartbeat.beat("place " + queued.position() + " in the queue of " + queued.server());
      Waits.pause(pauseAt(queued.position()), "a lease");
    } while (System.nanoTime() < end && !choice.hasRoom());
  }

  /** The further back in the queue, the longer: those at its end cannot be next. */
  static Duration pauseAt(int place) {
    Duration pause = PAUSE.multipliedBy(place);
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  @Override
  public void release(Lease lease) {
    stores.leases().release(lease.run(), holder(lease.holder()));
  }

  private static LeaseStore.Holder holder(String workflowId) {
    return new LeaseStore.Holder(
        workflowId, Activity.getExecutionContext().getInfo().getWorkflowRunId());
  }
}
