package dev.sightline.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.FailureType;
import dev.sightline.storage.LeaseStore.Acquisition;
import dev.sightline.storage.LeaseStore.Granted;
import dev.sightline.storage.LeaseStore.Holder;
import dev.sightline.storage.LeaseStore.Waiting;
import dev.sightline.storage.PolicyServerStore.State;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Leases, policy servers and the operator audit. */
@Timeout(60)
abstract class LeaseStoreContract extends StoreContract {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(1);

  @Test
  void aServerServesAsManyRunsAsItHasPlaces() {
    String server = server(2);
    String a = name("run");
    String b = name("run");
    String c = name("run");
    String d = name("run");

    assertThat(acquire(a, server)).isInstanceOf(Granted.class);
    assertThat(acquire(b, server)).isInstanceOf(Granted.class);
    assertThat(acquire(c, server)).isEqualTo(new Waiting(1));
    assertThat(acquire(d, server)).isEqualTo(new Waiting(2));
    assertThat(stores.leases().waiting(server)).containsExactly(c, d);

    assertThat(stores.leases().release(a, holder(a))).isTrue();
    assertThat(acquire(d, server)).as("c came first").isEqualTo(new Waiting(2));
    assertThat(acquire(c, server)).isInstanceOf(Granted.class);
    assertThat(acquire(d, server)).isEqualTo(new Waiting(1));
  }

  @Test
  void aWaiterThatGivesUpMakesRoom() {
    String server = server(1);
    String a = name("run");
    String b = name("run");
    String c = name("run");
    acquire(a, server);
    acquire(b, server);
    acquire(c, server);

    assertThat(stores.leases().release(b, holder(b))).isTrue();
    assertThat(stores.leases().release(b, holder(b))).isFalse();
    assertThat(acquire(c, server)).isEqualTo(new Waiting(1));
  }

  @Test
  void aServersLoadAndARunsLastServerAreKnown() {
    String server = server(2);
    String a = name("run");
    String b = name("run");
    String c = name("run");
    assertThat(stores.leases().lastServer(a)).isEmpty();
    acquire(a, server);
    acquire(b, server);
    acquire(c, server);

    assertThat(stores.leases().loads()).contains(new LeaseStore.Load(server, 2, 2, 1));
    stores.leases().release(a, holder(a));
    assertThat(stores.leases().loads()).contains(new LeaseStore.Load(server, 2, 1, 1));
    assertThat(stores.leases().lastServer(a)).contains(server);
    assertThat(stores.leases().lastServer(c)).as("it only waits").isEmpty();
  }

  @Test
  void aDeadWaiterLosesItsTicket() {
    String server = server(1);
    String a = name("run");
    String dead = name("run");
    String c = name("run");
    acquire(a, server);
    stores.leases().tryAcquire(dead, server, holder(dead), SHORT);
    acquire(c, server);
    stores.leases().release(a, holder(a));

    Acquisition answer = acquire(c, server);
    while (answer instanceof Waiting) {
      answer = acquire(c, server);
    }
    assertThat(answer).isEqualTo(new Granted(1));
  }

  @Test
  void tokensGrowWithEveryAcquisitionAndAttempt() {
    String server = server(1);
    String run = name("run");
    assertThat(acquire(run, server)).isEqualTo(new Granted(1));
    assertThat(acquire(run, server)).as("re-entrant").isEqualTo(new Granted(2));
    assertThat(stores.leases().nextToken(run, holder(run))).isEqualTo(3);
    stores.leases().renew(run, holder(run), 3);
    assertFails(FailureType.STALE_TOKEN, run, () -> stores.leases().renew(run, holder(run), 2));
    stores.leases().release(run, holder(run));
    assertFails(
        FailureType.LEASE_LOST, "nobody", () -> stores.leases().nextToken(run, holder(run)));
    assertThat(stores.leases().find(run)).isEmpty();

    assertThat(stores.leases().tryAcquire(run, server, new Holder("other", "r"), LONG))
        .isEqualTo(new Granted(4));
    assertFails(FailureType.LEASE_LOST, "other", () -> stores.leases().nextToken(run, holder(run)));
    assertThat(stores.leases().release(run, holder(run))).isFalse();
  }

  @Test
  void aNewerExecutionOfTheSameWorkflowTakesOver() {
    String server = server(1);
    String run = name("run");
    acquire(run, server);
    Holder newer = new Holder(holder(run).workflowId(), "next");

    assertThat(stores.leases().tryAcquire(run, server, newer, LONG)).isEqualTo(new Granted(2));

    assertFails(FailureType.LEASE_LOST, "next", () -> stores.leases().nextToken(run, holder(run)));
    assertThat(stores.leases().nextToken(run, newer)).isEqualTo(3);
  }

  @Test
  void anExpiredLeaseIsTakenOver() {
    String server = server(1);
    String run = name("run");
    String other = name("run");
    stores.leases().tryAcquire(run, server, holder(run), SHORT);

    Acquisition answer = acquire(other, server);
    while (answer instanceof Waiting) {
      answer = acquire(other, server);
    }

    assertThat(stores.leases().find(run).orElseThrow().expired()).isTrue();
    assertFails(
        FailureType.LEASE_LOST, "is taken", () -> stores.leases().nextToken(run, holder(run)));
    stores.leases().release(other, holder(other));
    assertThat(stores.leases().nextToken(run, holder(run)))
        .as("nobody wants its place, so it lives on")
        .isEqualTo(2);
  }

