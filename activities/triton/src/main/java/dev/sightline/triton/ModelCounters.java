package dev.sightline.triton;

import java.time.Duration;
import java.time.Instant;

/** Triton's own counters of one model since it was loaded. */
public record ModelCounters(
    String model,
    long inferences,
    long failures,
    Duration failureTime,
    Duration successTime,
    Duration queueTime,
    Instant lastInference) {}
