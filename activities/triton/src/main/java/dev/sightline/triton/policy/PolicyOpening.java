package dev.sightline.triton.policy;

import dev.sightline.foundation.SightlineException;

/** Opens a run, however long its model takes to load. */
public final class PolicyOpening {
  /** How the server names the load among its jobs. */
  private static final String LOAD = "open";

  private PolicyOpening() {}

  /**
   * Blocks until the run is open.
   *
   * @param listener told of the load at every look; not called when there is nothing to load
   * @throws SightlineException of the server's type when the model cannot be loaded, JOB_STUCK when
   *     nothing moved for the schedule's time, or as {@link PolicyClient} does; the load itself
   *     goes on in the last two cases
   */
  public static OpenedRun open(
      PolicyClient client,
      PolicyCall call,
      OpenRequest request,
      PollSchedule schedule,
      ProgressListener listener) {
    return open(client, call, request, schedule, listener, Pauses.REAL);
  }

  static OpenedRun open(
      PolicyClient client,
      PolicyCall call,
      OpenRequest request,
      PollSchedule schedule,
      ProgressListener listener,
      Pauses time) {
    JobWatch watch = new JobWatch(client, call, LOAD, schedule, time);
    while (true) {
      switch (client.open(call, request)) {
        case OpenedRun opened -> {
          return opened;
        }
        case LoadingModel(JobStatus load) -> {
          listener.onProgress(load);
          watch.look(load);
          watch.pause();
        }
      }
    }
  }
}
