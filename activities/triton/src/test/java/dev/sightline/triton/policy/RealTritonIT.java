package dev.sightline.triton.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.triton.policy.PolicyLoss.Aggregation;
import dev.sightline.triton.policy.TrainPayload.WeightedCompletion;
import dev.sightline.triton.policy.TrainPayload.ZeroAdvantage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The protocol against the real server: Triton, its Python stub, torch on the CPU. */
class RealTritonIT {
  private static final PollSchedule SCHEDULE = PollSchedule.standard(Duration.ofMinutes(3));
  private static final AdamW OPTIMIZER = AdamW.standard();

  private static @Nullable RealTriton running;
  private static RealTriton triton;
  private static PolicyClient policy;

  @BeforeAll
  static void start() {
    Path python =
        RealTriton.python()
            .orElseGet(
                () -> {
                  System.out.println("RealTritonIT is skipped: " + RealTriton.howToPrepare());
                  return abort(RealTriton.howToPrepare());
                });
    // Not a temporary folder: the log is what one reads after a failure.
    triton =
        RealTriton.start(
            python,
            Path.of("target", "real-triton", "" + ProcessHandle.current().pid()).toAbsolutePath());
    running = triton;
    policy = triton.policy;
  }

  @AfterAll
  static void stop() {
    if (running != null) {
      running.close();
    }
  }

  private static PolicyCall call(String run) {
    return new PolicyCall(run, 1, null);
  }

  private static OpenRequest opening(long seed) {
    return new OpenRequest(
        new PolicyModel.TinyVl(seed, 64, 2, 1, 4, 2, 128, 14, 2),
        null,
        OPTIMIZER,
        Digest.ofText("run " + seed));
  }

  private static byte[] png(long seed) {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(84, 84, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 84 * 84; i++) {
      image.setRGB(i % 84, i / 84, random.nextInt(1 << 24));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static List<Prompt> prompts(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> Prompt.ofImage("p" + i, "<image>\nHow many minutes?", png(i)))
        .toList();
  }

  private static RolloutPayload rollout(int prompts, int samples) {
    return new RolloutPayload(
        prompts(prompts),
        samples,
        IntStream.range(0, prompts)
            .mapToObj(p -> IntStream.range(0, samples).mapToObj(s -> 1000L * p - 7L * s).toList())
            .toList(),
        1.0,
        12,
        List.of("</answer>"));
  }

  private static TrainPayload train(String run, int step, RolloutResult sampled, double lift) {
    List<WeightedCompletion> weighted =
        sampled.completions().stream()
            .map(
                c ->
                    new WeightedCompletion(
                        c.prompt(),
                        c.sample(),
                        c.tokens(),
                        c.logProbs(),
                        c.sample() % 2 == 0 ? lift : -lift))
            .toList();
    return new TrainPayload(
        new StepIdentity(run, 0, 1, step),
        PolicyLoss.clipped(0.2, 0.2, Aggregation.SEQUENCE_MEAN, null),
        1.0,
        1e-3,
        1.0,
        ZeroAdvantage.APPLY,
        prompts(2),
        weighted,
        List.of(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7)));
  }

  private static ScorePayload score(RolloutResult sampled, boolean atStart) {
    return new ScorePayload(
        prompts(2),
        sampled.completions().stream()
            .map(c -> new ScorePayload.TokenSequence(c.prompt(), c.tokens()))
            .toList(),
        1.0,
        atStart);
  }

  /** A second step with a penalty on what left the start, and one completion masked. */
  private static TrainPayload penalised(String run, RolloutResult sampled, ScoreResult start) {
    TrainPayload plain = train(run, 2, sampled, 1.0);
    return new TrainPayload(
        plain.identity(),
        new PolicyLoss(
            PolicyLoss.Kind.DAPO,
            Aggregation.TOKEN_MEAN,
            0.2,
            0.28,
            null,
            null,
            null,
            null,
            new PolicyLoss.Kl(PolicyLoss.Estimator.K3, 0.04, true),
            null),
        1.0,
        1e-3,
        1.0,
        ZeroAdvantage.APPLY,
        plain.prompts(),
        IntStream.range(0, plain.completions().size())
            .mapToObj(
                i -> {
                  WeightedCompletion c = plain.completions().get(i);
                  List<Double> reference = start.completions().get(i).logProbs();
                  return new WeightedCompletion(
                      c.prompt(),
                      c.sample(),
                      c.tokens(),
                      c.logProbs(),
                      c.advantage(),
                      i == 1,
                      reference);
                })
            .toList(),
        plain.microBatches());
  }

