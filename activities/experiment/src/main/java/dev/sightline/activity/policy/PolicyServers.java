package dev.sightline.activity.policy;

import dev.sightline.activity.Heartbeat;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.LeaseStore;
import dev.sightline.storage.PolicyServerStore;
import dev.sightline.storage.Stores;
import dev.sightline.triton.policy.PolicyCall;
import dev.sightline.triton.policy.PolicyClient;
import dev.sightline.triton.policy.PollSchedule;
import dev.sightline.triton.policy.RecoveryGate;
import dev.sightline.triton.policy.RecoveryOutcome;
import dev.sightline.triton.policy.ServerState;
import dev.sightline.triton.policy.StubRecovery;
import dev.sightline.workflow.activity.Lease;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The policy server of this installation: sessions under a lease, health by ping, single-flight
 * recovery.
 */
public final class PolicyServers {
  private static final Duration STUCK_AFTER = Duration.ofMinutes(10);
  private static final Duration RECOVERY_PATIENCE = Duration.ofMinutes(3);

  private final String name;
  private final PolicyClient client;
  private final Stores stores;

  /**
   * @param name the server's name in its row
   */
  public PolicyServers(String name, PolicyClient client, Stores stores) {
    this.name = name;
    this.client = client;
    this.stores = stores;
  }

  public String name() {
    return name;
  }

  /** Draws this attempt's fencing token. Call it once at the start of an activity. */
  public PolicySession session(Lease lease) {
    ActivityInfo info = Activity.getExecutionContext().getInfo();
    LeaseStore.Holder holder = new LeaseStore.Holder(lease.holder(), info.getWorkflowRunId());
    long token = stores.leases().nextToken(lease.run(), holder);
    return new PolicySession(
        client,
        stores.leases(),
        holder,
        new PolicyCall(lease.run(), token, null),
        PollSchedule.standard(STUCK_AFTER));
  }

  /** Sees to it that the policy answers, reloading a dead stub; answers what the server holds. */
  public ServerState healthy() {
    ServerState state;
    try {
      state = client.ping();
    } catch (SightlineException e) {
      if (e.type() != FailureType.POLICY_STUB_DEAD) {
        throw e;
      }
      recover();
      state = client.ping();
    }
    stores.policyServers().observe(name, state.incarnation());
    return state;
  }

  private void recover() {
    @Nullable String seen =
        stores
            .policyServers()
            .find(name)
            .map(PolicyServerStore.PolicyServer::incarnation)
            .orElse(null);
    RecoveryOutcome outcome =
        new StubRecovery(client, gate(), RECOVERY_PATIENCE)
            .recover(seen, () -> Heartbeat.beat("reloading the policy model"));
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
