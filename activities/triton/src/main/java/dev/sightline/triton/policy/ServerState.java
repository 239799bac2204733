package dev.sightline.triton.policy;

import dev.sightline.foundation.Digest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The answer to {@code ping}: the health check, and what the server holds. */
public record ServerState(
    String incarnation, double uptimeSeconds, @Nullable RunningJob running, List<OpenRun> runs) {
  public ServerState {
    runs = List.copyOf(runs);
  }

  /** The job that the background thread works on. */
  public record RunningJob(
      String run, String key, String kind, @Nullable String phase, long done, long total) {}

  /** A run whose policy is in memory, with the state that it is in. */
  public record OpenRun(String run, Digest lineage, Digest stateDigest) {}

  public Optional<OpenRun> openRun(String run) {
    return runs.stream().filter(open -> open.run().equals(run)).findFirst();
  }

  static ServerState read(JsonFields body) {
    JsonFields running = body.optionalObject("running");
    return new ServerState(
        body.text("incarnation"),
        body.number("uptimeSeconds").doubleValue(),
        running == null
            ? null
            : new RunningJob(
                running.text("run"),
                running.text("key"),
                running.text("kind"),
                running.optionalText("phase"),
                running.count("done"),
                running.count("total")),
        body.objects("runs").stream()
            .map(
                run ->
                    new OpenRun(run.text("run"), run.digest("lineage"), run.digest("stateDigest")))
            .toList());
  }
}
