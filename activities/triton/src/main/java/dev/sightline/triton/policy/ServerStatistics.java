package dev.sightline.triton.policy;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The policy's own counters since its model was loaded.
 *
 * @param jobs ended jobs by {@code <kind>.<state>}
 * @param jobSeconds spent in them
 */
public record ServerStatistics(
    Map<String, Long> jobs,
    double jobSeconds,
    long optimizerSteps,
    long promptTokens,
    long sampledTokens,
    long trainedTokens,
    long openRuns,
    long stagedBytes,
    long peakMemoryBytes) {
  public ServerStatistics {
    jobs = Collections.unmodifiableMap(new TreeMap<>(jobs));
  }

  static ServerStatistics read(JsonFields body) {
    JsonFields jobs = body.object("jobs");
    Map<String, Long> counts = new TreeMap<>();
    jobs.names().forEach(name -> counts.put(name, jobs.count(name)));
    return new ServerStatistics(
        counts,
        body.number("jobSeconds").doubleValue(),
        body.count("optimizerSteps"),
        body.count("promptTokens"),
        body.count("sampledTokens"),
        body.count("trainedTokens"),
        body.count("openRuns"),
        body.count("stagedBytes"),
        body.count("peakMemoryBytes"));
  }
}
