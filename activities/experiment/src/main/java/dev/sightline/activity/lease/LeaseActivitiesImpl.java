package dev.sightline.activity.lease;

import dev.sightline.activity.Heartbeat;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.LeaseStore;
import dev.sightline.storage.Stores;
import dev.sightline.workflow.activity.Lease;
import dev.sightline.workflow.activity.LeaseActivities;
import dev.sightline.workflow.activity.LeaseRequest;
import io.temporal.activity.Activity;
import java.time.Duration;

/** Waits for a lease in PostgreSQL's fair queue. */
public final class LeaseActivitiesImpl implements LeaseActivities {
  /** How long a lease outlives its holder's last sign of life. */
  static final Duration TIME_TO_LIVE = Duration.ofMinutes(2);

  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final long PAUSE_MILLIS = 500;

  private final Stores stores;
  private final String server;

  /**
   * @param server name of the policy server to lease
   */
  public LeaseActivitiesImpl(Stores stores, String server) {
    this.stores = stores;
    this.server = server;
  }

  @Override
  public Lease acquire(LeaseRequest request) {
    LeaseStore.Holder holder = holder(request.holder());
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (true) {
      LeaseStore.Acquisition answer =
          stores.leases().tryAcquire(request.run(), server, holder, TIME_TO_LIVE);
      switch (answer) {
        case LeaseStore.Granted _ -> {
          return new Lease(request.run(), server, request.holder(), true, 0);
        }
        case LeaseStore.Waiting waiting -> {
          Heartbeat.beat("place " + waiting.position() + " in the queue");
          if (System.nanoTime() > end) {
            return new Lease(request.run(), server, request.holder(), false, waiting.position());
          }
        }
      }
      pause();
    }
  }

  @Override
  public void release(Lease lease) {
    stores.leases().release(lease.run(), holder(lease.holder()));
  }

  private static LeaseStore.Holder holder(String workflowId) {
    return new LeaseStore.Holder(
        workflowId, Activity.getExecutionContext().getInfo().getWorkflowRunId());
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SightlineException(
          FailureType.CANCELLED, "interrupted while waiting for a lease", e);
    }
  }
}
