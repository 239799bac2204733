package dev.sightline.triton.policy;

/** Told of a job at every poll. */
@FunctionalInterface
public interface ProgressListener {
  /**
   * Called on the polling thread: heartbeat here. What it throws ends the waiting, not the job,
   * which the next caller with the same key attaches to; cancel it by {@link PolicyClient#cancel}
   * when it is not wanted any more.
   */
  void onProgress(JobStatus status);
}
