package dev.sightline.workflow.activity;

import io.temporal.activity.ActivityInterface;

/**
 * Leases of policy servers: one a run, capacity a server, first come first served. Queue:
 * orchestration.
 */
@ActivityInterface(namePrefix = "Lease_")
public interface LeaseActivities {
  /** Waits in the queue for at most some minutes, heartbeating; answers granted or "ask again". */
  Lease acquire(LeaseRequest request);

  /** Gives the lease back; a lease that is gone already is fine. */
  void release(Lease lease);
}
