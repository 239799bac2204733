package dev.sightline.triton.policy;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.triton.ModelState;
import dev.sightline.triton.TritonClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Brings the policy model back after its process died: unload, load, wait for a ping by another
 * incarnation. All runs in the model's memory are lost by it; their owners see INCARNATION_CHANGED
 * or POLICY_UNKNOWN and restore.
 */
public final class StubRecovery {
  private static final int PINGS_BEFORE_RELOAD = 2;
  private static final Duration DEAD_STUB_UNLOAD = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final PolicyClient policy;
  private final TritonClient triton;
  private final RecoveryGate gate;
  private final Duration patience;
  private final Pauses time;

  /**
   * @param patience how long a living model may take to be unloaded, and a loaded one to answer
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
   * @param incarnationSeen the last one that the caller knew, or null; a healthy one is left alone
   * @param heartbeat called several times a second while it takes
   * @throws SightlineException POLICY_UNAVAILABLE when Triton itself is away (its supervisor's
   *     business), POLICY_TIMEOUT when the model does not answer in time; the gate then stays taken
   *     until its own time limit
   */
  public RecoveryOutcome recover(@Nullable String incarnationSeen, Runnable heartbeat) {
    return switch (look(incarnationSeen)) {
      case Alive(RecoveryOutcome outcome, String _) -> outcome;
      case Dead(boolean stubGone) ->
          mayReload(incarnationSeen)
              ? reloadIfStillDead(incarnationSeen, stubGone, heartbeat)
              : new RecoveryOutcome.InOtherHands();
    };
  }

  /**
   * Reloads although the model answers, for a job that is stuck. The same gate decides who.
   *
   * @throws SightlineException as {@link #recover}
   */
  public RecoveryOutcome forceReload(@Nullable String incarnationSeen, Runnable heartbeat) {
    return mayReload(incarnationSeen)
        ? reload(incarnationSeen, false, heartbeat)
        : new RecoveryOutcome.InOtherHands();
  }

  /** What pings tell before anything is touched. */
  private sealed interface Health {}

  private record Alive(RecoveryOutcome outcome, String incarnation) implements Health {}

  /**
   * @param stubGone that the process is known not to run any more
   */
  private record Dead(boolean stubGone) implements Health {}

  private Health look(@Nullable String incarnationSeen) {
    for (int attempt = 1; true; attempt++) {
      try {
        String present = policy.ping().incarnation();
        return new Alive(
            present.equals(incarnationSeen)
                ? new RecoveryOutcome.Healthy(present)
                : new RecoveryOutcome.AlreadyReplaced(present),
            present);
      } catch (SightlineException e) {
        // A loaded machine may miss one deadline; a reload would cost every run its memory.
        boolean again = e.type() == FailureType.POLICY_TIMEOUT && attempt < PINGS_BEFORE_RELOAD;
        if (!again) {
          if (!e.type().retryable()) {
            throw e;
          }
          return new Dead(
              e.type() == FailureType.POLICY_STUB_DEAD
                  || e.type() == FailureType.POLICY_UNAVAILABLE);
        }
      }
    }
  }

  private boolean mayReload(@Nullable String incarnationSeen) {
    // Before the gate: with Triton away, a taken gate would only keep others waiting.
    return lines().stream().noneMatch(line -> line.state().equals("LOADING"))
        && gate.begin(incarnationSeen);
  }

  /** Another may have reloaded it between our look and the gate, and be gone already. */
  private RecoveryOutcome reloadIfStillDead(
      @Nullable String incarnationSeen, boolean stubDead, Runnable heartbeat) {
    return switch (look(incarnationSeen)) {
      case Alive(RecoveryOutcome outcome, String incarnation) -> {
        gate.done(incarnation);
        yield outcome;
      }
      case Dead _ -> reload(incarnationSeen, stubDead, heartbeat);
    };
  }

  private RecoveryOutcome reload(
      @Nullable String incarnationSeen, boolean stubDead, Runnable heartbeat) {
    if (lines().stream().anyMatch(ModelState::ready)) {
      triton.unload(PolicyClient.MODEL);
    }
    // A model whose stub is dead stays UNLOADING for good (seen with Triton 2.51), and can be
    // loaded
    // all the same. One whose stub lives is let finish, or the new one finds its state folder
    // locked.
    long limit = time.nanos() + (stubDead ? DEAD_STUB_UNLOAD : patience).toNanos();
    while (!unloaded() && time.nanos() - limit < 0) {
      heartbeat.run();
      time.sleep(PAUSE);
    }
    load(heartbeat);
    String incarnation = awaitOther(incarnationSeen, heartbeat);
    gate.done(incarnation);
    return new RecoveryOutcome.Reloaded(incarnation);
  }

  /** The load call blocks until the model is ready, so it has a thread of its own. */
  private void load(Runnable heartbeat) {
    try (ExecutorService loader = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> loaded = loader.submit(() -> triton.load(PolicyClient.MODEL));
      try {
        while (loaded.state() == Future.State.RUNNING) {
          heartbeat.run();
          time.sleep(PAUSE);
        }
      } finally {
        loaded.cancel(true);
      }
      if (loaded.state() == Future.State.FAILED) {
        throw loaded.exceptionNow() instanceof SightlineException failure
            ? failure
            : new SightlineException(
                FailureType.POLICY_INTERNAL,
                "the load of the policy model failed",
                loaded.exceptionNow());
      }
    }
  }

  private List<ModelState> lines() {
    return triton.repositoryIndex().stream()
        .filter(line -> line.name().equals(PolicyClient.MODEL))
        .toList();
  }

  private boolean unloaded() {
    return lines().stream().allMatch(ModelState::unloaded);
  }

  private Optional<String> otherThan(@Nullable String incarnationSeen) {
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

  private String awaitOther(@Nullable String incarnationSeen, Runnable heartbeat) {
    long limit = time.nanos() + patience.toNanos();
    while (true) {
      heartbeat.run();
      Optional<String> answer = otherThan(incarnationSeen);
      if (answer.isPresent()) {
        return answer.get();
      }
      if (time.nanos() - limit > 0) {
        throw new SightlineException(
            FailureType.POLICY_TIMEOUT,
            "the policy model did not answer a ping within %d s after its load; see Triton's log"
                .formatted(patience.toSeconds()));
      }
      time.sleep(PAUSE);
    }
  }
}
