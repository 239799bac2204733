package dev.sightline.activity.policy;

import dev.sightline.activity.Heartbeat;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.LeaseStore;
import dev.sightline.storage.SpendingStore;
import dev.sightline.triton.policy.JobKind;
import dev.sightline.triton.policy.JobStatus;
import dev.sightline.triton.policy.JobSubmission;
import dev.sightline.triton.policy.OpenRequest;
import dev.sightline.triton.policy.OpenedRun;
import dev.sightline.triton.policy.PolicyCall;
import dev.sightline.triton.policy.PolicyClient;
import dev.sightline.triton.policy.PolicyJob;
import dev.sightline.triton.policy.PolicyJobs;
import dev.sightline.triton.policy.PolicyOpening;
import dev.sightline.triton.policy.PollSchedule;
import dev.sightline.triton.policy.ProgressListener;
import dev.sightline.triton.policy.RolloutResult;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One activity attempt's use of a policy: its fencing token, and jobs that renew the lease and
 * heartbeat while they run. Whatever changes something on the server renews the lease first: after
 * a run has moved to another server, the old one knows no newer token, and only PostgreSQL can
 * refuse who lost the run.
 */
public final class PolicySession {
  private static final Duration RENEW_EVERY = Duration.ofSeconds(5);

  private final PolicyServer server;
  private final PolicyClient client;
  private final LeaseStore leases;
  private final LeaseStore.Holder holder;
  private final PolicyCall call;
  private final PollSchedule schedule;
  private final SpendingStore spending;
  private @Nullable String incarnation;
  private long renewedAt = System.nanoTime();

  PolicySession(
      PolicyServer server,
      LeaseStore leases,
      LeaseStore.Holder holder,
      PolicyCall call,
      PollSchedule schedule,
      SpendingStore spending) {
    this.server = server;
    this.client = server.client();
    this.leases = leases;
    this.holder = holder;
    this.call = call;
    this.schedule = schedule;
    this.spending = spending;
  }

  public PolicyCall call() {
    return call;
  }

  PolicyServer server() {
    return server;
  }

  /** For what changes nothing. */
  public PolicyClient client() {
    return client;
  }

  /** Opens the run; a model from a folder may take minutes to load. */
  public OpenedRun open(OpenRequest request) {
    renew();
    return PolicyOpening.open(
        client, call, request, schedule, status -> alive(describe("loading the model", status)));
  }

  public void close() {
    renew();
    client.close(call);
  }

  public void prune(List<Digest> checkpoints) {
    renew();
    client.prune(call, checkpoints);
  }

  /** The fencing token, which the stores check too. */
  public long token() {
    return call.fencingToken();
  }

  public byte[] run(String key, PolicyJob job, @Nullable Digest expectedLineage) {
    return run(key, job, expectedLineage, status -> {});
  }

  /**
   * A job that somebody watches.
   *
   * @param watcher told at every look
   */
  public byte[] run(
      String key, PolicyJob job, @Nullable Digest expectedLineage, ProgressListener watcher) {
    return run(JobSubmission.of(call, key, job, expectedLineage), watcher);
  }

  /** A job whose payload was stored before. */
  public byte[] runStored(
      String key, JobKind kind, byte[] payload, @Nullable Digest expectedLineage) {
    return run(JobSubmission.stored(call, key, kind, payload, expectedLineage), status -> {});
  }

  private byte[] run(JobSubmission submission, ProgressListener watcher) {
    renew();
    double[] seconds = new double[1];
    try {
      byte[] result =
          PolicyJobs.run(
              client,
              submission,
              schedule,
              status -> {
                seconds[0] = status.seconds();
                seen(submission.key(), status);
                watcher.onProgress(status);
              });
      spending.note(
          new SpendingStore.Job(
              call.run(),
              submission.key(),
              incarnation(),
              submission.kind().wireName(),
              seconds[0],
              submission.kind() == JobKind.ROLLOUT ? RolloutResult.completionTokens(result) : 0));
      return result;
    } catch (SightlineException e) {
      if (e.type() == FailureType.JOB_STUCK) {
        // The job would be waited for again: only a reload ends it.
        server.reloadStuck(incarnation == null ? server.incarnation() : incarnation);
      }
      throw e;
    }
  }

  private void seen(String what, JobStatus status) {
    if (status.incarnation() != null) {
      incarnation = status.incarnation();
    }
    alive(describe(what, status));
  }

  /** The incarnation of the server that told last of this session's jobs. */
  public String incarnation() {
    return Objects.requireNonNull(incarnation, "no job was seen yet");
  }

  /** Heartbeats, and renews the lease now and then; throws when the lease is lost or stale. */
  public void alive(String what) {
    Heartbeat.beat(what);
    keep();
  }

  private void keep() {
    if (System.nanoTime() - renewedAt > RENEW_EVERY.toNanos()) {
      renew();
    }
  }

  /** A computation of this process that may take long; the lease is kept beside it. */
  public <T> T during(String what, Supplier<T> computation) {
    return Heartbeat.during(
        () -> {
          keep();
          return what;
        },
        computation);
  }

  /** Throws STALE_TOKEN or LEASE_LOST for a zombie. */
  private void renew() {
    leases.renew(call.run(), holder, call.fencingToken());
    renewedAt = System.nanoTime();
  }

  private static String describe(String what, JobStatus status) {
    return what + ": " + status.state() + " " + status.done() + "/" + status.total();
  }
}
