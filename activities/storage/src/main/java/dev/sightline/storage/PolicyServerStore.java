package dev.sightline.storage;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Policy servers and the single-flight recovery of each. */
public interface PolicyServerStore {
  /** RECOVERING while one owner unloads and loads the model. */
  enum State {
    READY,
    RECOVERING
  }

  /** {@code incarnation} is null until the first ping was recorded. */
  record PolicyServer(
      String name,
      String address,
      int capacity,
      @Nullable String incarnation,
      State state,
      @Nullable String recoveryOwner) {}

  /** Creates the server, or updates its address and capacity. */
  PolicyServer register(String name, String address, int capacity);

  Optional<PolicyServer> find(String name);

  /** By name. */
  List<PolicyServer> list();

  /**
   * Records the incarnation that a ping answered, unless a recovery is under way.
   *
   * @throws dev.sightline.foundation.SightlineException UNKNOWN_TARGET
   */
  PolicyServer observe(String name, String incarnation);

  /**
   * Compare-and-set: true makes the caller the only one to unload and load. False when the
   * incarnation has changed meanwhile (ping again) or another recovers it; an owner that has not
   * finished within {@code timeout} is deposed.
   *
   * @param incarnationSeen the one found dead, null when none was ever recorded
   * @param owner unique per attempt
   * @throws dev.sightline.foundation.SightlineException UNKNOWN_TARGET
   */
  boolean beginRecovery(
      String name, @Nullable String incarnationSeen, String owner, Duration timeout);

  /** Ends the owner's recovery; false when it was deposed, then nothing changes. */
  boolean recovered(String name, String owner, String newIncarnation);
}