  private static FitPayload fit(String run, int step, int prompts) {
    return new FitPayload(
        new StepIdentity(run, 0, 1, step),
        1e-3,
        1.0,
        prompts(prompts),
        IntStream.range(0, prompts)
            .mapToObj(i -> new FitPayload.Target("p" + i, "<answer>" + i + "</answer>"))
            .toList(),
        IntStream.range(0, prompts).mapToObj(List::of).toList());
  }

  private static byte[] run(String run, String key, PolicyJob job, @Nullable Digest lineage) {
    return PolicyJobs.run(
        policy, JobSubmission.of(call(run), key, job, lineage), SCHEDULE, status -> {});
  }

  private static OpenedRun open(PolicyCall call, OpenRequest request) {
    return PolicyOpening.open(policy, call, request, SCHEDULE, status -> {});
  }

  private static FailureType failure(Runnable action) {
    SightlineException failure = catchThrowableOfType(SightlineException.class, action::run);
    assertThat(failure).as("a SightlineException was expected").isNotNull();
    return failure.type();
  }

  @Test
  void describesItselfAndCountsFromItsOwnVersions() {
    PolicyEnvironment environment = policy.describe();
    assertThat(environment.protocol()).isEqualTo(PolicyClient.PROTOCOL);
    assertThat(environment.versions()).containsKeys("python", "torch", "transformers", "numpy");
    assertThat(environment.device()).startsWith("cpu");
    assertThat(environment.models()).contains("tiny-vl");
    assertThat(policy.statistics().peakMemoryBytes()).isPositive();
    assertThat(triton.client.metadata().name()).isEqualTo("triton");
    assertThat(triton.client.statistics(PolicyClient.MODEL).inferences()).isPositive();
  }