  @Test
  void anotherWorkflowMayTakeAnExpiredLeaseOfTheSameRun() {
    String server = server(1);
    String run = name("run");
    stores.leases().tryAcquire(run, server, holder(run), SHORT);
    Holder second = new Holder("second", "r");

    Acquisition answer = stores.leases().tryAcquire(run, server, second, LONG);
    while (answer instanceof Waiting) {
      answer = stores.leases().tryAcquire(run, server, second, LONG);
    }

    assertThat(answer).isEqualTo(new Granted(2));
    assertFails(
        FailureType.LEASE_LOST, "second", () -> stores.leases().nextToken(run, holder(run)));
  }

  @Test
  void oneWhoseRunIsHeldDoesNotBlockTheQueue() {
    String server = server(2);
    String held = name("run");
    String free = name("run");
    acquire(held, server);
    assertThat(stores.leases().tryAcquire(held, server, new Holder("second", "r"), LONG))
        .isInstanceOf(Waiting.class);

    assertThat(acquire(free, server)).isInstanceOf(Granted.class);
  }

  @Test
  void eightThreadsNeverExceedTheCapacityAndAllGetTheirTurn() throws Exception {
    String server = server(2);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    List<Long> tokens =
        together(
            8,
            () -> {
              String run = name("run");
              while (!(acquire(run, server) instanceof Granted)) {
                Thread.onSpinWait();
              }
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              long token = stores.leases().nextToken(run, holder(run));
              inside.decrementAndGet();
              stores.leases().release(run, holder(run));
              return token;
            });

    assertThat(tokens).containsOnly(2L);
    assertThat(most.get()).isBetween(1, 2);
    assertThat(stores.leases().waiting(server)).isEmpty();
  }

  @Test
  void eightWorkflowsOfOneRunExcludeEachOther() throws Exception {
    String server = server(8);
    String run = name("run");
    AtomicInteger inside = new AtomicInteger();

    List<Long> tokens =
        together(
            8,
            () -> {
              Holder holder = new Holder(name("workflow"), "r");
              Acquisition answer = stores.leases().tryAcquire(run, server, holder, LONG);
              while (!(answer instanceof Granted)) {
                answer = stores.leases().tryAcquire(run, server, holder, LONG);
              }
              assertThat(inside.incrementAndGet()).isEqualTo(1);
              long token = stores.leases().nextToken(run, holder);
              inside.decrementAndGet();
              stores.leases().release(run, holder);
              return token;
            });

    assertThat(new HashSet<>(tokens)).hasSize(8);
  }

  @Test
  void aRunIsOnOneServer() {
    String run = name("run");
    acquire(run, server(1));

    assertFails(FailureType.STORE_CONFLICT, "release", () -> acquire(run, server(1)));
    assertFails(FailureType.UNKNOWN_TARGET, "nowhere", () -> acquire(run, "nowhere"));
  }

  @Test
  void onlyOneRecoversADeadServer() throws Exception {
    String server = server(1);
    stores.policyServers().observe(server, "i-1");
    List<String> owners =
        together(
                8,
                () -> {
                  String owner = name("owner");
                  return stores.policyServers().beginRecovery(server, "i-1", owner, LONG)
                      ? owner
                      : "";
                })
            .stream()
            .filter(owner -> !owner.isEmpty())
            .toList();

    assertThat(owners).hasSize(1);
    assertThat(stores.policyServers().find(server).orElseThrow().state())
        .isEqualTo(State.RECOVERING);
    assertThat(stores.policyServers().observe(server, "i-x").incarnation()).isEqualTo("i-1");
    assertThat(stores.policyServers().recovered(server, "somebody", "i-9")).isFalse();
    assertThat(stores.policyServers().recovered(server, owners.getFirst(), "i-2")).isTrue();
    assertThat(stores.policyServers().find(server).orElseThrow().incarnation()).isEqualTo("i-2");
    assertThat(stores.policyServers().beginRecovery(server, "i-1", "late", LONG))
        .as("saw the dead one, which is gone")
        .isFalse();
  }

  @Test
  void aRecoveryWhoseOwnerDiedTimesOut() {
    String server = server(1);
    assertThat(stores.policyServers().beginRecovery(server, null, "dead", LONG)).isTrue();
    assertThat(stores.policyServers().beginRecovery(server, null, "next", LONG)).isFalse();

    while (!stores.policyServers().beginRecovery(server, null, "next", SHORT)) {
      Thread.onSpinWait();
    }

    assertThat(stores.policyServers().recovered(server, "dead", "i-0")).isFalse();
    assertThat(stores.policyServers().recovered(server, "next", "i-1")).isTrue();
    assertThat(stores.policyServers().list()).extracting("name").contains(server);
  }

  private String server(int capacity) {
    String server = name("server");
    stores.policyServers().register(server, "127.0.0.1:8001", capacity);
    return server;
  }

  private Acquisition acquire(String run, String server) {
    return stores.leases().tryAcquire(run, server, holder(run), LONG);
  }

  private static Holder holder(String run) {
    return new Holder("workflow of " + run, "execution");
  }
}
