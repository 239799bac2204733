package dev.sightline.activity.policy;

import dev.sightline.activity.Heartbeat;
import dev.sightline.activity.Waits;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.PolicyServerStore;
import dev.sightline.storage.Stores;
import dev.sightline.triton.policy.PolicyClient;
import dev.sightline.triton.policy.RecoveryGate;
import dev.sightline.triton.policy.RecoveryOutcome;
import dev.sightline.triton.policy.ServerState;
import dev.sightline.triton.policy.StubRecovery;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One policy server of the pool: health by ping, single-flight recovery. */
final class PolicyServer {
  private static final Duration RECOVERY_PATIENCE = Duration.ofMinutes(3);

  /** How long a server that is away may take to be started again before a try has failed. */
  private static final Duration AWAY_PATIENCE = Duration.ofMinutes(2);

  private static final Duration LOOK = Duration.ofMillis(500);

  private final String name;
  private final PolicyClient client;
  private final Stores stores;

  /**
   * @param name the server's name in its row
   */
  PolicyServer(String name, PolicyClient client, Stores stores) {
    this.name = name;
    this.client = client;
    this.stores = stores;
  }

  String name() {
    return name;
  }

  PolicyClient client() {
    return client;
  }

  /**
   * Sees to it that the policy answers: reloads a dead stub, and waits for a server that is away,
   * because whoever keeps it starts it again, and for another activity that reloads, whose claim
   * outlives it by minutes where it died. Answers what the server holds.
   */
  ServerState healthy() {
    long end = System.nanoTime() + AWAY_PATIENCE.toNanos();
    while (true) {
      try {
        ServerState state = reloadedWhereDead();
        stores.policyServers().observe(name, state.incarnation());
        return state;
      } catch (SightlineException e) {
        boolean away =
            e.type() == FailureType.POLICY_UNAVAILABLE
                || e.type() == FailureType.POLICY_TIMEOUT
                || e.type() == FailureType.POLICY_RANK_LOST
                || e.type() == FailureType.POLICY_STUB_DEAD;
        if (!away || System.nanoTime() - end > 0) {
          throw e;
        }
        Heartbeat.beat("waiting for the policy server: " + e.getMessage());
      }
      Waits.pause(LOOK, "the policy server");
    }
  }

  private ServerState reloadedWhereDead() {
    try {
      return client.ping();
    } catch (SightlineException e) {
      if (e.type() != FailureType.POLICY_STUB_DEAD) {
        throw e;
      }
      recover();
      return client.ping();
    }
  }

  /**
   * Reloads a model that answers while its job stands still. One caller does it for all; for the
   * others, and where another incarnation answers already, this does nothing.
   *
   * @param seen the incarnation whose job stands still
   */
  void reloadStuck(@Nullable String seen) {
    recovery().forceReload(seen, PolicyServer::beat);
  }

  /** The one that the last ping told of; null before the first. */
  @Nullable String incarnation() {
    return stores
        .policyServers()
        .find(name)
        .map(PolicyServerStore.PolicyServer::incarnation)
        .orElse(null);
  }

  private StubRecovery recovery() {
    return new StubRecovery(client, gate(), RECOVERY_PATIENCE);
  }

  private static void beat() {
    Heartbeat.beat("reloading the policy model");
  }

  private void recover() {
    RecoveryOutcome outcome = recovery().recover(incarnation(), PolicyServer::beat);
    switch (outcome) {
      case RecoveryOutcome.Reloaded _,
          RecoveryOutcome.AlreadyReplaced _,
          RecoveryOutcome.Healthy _ -> {}
      case RecoveryOutcome.InOtherHands _ ->
          throw new SightlineException(
              FailureType.POLICY_STUB_DEAD,
              "another activity reloads the policy model; this one asks again");
    }
  }

  private RecoveryGate gate() {
    String owner = UUID.randomUUID().toString();
    return new RecoveryGate() {
      @Override
      public boolean begin(@Nullable String incarnationSeen) {
        return stores
            .policyServers()
            .beginRecovery(name, incarnationSeen, owner, RECOVERY_PATIENCE);
      }

      @Override
      public void done(String newIncarnation) {
        stores.policyServers().recovered(name, owner, newIncarnation);
      }
    };
  }
}
