package dev.sightline.triton;

import java.time.Duration;

/**
 * How long each sort of call may take; every call has one.
 *
 * @param health liveness, readiness, index, metadata, statistics
 * @param ping the ping inference that decides whether the policy is alive
 * @param call any other policy operation without a chunk
 * @param transfer one chunk up or down
 * @param load load or unload of a model; a load returns when the model is ready
 */
public record TritonDeadlines(
    Duration health, Duration ping, Duration call, Duration transfer, Duration load) {
  public TritonDeadlines {
    positive("health", health);
    positive("ping", ping);
    positive("call", call);
    positive("transfer", transfer);
    positive("load", load);
  }

  public static TritonDeadlines standard() {
    return new TritonDeadlines(
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        Duration.ofMinutes(5));
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException("deadline " + name + " must be above zero, not " + value);
    }
  }
}
