package dev.sightline.worker.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.sightline.activity.ablation.InterruptedRuns;
import dev.sightline.activity.training.ArtifactCheck;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.migrate.Migrations;
import dev.sightline.report.Interruptions;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.SpecDigest;
import dev.sightline.storage.AttemptLog;
import dev.sightline.storage.CheckpointStore;
import dev.sightline.storage.Database;
import dev.sightline.storage.FolderArtifactStore;
import dev.sightline.storage.InterruptionStore;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.StepLedger;
import dev.sightline.storage.Stores;
import dev.sightline.triton.policy.ExportRequest.Layout;
import dev.sightline.triton.policy.RolloutResult;
import dev.sightline.triton.policy.ServerState;
import dev.sightline.worker.PythonEnvironment;
import dev.sightline.worker.cli.experiment.CheckpointExport;
import dev.sightline.workflow.OperatorCommand;
import dev.sightline.workflow.StageState;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that lose checkpoints or memory and still end where an undisturbed run ends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(900)
final class DurabilityIT {
  private static final String SERVER = "one";
  private static final ExperimentSpec CALM = Laboratory.spec("calm");

  // Not a temporary folder: Triton's log is what one reads after a failure.
  private final Path folder =
      Path.of("target", "durability", "" + ProcessHandle.current().pid()).toAbsolutePath();

