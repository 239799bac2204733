package dev.sightline.triton.policy;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.triton.ModelState;
import dev.sightline.triton.TritonClient;
import java.time.Duration;
import java.util.Optional;

/**
 * Brings the policy model back after its process died: unload, wait until it is gone, load, wait
 * for a ping by another incarnation. All runs in the model's memory are lost by it; their owners
 * see INCARNATION_CHANGED or POLICY_UNKNOWN and restore.
 */
public final class StubRecovery {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final PolicyClient policy;
  private final TritonClient triton;
  private final RecoveryGate gate;
  private final Duration patience;
  private final Pauses time;

  /**
   * @param patience how long the model may take to be gone, and again to answer
   */
  public StubRecovery(PolicyClient policy, RecoveryGate gate, Duration patience) {
    this(policy, gate, patience, Pauses.REAL);
  }

  StubRecovery(PolicyClient policy, RecoveryGate gate, Duration patience, Pauses time) {
    this.policy = policy;
    this.triton = policy.triton();
    this.gate = gate;
    this.patience = patience;
    this.time = time;
  }

  /**
   * @param incarnationSeen the last one that the caller knew; a healthy one is left alone
   * @param heartbeat called several times a second while it takes
   * @throws SightlineException POLICY_UNAVAILABLE when Triton itself is away, POLICY_TIMEOUT when
   *     the model does not go or come in time; the gate then stays taken until its own time limit
   */
  public RecoveryOutcome recover(String incarnationSeen, Runnable heartbeat) {
    Optional<RecoveryOutcome> alive = alive(incarnationSeen);
    if (alive.isPresent()) {
      return alive.get();
    }
    return gate.begin(incarnationSeen)
        ? reload(incarnationSeen, heartbeat)
        : new RecoveryOutcome.InOtherHands();
  }

  /**
   * Reloads although the model answers, for a job that is stuck. The same gate decides who.
   *
   * @throws SightlineException as {@link #recover}
   */
  public RecoveryOutcome forceReload(String incarnationSeen, Runnable heartbeat) {
    return gate.begin(incarnationSeen)
        ? reload(incarnationSeen, heartbeat)
        : new RecoveryOutcome.InOtherHands();
  }

  private Optional<RecoveryOutcome> alive(String incarnationSeen) {
    try {
      String present = policy.ping().incarnation();
      return Optional.of(
          present.equals(incarnationSeen)
              ? new RecoveryOutcome.Healthy(present)
              : new RecoveryOutcome.AlreadyReplaced(present));
    } catch (SightlineException e) {
      return switch (e.type()) {
        case POLICY_STUB_DEAD, POLICY_TIMEOUT, POLICY_UNAVAILABLE, POLICY_INTERNAL ->
            Optional.empty();
        default -> throw e;
      };
    }
  }

  private RecoveryOutcome reload(String incarnationSeen, Runnable heartbeat) {
    if (!unloaded()) {
      triton.unload(PolicyClient.MODEL);
      await("be unloaded", heartbeat, () -> unloaded() ? Optional.of("") : Optional.empty());
    }
    heartbeat.run();
    triton.load(PolicyClient.MODEL);
    String incarnation =
        await("answer a ping after its load", heartbeat, () -> otherThan(incarnationSeen));
    gate.done(incarnation);
    return new RecoveryOutcome.Reloaded(incarnation);
  }

  private boolean unloaded() {
    return triton.repositoryIndex().stream()
        .filter(line -> line.name().equals(PolicyClient.MODEL))
        .allMatch(ModelState::unloaded);
  }

  private Optional<String> otherThan(String incarnationSeen) {
    try {
      String present = policy.ping().incarnation();
      return present.equals(incarnationSeen) ? Optional.empty() : Optional.of(present);
    } catch (SightlineException e) {
      if (e.type().retryable()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private String await(String what, Runnable heartbeat, Probe probe) {
    long deadline = time.nanos() + patience.toNanos();
    while (true) {
      heartbeat.run();
      Optional<String> answer = probe.look();
      if (answer.isPresent()) {
        return answer.get();
      }
      if (time.nanos() - deadline > 0) {
        throw new SightlineException(
            FailureType.POLICY_TIMEOUT,
            "the policy model did not %s within %d s; see Triton's log"
                .formatted(what, patience.toSeconds()));
      }
      time.sleep(PAUSE);
    }
  }

  private interface Probe {
    Optional<String> look();
  }
}