  @Test
  void aStepIsDoneOnceAndItsLineageIsOurs() {
    String run = "it/steps/1";
    OpenedRun opened = open(call(run), opening(1));
    assertThat(opened.alreadyOpen()).isFalse();
    assertThat(opened.lineage())
        .isEqualTo(
            Lineage.base(
                opened.baseStateDigest(),
                opening(1).runDigest(),
                policy.describe().environmentDigest()));
    assertThat(open(call(run), opening(1)).alreadyOpen()).isTrue();
    assertThat(failure(() -> open(call(run), opening(2)))).isEqualTo(FailureType.STEP_CONFLICT);

    RolloutResult sampled =
        RolloutResult.read(run(run, "rollout-1", rollout(2, 4), opened.lineage()));
    assertThat(sampled.completions().stream().map(c -> c.prompt() + "/" + c.sample()))
        .containsExactly("p0/0", "p0/1", "p0/2", "p0/3", "p1/0", "p1/1", "p1/2", "p1/3");
    assertThat(sampled.completions())
        .allSatisfy(c -> assertThat(c.logProbs()).hasSameSizeAs(c.tokens()).allMatch(p -> p <= 0));
    assertThat(sampled.lineage()).isEqualTo(opened.lineage());
    assertThat(sampled.completionTokens())
        .isEqualTo(sampled.completions().stream().mapToInt(c -> c.tokens().size()).sum());

    ScoreResult scored =
        ScoreResult.read(run(run, "score-1", score(sampled, false), opened.lineage()));
    for (int i = 0; i < sampled.completions().size(); i++) {
      List<Double> sampler = sampled.completions().get(i).logProbs();
      List<Double> teacher = scored.completions().get(i).logProbs();
      assertThat(teacher).hasSameSizeAs(sampler);
      for (int t = 0; t < sampler.size(); t++) {
        assertThat(teacher.get(t))
            .isCloseTo(sampler.get(t), org.assertj.core.data.Offset.offset(1e-3));
      }
    }

    TrainPayload first = train(run, 1, sampled, 1.0);
    byte[] bytes = run(run, "step-1", first, opened.lineage());
    StepResult step = StepResult.read(bytes);
    assertThat(step.lineageBefore()).isEqualTo(opened.lineage());
    assertThat(step.batchDigest()).isEqualTo(first.payload().digest());
    assertThat(step.lineage())
        .isEqualTo(Lineage.next(opened.lineage(), first.payload().digest(), first.identity()));
    assertThat(step.metrics().gradientNorm()).isPositive();
    assertThat(policy.ping().openRun(run).orElseThrow())
        .isEqualTo(new ServerState.OpenRun(run, step.lineage(), step.stateDigest()));

    long stepsBefore = policy.statistics().optimizerSteps();
    assertThat(run(run, "step-1", first, opened.lineage())).isEqualTo(bytes);
    assertThat(run(run, "step-1-by-another-key", first, opened.lineage())).isEqualTo(bytes);
    assertThat(policy.statistics().optimizerSteps()).isEqualTo(stepsBefore);

    ScoreResult start = ScoreResult.read(run(run, "start-1", score(sampled, true), step.lineage()));
    assertThat(start).isEqualTo(scored);
    StepResult penalised =
        StepResult.read(run(run, "step-2", penalised(run, sampled, start), step.lineage()));
    assertThat(penalised.metrics().kl()).isPositive();
    assertThat(penalised.lineageBefore()).isEqualTo(step.lineage());

    assertThat(failure(() -> run(run, "step-2-other", train(run, 2, sampled, 0.5), step.lineage())))
        .isEqualTo(FailureType.STEP_CONFLICT);
    SightlineException behind =
        catchThrowableOfType(
            SightlineException.class, () -> run(run, "rollout-2", rollout(2, 4), opened.lineage()));
    assertThat(behind.type()).isEqualTo(FailureType.POLICY_BEHIND);
    assertThat(ServerError.of(behind).orElseThrow().detail().path("lineage").textValue())
        .isEqualTo(penalised.lineage().hex());
    policy.close(call(run));
  }

  @Test
  void refusesTheWrongCallerByName() {
    String run = "it/refusals/1";
    assertThat(failure(() -> run(run, "k", rollout(1, 1), Digest.ofText("any"))))
        .isEqualTo(FailureType.POLICY_UNKNOWN);
    OpenedRun opened = open(new PolicyCall(run, 5, null), opening(3));
    assertThat(failure(() -> run(run, "k", rollout(1, 1), opened.lineage())))
        .isEqualTo(FailureType.STALE_TOKEN);
    assertThat(failure(() -> policy.poll(new PolicyCall(run, 5, null), "never")))
        .isEqualTo(FailureType.JOB_UNKNOWN);
    assertThat(failure(() -> policy.poll(new PolicyCall(run, 5, "another"), "never")))
        .isEqualTo(FailureType.INCARNATION_CHANGED);
    policy.close(new PolicyCall(run, 5, null));
  }

  @Test
  void anotherCallerAdoptsTheJobThatTheFirstLeft() {
    String run = "it/adopt/1";
    OpenedRun opened = open(call(run), opening(4));
    JobSubmission job = JobSubmission.of(call(run), "fit-1", fit(run, 1, 48), opened.lineage());
    RuntimeException crash = new IllegalStateException("the worker is gone");
    assertThat(
            catchThrowableOfType(
                IllegalStateException.class,
                () ->
                    PolicyJobs.run(
                        policy,
                        job,
                        SCHEDULE,
                        status -> {
                          throw crash;
                        })))
        .isSameAs(crash);
    List<JobState> seen = new ArrayList<>();
    long stepsBefore = policy.statistics().optimizerSteps();
    StepResult step =
        StepResult.read(PolicyJobs.run(policy, job, SCHEDULE, status -> seen.add(status.state())));
    assertThat(seen.getFirst()).isIn(JobState.QUEUED, JobState.RUNNING);
    assertThat(step.lineageBefore()).isEqualTo(opened.lineage());
    assertThat(policy.statistics().optimizerSteps() - stepsBefore).isEqualTo(1);
    policy.close(call(run));
  }

