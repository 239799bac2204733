package dev.sightline.workflow.internal.fake;

import dev.sightline.workflow.activity.Lease;
import dev.sightline.workflow.activity.LeaseActivities;
import dev.sightline.workflow.activity.LeaseRequest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One policy server, which may be busy for a number of asks. */
public final class FakeLeases implements LeaseActivities {
  private final Faults faults;
  private final AtomicInteger busyFor = new AtomicInteger();
  private final AtomicReference<@Nullable String> holder = new AtomicReference<>();
  private final AtomicReference<@Nullable CountDownLatch> gate = new AtomicReference<>();

  public FakeLeases(Faults faults) {
    this.faults = faults;
  }

  public void busyFor(int asks) {
    busyFor.set(asks);
  }

  /** The server is granted only when the latch opens. */
  public void hold(CountDownLatch latch) {
    gate.set(latch);
  }

  public @Nullable String holder() {
    return holder.get();
  }

  @Override
  public Lease acquire(LeaseRequest request) {
    faults.call("acquire", request.run());
    CountDownLatch held = gate.get();
    if (held != null) {
      try {
        held.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    int left = busyFor.getAndUpdate(now -> Math.max(0, now - 1));
    if (left > 0) {
      return new Lease(request.run(), "", request.holder(), false, left);
    }
    holder.set(request.holder());
    return new Lease(request.run(), "server", request.holder(), true, 0);
  }

  @Override
  public void release(Lease lease) {
    faults.call("release", lease.run());
    holder.updateAndGet(now -> lease.holder().equals(now) ? null : now);
  }
}