  private Path python = folder;
  private EmbeddedPostgres postgres;
  private Stores stores;
  private FolderArtifactStore artifacts;
  private PolicyProcess triton;
  private Laboratory laboratory;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    python = PythonEnvironment.orSkip(DurabilityIT.class);
    postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    Migrations.migrate(postgres.getPostgresDatabase());
    stores = Stores.over(new Database(postgres.getPostgresDatabase()));
    artifacts = new FolderArtifactStore(folder.resolve("artifacts"));
    stores.policyServers().register(SERVER, "127.0.0.1", 1);
    triton = PolicyProcess.start(python, folder.resolve("one"), Map.of());
    laboratory = new Laboratory(stores, artifacts, SERVER, triton.policy);
    laboratory.makeDataset(CALM);
    assertThat(Laboratory.result(laboratory.train(CALM, null)).state()).isEqualTo(StageState.DONE);
  }

  @AfterAll
  void stop() throws IOException {
    if (laboratory != null) {
      laboratory.close();
    }
    if (triton != null) {
      triton.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  @Test
  void aCorruptAndAMissingCheckpointAreAskedAboutAndTheEndIsTheSame() throws Exception {
    ExperimentSpec torn = Laboratory.spec("torn");
    Laboratory.result(laboratory.train(torn, 3));
    List<CheckpointStore.Checkpoint> saved = stores.checkpoints().list(Laboratory.run(torn));
    assertThat(saved).extracting(CheckpointStore.Checkpoint::step).containsExactly(1, 2, 3);
    Path weights = triton.checkpoint(saved.get(2).id()).resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    remove(triton.checkpoint(saved.get(1).id()));
    // Both are functions of rollout and scores, so nobody is asked about them.
    List<StepLedger.Step> made = stores.steps().liveSteps(Laboratory.run(torn));
    Files.delete(artifact(made.get(1).batchDigest()));
    Files.write(artifact(made.get(2).batchDigest()), new byte[] {1});
    triton.killStub();

    WorkflowStub goesOn = laboratory.train(torn, null);
    assertThat(Laboratory.awaitOperator(goesOn, "CHECKPOINT_CORRUPT"))
        .contains("the checkpoint of step 3 is lost", "model.safetensors", "after step 2");
    assertThat(stores.leases().find(Laboratory.run(torn))).as("others may go on").isEmpty();
    Laboratory.retry(goesOn, "first");
    assertThat(Laboratory.awaitOperator(goesOn, "CHECKPOINT_MISSING"))
        .contains("the checkpoint of step 2 is lost", "after step 1");
    Laboratory.retry(goesOn, "second");

    assertThat(Laboratory.result(goesOn).state()).isEqualTo(StageState.DONE);
    assertThat(laboratory.states(torn)).hasSize(4).isEqualTo(laboratory.states(CALM));
    assertThat(triton.journal())
        .as("steps 2 and 3 were made again from the checkpoint of step 1")
        .filteredOn(
            line ->
                line.contains("\"event\":\"restore\"")
                    && line.contains(saved.getFirst().lineage().hex()))
        .hasSize(1);
    assertThat(stores.attempts().list("run/" + Laboratory.run(torn), 50))
        .filteredOn(note -> note.activity().equals(AttemptLog.ARTIFACT))
        .extracting(note -> note.failureType() + note.message().replaceFirst(".*digest", ""))
        .containsExactly(
            "ARTIFACT_MISSING: the batch of step 2", "ARTIFACT_CORRUPT: the batch of step 3");
    assertThat(Digest.of(Files.readAllBytes(artifact(made.get(2).batchDigest()))))
        .isEqualTo(made.get(2).batchDigest());
  }

  @Test
  void aLostRolloutIsAskedAboutAndTheEndIsTheSame() throws Exception {
    ExperimentSpec asked = Laboratory.spec("asked");
    String run = Laboratory.run(asked);
    Laboratory.result(laboratory.train(asked, 1));
    StepLedger.Step step = stores.steps().liveSteps(run).getFirst();
    Path rollout = artifact(Objects.requireNonNull(step.rolloutDigest()));
    byte[] copy = Files.readAllBytes(rollout);
    Files.delete(rollout);
    Files.delete(artifact(step.batchDigest()));
    for (CheckpointStore.Checkpoint checkpoint : stores.checkpoints().list(run)) {
      stores.checkpoints().giveUp(run, checkpoint.id(), Long.MAX_VALUE);
    }
    triton.killStub();

    WorkflowStub goesOn = laboratory.train(asked, null);
    assertThat(Laboratory.awaitOperator(goesOn, "ARTIFACT_MISSING"))
        .contains(rollout.toString(), "the rollout of step 1", "cannot be made again")
        .contains("sightline reset run/" + run + " --round 0");
    ArtifactCheck check = new ArtifactCheck(stores, artifacts);
    assertThat(check.of(SpecDigest.experimentId(asked), true))
        .filteredOn(found -> found.state() != ArtifactCheck.State.WHOLE)
        .extracting(found -> found.state() + " " + found.part().what())
        .containsExactly("LOST the rollout of step 1", "LOST the batch of step 1");
    Files.write(rollout, copy);
    assertThat(check.of(SpecDigest.experimentId(asked), true))
        .filteredOn(found -> found.state() != ArtifactCheck.State.WHOLE)
        .extracting(found -> found.state() + " " + found.part().what())
        .containsExactly("RESTORED the batch of step 1");
    Laboratory.retry(goesOn, "put back");

    assertThat(Laboratory.result(goesOn).state()).isEqualTo(StageState.DONE);
    assertThat(laboratory.states(asked)).hasSize(4).isEqualTo(laboratory.states(CALM));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aChunkGoesOnBehindItsLastCommittedStep(boolean withoutStub) throws Exception {
    ExperimentSpec undisturbed = Laboratory.supervised("whole");
    ExperimentSpec cut = Laboratory.supervised(withoutStub ? "cut-and-killed" : "cut");
    if (stores.runs().find(Laboratory.run(undisturbed)).isEmpty()) {
      Laboratory.result(laboratory.train(undisturbed, null));
    }
    StepLedger failsOnce =
        failingAtCommit(
            3,
            () -> {
              if (withoutStub) {
                triton.killStub();
              }
            });
    try (Laboratory there = new Laboratory(with(failsOnce), artifacts, SERVER, triton.policy)) {
      assertThat(Laboratory.result(there.train(cut, null)).state()).isEqualTo(StageState.DONE);
    }

    assertThat(laboratory.states(cut)).hasSize(4).isEqualTo(laboratory.states(undisturbed));
    List<String> journal =
        triton.journal().stream().filter(line -> line.contains(Laboratory.run(cut))).toList();
    assertThat(journal)
        .as("steps that the policy made: one that lived on makes none twice")
        .filteredOn(line -> line.contains("\"event\":\"step\""))
        .hasSize(withoutStub ? 3 + 4 : 4);
    assertThat(journal)
        .filteredOn(line -> line.contains("\"event\":\"re"))
        .as("restores and resets")
        .isEmpty();
  }

  private Stores with(StepLedger steps) {
    return new Stores(
        stores.experiments(),
        stores.plans(),
        stores.datasets(),
        stores.runs(),
        steps,
        stores.checkpoints(),
        stores.evaluations(),
        stores.leases(),
        stores.policyServers(),
        stores.audit(),
        stores.amendments(),
        stores.attempts(),
        stores.waiters(),
        stores.decisions(),
        stores.spending(),
        stores.interruptions());
  }

  /** The ledger, with one commit that does not arrive: its step was made. */
  private StepLedger failingAtCommit(int which, Runnable before) {
    AtomicInteger commits = new AtomicInteger();
    return (StepLedger)
        Proxy.newProxyInstance(
            StepLedger.class.getClassLoader(),
            new Class<?>[] {StepLedger.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("commit") && commits.incrementAndGet() == which) {
                before.run();
                throw new SightlineException(FailureType.STORE_UNAVAILABLE, "cut off");
              }
              try {
                return method.invoke(stores.steps(), arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private Path artifact(Digest digest) {
    String hex = digest.hex();
    return folder
        .resolve("artifacts")
        .resolve(hex.substring(0, 2))
        .resolve(hex.substring(2, 4))
        .resolve(hex);
  }

  @Test
  void aDrawThatDiesWithItsServerIsToldBesideTheOneInItsPlace() throws Exception {
    ExperimentSpec slow = Laboratory.spec("slow", 12, 400);
    String run = Laboratory.run(slow);
    WorkflowStub goesOn = laboratory.train(slow, 1);
    awaitDrawing(run);
    triton.killStub();
    Laboratory.result(goesOn);

    List<InterruptionStore.Draw> draws = stores.interruptions().draws(run);
    assertThat(draws).hasSize(2);
    InterruptionStore.Look lost = Objects.requireNonNull(draws.getFirst().look());
    InterruptionStore.Look kept = Objects.requireNonNull(draws.getLast().look());
    assertThat(draws.getFirst().rollout()).isNull();
    assertThat(lost.growing()).as("it was cut off").isNotEmpty();
    assertThat(draws.getLast().rollout())
        .isEqualTo(stores.steps().liveSteps(run).getFirst().rolloutDigest());
    for (int i = 0; i < lost.lengths().size(); i++) {
      if (lost.growing().contains(i)) {
        assertThat(lost.lengths().get(i)).isLessThanOrEqualTo(kept.lengths().get(i));
      } else {
        assertThat(lost.lengths().get(i)).isEqualTo(kept.lengths().get(i));
      }
    }

    Interruptions.Run told = InterruptedRuns.of(stores.runs().find(run).orElseThrow(), stores);
    assertThat(told.lost())
        .containsExactly(
            new Interruptions.Lost(
                1,
                Interruptions.Why.DRAWN_AGAIN,
                24,
                lost.lengths(),
                lost.growing(),
                kept.lengths()));
    assertThat(told.interrupted())
        .extracting(Interruptions.Round::round, Interruptions.Round::lostDraws)
        .containsExactly(tuple(0, 1));
    assertThat(InterruptedRuns.of(calm(), stores).interrupted()).isEmpty();
  }

  private RunStore.Run calm() {
    return stores.runs().find(Laboratory.run(CALM)).orElseThrow();
  }

  /** Waits until some tokens of a run's completions are there. */
  private void awaitDrawing(String run) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (System.nanoTime() < end) {
      ServerState.RunningJob running = triton.policy.ping().running();
      if (running != null
          && running.run().equals(run)
          && "decode".equals(running.phase())
          && running.done() >= 4) {
        return;
      }
      Thread.sleep(5);
    }
    throw new AssertionError("no rollout of " + run + " was seen");
  }

  @Test
  void whatARunEndedWithIsExportedAsAFolder() throws Exception {
    CheckpointExport export = new CheckpointExport(stores, triton.policy, line -> {});
    Path target = folder.resolve("exported");
    String run = "run/" + Laboratory.run(CALM);
    CheckpointStore.Checkpoint last = stores.checkpoints().list(Laboratory.run(CALM)).getLast();
    int runs = triton.policy.ping().runs().size();

    CheckpointExport.Exported exported = export.export(run, Layout.MERGED, target);

    assertThat(exported.checkpoint()).isEqualTo(last.id());
    assertThat(exported.step()).isEqualTo(4);
    assertThat(exported.verified()).isTrue();
    assertThat(exported.files())
        .containsKeys("config.json", "model.safetensors", "tokenizer.json", "sightline.json");
    assertThat(Files.readString(target.resolve("sightline.json"))).contains(last.id().hex());
    assertThat(triton.policy.ping().runs()).as("nothing stays open").hasSize(runs);
    CheckpointExport.Exported again =
        export.export(last.id().hex(), Layout.MERGED, folder.resolve("again"));
    assertThat(again.files().get("model.safetensors"))
        .isEqualTo(exported.files().get("model.safetensors"));

    assertRefused(FailureType.INVALID_REQUEST, "exists already", export, run, target);
    Path other = folder.resolve("other");
    assertRefused(FailureType.UNKNOWN_TARGET, "no run", export, run + "1", other);
    assertRefused(FailureType.UNKNOWN_TARGET, "no checkpoint", export, "0".repeat(64), other);
    assertRefused(FailureType.INVALID_REQUEST, "neither a run nor", export, "calm", other);
    CheckpointStore.Checkpoint pruned = stores.checkpoints().list(Laboratory.run(CALM)).getFirst();
    assertRefused(FailureType.CHECKPOINT_PRUNED, "(step 4)", export, pruned.id().hex(), other);
    assertThat(
            catchThrowableOfType(
                SightlineException.class, () -> export.export(run, Layout.ADAPTER, other)))
        .hasMessageContaining("use --layout huggingface");
    assertThat(other).doesNotExist();
  }

  private static void assertRefused(
      FailureType type, String words, CheckpointExport export, String name, Path target) {
    SightlineException refused =
        catchThrowableOfType(
            SightlineException.class, () -> export.export(name, Layout.MERGED, target));
    assertThat(refused.type()).isEqualTo(type);
    assertThat(refused).hasMessageContaining(words);
  }

  @Test
  void memoryThatRunsOutCutsThePlanWhichIsReplayedAsWritten() throws Exception {
    StepLedger.Step calm = stores.steps().liveSteps(Laboratory.run(CALM)).getFirst();
    assertThat(calm.microBatches()).containsExactly(List.of(0, 1, 2, 3));
    RolloutResult rollout =
        RolloutResult.read(artifacts.get(Objects.requireNonNull(calm.rolloutDigest())));
    // Room for one prompt with its completions, not for both.
    Map<String, String> limit =
        Map.of("SIGHTLINE_POLICY_PASS_TOKENS", Long.toString(rollout.promptTokens() * 3L / 4));
    ExperimentSpec tight = Laboratory.spec("tight");
    String run = Laboratory.run(tight);
    stores.policyServers().register("two", "127.0.0.1", 1);
    try (PolicyProcess small = PolicyProcess.start(python, folder.resolve("two"), limit);
        Laboratory there = new Laboratory(stores, artifacts, "two", small.policy)) {
      Laboratory.result(there.train(tight, 2));
      List<StepLedger.Step> steps = stores.steps().liveSteps(run);
      assertThat(steps)
          .extracting(StepLedger.Step::microBatches)
          .containsOnly(List.of(List.of(0, 1), List.of(2, 3)));
      assertThat(stores.attempts().list("run/" + run, 10))
          .as("told once, since the second step began with what fitted")
          .filteredOn(attempt -> attempt.failureType() == FailureType.OUT_OF_MEMORY)
          .extracting(AttemptLog.Attempt::message)
          .containsExactly(
              "4 completions in a micro-batch did not fit; planned again with at most 2");

      // No checkpoint is left: both steps are made again from the base, as they were written.
      small.killStub();
      for (CheckpointStore.Checkpoint checkpoint : stores.checkpoints().list(run)) {
        stores.checkpoints().giveUp(run, checkpoint.id(), Long.MAX_VALUE);
      }
      assertThat(Laboratory.result(there.train(tight, null)).state()).isEqualTo(StageState.DONE);
      assertThat(stores.steps().liveSteps(run).subList(0, 2)).isEqualTo(steps);
    }
  }

  @Test
  void whatDoesNotFitAloneIsForTheOperator() throws Exception {
    ExperimentSpec hopeless = Laboratory.spec("hopeless");
    String run = Laboratory.run(hopeless);
    stores.policyServers().register("three", "127.0.0.1", 1);
    Map<String, String> limit = Map.of("SIGHTLINE_POLICY_PASS_TOKENS", "10");
    try (PolicyProcess tiny = PolicyProcess.start(python, folder.resolve("three"), limit);
        Laboratory there = new Laboratory(stores, artifacts, "three", tiny.policy)) {
      WorkflowStub stuck = there.train(hopeless, null);

      assertThat(Laboratory.awaitOperator(stuck, "OUT_OF_MEMORY"))
          .contains("a single completion does not fit", "training.maxNewTokens");
      assertThat(stores.steps().pending(run).orElseThrow().microBatches())
          .as("the last plan that was tried")
          .containsExactly(List.of(0), List.of(1), List.of(2), List.of(3));
      assertThat(stores.runs().head(run).step()).isZero();
      assertThat(tiny.journal()).noneMatch(line -> line.contains("\"event\":\"step\""));
      stuck.signal("skipArm", new OperatorCommand("enough", "ann", "too large", null, null));
      assertThatThrownBy(() -> Laboratory.result(stuck))
          .isInstanceOf(WorkflowFailedException.class)
          .cause()
          .hasMessageContaining("Skipped by ann");
    }
  }

  @Test
  void aRoundBehindAPrunedCheckpointCannotBeginAgain() {
    String run = Laboratory.run(CALM);
    List<CheckpointStore.Checkpoint> all = stores.checkpoints().list(run);
    assertThat(all).extracting(CheckpointStore.Checkpoint::pruned).containsOnlyOnce(true);
    for (CheckpointStore.Checkpoint checkpoint : all) {
      assertThat(Files.exists(triton.checkpoint(checkpoint.id())))
          .as("files of step " + checkpoint.step())
          .isEqualTo(!checkpoint.pruned());
    }
    Digest one = Objects.requireNonNull(stores.steps().liveSteps(run).getFirst().lineage());
    assertThat(
            catchThrowableOfType(
                SightlineException.class,
                () -> stores.runs().beginRound(run, 1, one, "reset", Long.MAX_VALUE)))
        .hasMessageContaining("nearest round that can begin again is round 2")
        .extracting(SightlineException::type)
        .isEqualTo(FailureType.CHECKPOINT_PRUNED);
  }

  private static void remove(Path checkpoint) throws IOException {
    try (var files = Files.list(checkpoint)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(checkpoint);
  }
}