  @Test
  void aCancelledJobEndsAndItsKeyStartsAnew() {
    String run = "it/cancel/1";
    OpenedRun opened = open(call(run), opening(5));
    JobSubmission job = JobSubmission.of(call(run), "fit-1", fit(run, 1, 48), opened.lineage());
    AtomicInteger polls = new AtomicInteger();
    assertThat(
            failure(
                () ->
                    PolicyJobs.run(
                        policy,
                        job,
                        SCHEDULE,
                        status -> {
                          if (polls.getAndIncrement() == 0) {
                            assertThat(policy.cancel(call(run), "fit-1").name()).isNotBlank();
                          }
                        })))
        .isEqualTo(FailureType.CANCELLED);
    assertThat(policy.ping().openRun(run).orElseThrow().lineage()).isEqualTo(opened.lineage());
    StepResult step = StepResult.read(PolicyJobs.run(policy, job, SCHEDULE, status -> {}));
    assertThat(step.lineageBefore()).isEqualTo(opened.lineage());
    policy.close(call(run));
  }

  @Test
  void pollsStayQuickWhileAStepTrains() {
    String run = "it/latency/1";
    OpenedRun opened = open(call(run), opening(6));
    FitPayload work = fit(run, 1, 96);
    assertThat(work.payload().size())
        .as("a payload of several chunks")
        .isGreaterThan(policy.describe().maxChunkBytes());
    policy.upload(work.payload());
    policy.submit(JobSubmission.of(call(run), "fit-1", work, opened.lineage()));
    List<Long> micros = new ArrayList<>();
    JobStatus status;
    do {
      long before = System.nanoTime();
      status = policy.poll(call(run), "fit-1");
      if (status.state() == JobState.RUNNING) {
        micros.add((System.nanoTime() - before) / 1000);
      }
      Pauses.REAL.sleep(Duration.ofMillis(5));
    } while (!status.state().ended());
    assertThat(status.state()).isEqualTo(JobState.DONE);
    assertThat(micros).hasSizeGreaterThan(5);
    long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
    System.out.printf(
        "poll while training: %d polls, median %.1f ms, worst %.1f ms, job %.2f s%n",
        sorted.length,
        sorted[sorted.length / 2] / 1000.0,
        Arrays.stream(sorted).max().orElseThrow() / 1000.0,
        status.seconds());
    // Ten times what a quiet machine shows: an interpreter lock held for a whole batch fails this.
    assertThat(sorted[sorted.length / 2]).isLessThan(100_000);
    policy.close(call(run));
  }

