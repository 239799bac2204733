package dev.sightline.triton.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.triton.FakeTriton;
import dev.sightline.triton.TritonClient;
import dev.sightline.triton.policy.FakePolicy.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PolicyJobsTest {
  private static final byte[] RESULT = "{\"done\":true}".getBytes(StandardCharsets.UTF_8);
  private static final JobSubmission JOB =
      JobSubmission.stored(
          new PolicyCall("run-1", 1, null),
          "step-7",
          JobKind.TRAIN,
          "{}".getBytes(StandardCharsets.UTF_8),
          Digest.ofText("parent"));
  private static final JobSubmission LONG_JOB =
      JobSubmission.stored(
          JOB.call(), JOB.key(), JOB.kind(), new byte[1001], Digest.ofText("parent"));
  private static final PollSchedule SCHEDULE = PollSchedule.standard(Duration.ofSeconds(30));

  private final FakeTime time = new FakeTime();
  private final List<JobStatus> seen = new ArrayList<>();

  private byte[] run(Function<String, Reply> server, ProgressListener listener) {
    return run(JOB, server, listener);
  }

  private byte[] run(JobSubmission job, Function<String, Reply> server, ProgressListener listener) {
    FakePolicy policy =
        new FakePolicy(
            (JsonNode envelope, byte[] chunk) ->
                switch (envelope.get("operation").textValue()) {
                  case "describe" -> FakePolicy.describe(1000);
                  case "upload" -> Reply.ok("received", 2, "complete", true);
                  case "result" ->
                      Reply.ok("digest", Digest.of(RESULT).hex(), "total", RESULT.length)
                          .with(RESULT);
                  case String operation -> server.apply(operation);
                });
    try (FakeTriton fake = new FakeTriton(policy);
        TritonClient client = fake.client()) {
      return PolicyJobs.run(new PolicyClient(client), job, SCHEDULE, listener, time);
    } finally {
      operations = policy.operations();
    }
  }

  private List<String> operations = List.of();

  private static Reply done() {
    return FakePolicy.status(
        "DONE", 9, "resultDigest", Digest.of(RESULT).hex(), "resultBytes", RESULT.length);
  }

  @Test
  void aSmallPayloadGoesFirstAndNothingElseIsAsked() {
    AtomicInteger polls = new AtomicInteger();
    byte[] result =
        run(
            operation ->
                operation.equals("submit")
                    ? FakePolicy.status("QUEUED", 0)
                    : polls.getAndIncrement() < 2
                        ? FakePolicy.status("RUNNING", polls.get())
                        : done(),
            seen::add);
    assertThat(result).isEqualTo(RESULT);
    assertThat(operations)
        .containsExactly("describe", "upload", "submit", "poll", "poll", "poll", "result");
    assertThat(seen.stream().map(JobStatus::state))
        .containsExactly(JobState.QUEUED, JobState.RUNNING, JobState.RUNNING, JobState.DONE);
    assertThat(seen).allMatch(status -> status.incarnation() != null);
  }

  @Test
  void aPayloadOfSeveralChunksIsUploadedOnlyWhenAsked() {
    AtomicInteger submits = new AtomicInteger();
    run(
        LONG_JOB,
        operation ->
            submits.getAndIncrement() == 0
                ? Reply.error("PAYLOAD_MISSING", "upload it", Map.of())
                : done(),
        seen::add);
    assertThat(operations).containsExactly("describe", "submit", "upload", "submit", "result");
  }

  @Test
  void aJobThatWaitsLooksAtTheOneBeforeIt() {
    AtomicInteger polls = new AtomicInteger();
    run(
        operation ->
            operation.equals("ping")
                ? FakePolicy.ping("first", null)
                : polls.getAndIncrement() < 2 ? FakePolicy.status("QUEUED", 0) : done(),
        seen::add);
    assertThat(operations)
        .containsExactly("describe", "upload", "submit", "poll", "ping", "poll", "result");
  }

  @Test
  void aJobThatIsDoneAlreadyIsOnlyFetched() {
    assertThat(run(operation -> done(), seen::add)).isEqualTo(RESULT);
    assertThat(operations).containsExactly("describe", "upload", "submit", "result");
    assertThat(time.pauses).isEmpty();
  }

  @Test
  void pausesGrowFromFiveMillisecondsToASecond() {
    AtomicInteger polls = new AtomicInteger();
    run(
        operation ->
            polls.getAndIncrement() < 400 ? FakePolicy.status("RUNNING", polls.get()) : done(),
        status -> {});
    assertThat(time.pauses.getFirst()).isEqualTo(Duration.ofMillis(5));
    assertThat(time.pauses.getLast()).isEqualTo(Duration.ofSeconds(1));
    assertThat(time.pauses).isSorted();
    assertThat(SCHEDULE.pause(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void aJobThatDoesNotMoveIsStuck() {
    SightlineException failure =
        catchThrowableOfType(
            SightlineException.class,
            () -> run(operation -> FakePolicy.status("RUNNING", 4), seen::add));
    assertThat(failure.type()).isEqualTo(FailureType.JOB_STUCK);
    assertThat(failure).hasMessageContaining("step-7").hasMessageContaining("work 4");
    assertThat(Duration.ofNanos(time.nanos()))
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(33));
  }

  @Test
  void aJobThatMovesSlowlyIsNotStuck() {
    AtomicInteger polls = new AtomicInteger();
    run(
        operation ->
            time.nanos() < Duration.ofSeconds(200).toNanos()
                ? FakePolicy.status("RUNNING", time.nanos() / Duration.ofSeconds(25).toNanos())
                : done(),
        status -> polls.incrementAndGet());
    assertThat(polls.get()).isGreaterThan(100);
  }

  @Test
  void waitsWhileTheServerIsBusyAndItsJobMoves() {
    byte[] result =
        run(
            operation ->
                switch (operation) {
                  case "ping" ->
                      FakePolicy.ping(
                          "first",
                          Trees.of(
                              "run",
                              "other",
                              "key",
                              "k",
                              "kind",
                              "train",
                              "phase",
                              "step",
                              "done",
                              time.nanos() / 1_000_000_000,
                              "total",
                              100));
                  default ->
                      time.nanos() < Duration.ofSeconds(90).toNanos()
                          ? Reply.error("POLICY_BUSY", "a job waits already", Map.of())
                          : done();
                },
            seen::add);
    assertThat(result).isEqualTo(RESULT);
    assertThat(seen.getFirst().state()).isEqualTo(JobState.QUEUED);
    assertThat(seen.getFirst().reason()).contains("a job waits already");
  }

  @Test
  void aFailedJobThrowsWithTheServersType() {
    assertThatThrownBy(
            () ->
                run(
                    operation ->
                        FakePolicy.status(
                            "FAILED",
                            1,
                            "error",
                            Trees.of(
                                "type", "NOT_FINITE", "message", "the loss", "detail", Map.of())),
                    seen::add))
        .hasMessage("job step-7 of run run-1: the loss")
        .extracting(e -> ((SightlineException) e).type())
        .isEqualTo(FailureType.NOT_FINITE);
  }

  @Test
  void aCancelledJobSaysSo() {
    assertThatThrownBy(
            () -> run(operation -> FakePolicy.status("CANCELLED", 1, "reason", "why"), seen::add))
        .hasMessageEndingWith("was cancelled: why")
        .extracting(e -> ((SightlineException) e).type())
        .isEqualTo(FailureType.CANCELLED);
  }

  @Test
  void whatTheListenerThrowsEndsTheWaitNotTheJob() {
    assertThatThrownBy(
            () ->
                run(
                    operation -> FakePolicy.status("RUNNING", 1),
                    status -> {
                      throw new IllegalStateException("heartbeat says stop");
                    }))
        .hasMessage("heartbeat says stop");
    assertThat(operations).containsExactly("describe", "upload", "submit");
  }

  @Test
  void aResultOtherThanAnnouncedIsRefused() {
    assertThatThrownBy(
            () ->
                run(
                    operation ->
                        FakePolicy.status(
                            "DONE", 9, "resultDigest", "1".repeat(64), "resultBytes", 3),
                    seen::add))
        .hasMessageContaining("not the one that poll announced");
  }
}
