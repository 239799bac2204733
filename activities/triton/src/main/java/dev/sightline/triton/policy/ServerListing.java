package dev.sightline.triton.policy;

import dev.sightline.foundation.Digest;
import java.util.List;

/**
 * The answer to {@code list}: the jobs that the server remembers and the checkpoints on its disk.
 */
public record ServerListing(List<ListedJob> jobs, List<ListedCheckpoint> checkpoints) {
  public ServerListing {
    jobs = List.copyOf(jobs);
    checkpoints = List.copyOf(checkpoints);
  }

  /** A remembered job. */
  public record ListedJob(String run, String key, String kind, JobStatus status) {}

  /** A checkpoint on the server's disk. */
  public record ListedCheckpoint(
      Digest checkpoint, String run, Digest lineage, Digest stateDigest, long bytes) {}

  static ServerListing read(JsonFields body) {
    return new ServerListing(
        body.objects("jobs").stream()
            .map(
                job ->
                    new ListedJob(
                        job.text("run"), job.text("key"), job.text("kind"), JobStatus.read(job)))
            .toList(),
        body.objects("checkpoints").stream()
            .map(
                line ->
                    new ListedCheckpoint(
                        line.digest("checkpoint"),
                        line.text("run"),
                        line.digest("lineage"),
                        line.digest("stateDigest"),
                        line.count("bytes")))
            .toList());
  }
}