  @Test
  void aDeadStubIsNamedReloadedAndItsRunRestoredToTheSameState() {
    String run = "it/recovery/1";
    OpenedRun opened = open(call(run), opening(7));
    StepResult first = StepResult.read(run(run, "step-1", fit(run, 1, 4), opened.lineage()));
    CheckpointResult checkpoint =
        CheckpointResult.read(
            run(run, "checkpoint-1", new CheckpointRequest(run + "/0-1"), first.lineage()));
    assertThat(checkpoint.stateDigest()).isEqualTo(first.stateDigest());
    assertThat(checkpoint.files()).containsKeys("model.safetensors", "optimizer.safetensors");
    FitPayload second = fit(run, 2, 4);
    StepResult before = StepResult.read(run(run, "step-2", second, first.lineage()));
    String incarnation = policy.ping().incarnation();

    triton.killStub();
    assertThat(failure(policy::ping)).isEqualTo(FailureType.POLICY_STUB_DEAD);
    System.out.printf(
        "with a dead stub: server ready %s, model ready %s%n",
        triton.client.serverReady(), triton.client.modelReady(PolicyClient.MODEL));
    long start = System.nanoTime();
    List<String> gate = new ArrayList<>();
    RecoveryOutcome outcome =
        new StubRecovery(policy, new ListGate(gate), Duration.ofMinutes(2))
            .recover(incarnation, () -> {});
    System.out.printf("recovery took %.1f s%n", (System.nanoTime() - start) / 1e9);
    String reloaded = policy.ping().incarnation();
    assertThat(outcome).isEqualTo(new RecoveryOutcome.Reloaded(reloaded));
    assertThat(gate).containsExactly("begin " + incarnation, "done " + reloaded);

    assertThat(failure(() -> policy.poll(new PolicyCall(run, 1, incarnation), "step-2")))
        .isEqualTo(FailureType.INCARNATION_CHANGED);
    assertThat(failure(() -> run(run, "step-3", fit(run, 3, 4), before.lineage())))
        .isEqualTo(FailureType.POLICY_UNKNOWN);
    assertThat(open(call(run), opening(7)).lineage()).isEqualTo(opened.lineage());
    StateResult restored =
        StateResult.read(run(run, "restore-1", new RestoreRequest(checkpoint.checkpoint()), null));
    assertThat(restored).isEqualTo(new StateResult(first.lineage(), first.stateDigest()));
    StepResult replayed = StepResult.read(run(run, "step-2", second, restored.lineage()));
    assertThat(replayed).isEqualTo(before);

    assertThat(policy.list().checkpoints())
        .anyMatch(line -> line.checkpoint().equals(checkpoint.checkpoint()));
    StateResult reset = StateResult.read(run(run, "reset-1", new ResetRequest(), null));
    assertThat(reset.lineage()).isEqualTo(opened.lineage());
    assertThat(policy.prune(call(run), List.of(checkpoint.checkpoint())))
        .containsExactly(checkpoint.checkpoint());
    assertThat(
            failure(() -> run(run, "restore-2", new RestoreRequest(checkpoint.checkpoint()), null)))
        .isEqualTo(FailureType.CHECKPOINT_MISSING);
    policy.close(call(run));
  }

  /** The server answers all the while: only the job's own counter tells that nothing moves. */
  @Test
  void aLivingModelWhoseJobStandsStillIsReloadedAndTheRunComesBack() {
    String run = "it/stuck/1";
    OpenedRun opened = open(call(run), opening(9));
    String incarnation = policy.ping().incarnation();
    PollSchedule impatient =
        new PollSchedule(Duration.ofMillis(5), Duration.ofMillis(20), 20, Duration.ofMillis(60));
    FitPayload parts = fit(run, 1, 256);
    // One micro-batch of all: the counter stays where it is for the whole step.
    FitPayload whole =
        new FitPayload(
            parts.identity(),
            parts.learningRate(),
            parts.maxGradientNorm(),
            parts.prompts(),
            parts.completions(),
            List.of(IntStream.range(0, 256).boxed().toList()));
    JobSubmission slow = JobSubmission.of(call(run), "step-1", whole, opened.lineage());
    assertThat(failure(() -> PolicyJobs.run(policy, slow, impatient, status -> {})))
        .isEqualTo(FailureType.JOB_STUCK);
    assertThat(policy.ping().incarnation()).isEqualTo(incarnation);

    RecoveryOutcome outcome =
        new StubRecovery(policy, new ListGate(new ArrayList<>()), Duration.ofMinutes(2))
            .forceReload(incarnation, () -> {});

    assertThat(outcome).isEqualTo(new RecoveryOutcome.Reloaded(policy.ping().incarnation()));
    assertThat(policy.ping().incarnation()).isNotEqualTo(incarnation);
    assertThat(open(call(run), opening(9)).lineage()).isEqualTo(opened.lineage());
    StepResult done = StepResult.read(run(run, "step-1", fit(run, 1, 4), opened.lineage()));
    assertThat(done.lineage()).isNotEqualTo(opened.lineage());
    policy.close(call(run));
  }

  private record ListGate(List<String> calls) implements RecoveryGate {
    @Override
    public boolean begin(@Nullable String incarnationSeen) {
      return calls.add("begin " + incarnationSeen);
    }

    @Override
    public void done(String newIncarnation) {
      calls.add("done " + newIncarnation);
    }
  }
}
