package dev.sightline.worker.durability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sightline.activity.policy.PolicyServers;
import dev.sightline.activity.policy.PolicySession;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.migrate.Migrations;
import dev.sightline.storage.Database;
import dev.sightline.storage.LeaseStore;
import dev.sightline.storage.Stores;
import dev.sightline.triton.policy.AdamW;
import dev.sightline.triton.policy.CheckpointRequest;
import dev.sightline.triton.policy.FitPayload;
import dev.sightline.triton.policy.OpenRequest;
import dev.sightline.triton.policy.OpenedRun;
import dev.sightline.triton.policy.PolicyModel;
import dev.sightline.triton.policy.Prompt;
import dev.sightline.triton.policy.ServerState;
import dev.sightline.triton.policy.StepIdentity;
import dev.sightline.triton.policy.StepResult;
import dev.sightline.worker.PythonEnvironment;
import dev.sightline.workflow.activity.Lease;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.testing.TestActivityEnvironment;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Attempts that lost their run, on the server that they know, and two that find a dead stub. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
final class ZombieIT {
  private static final String HERE = "here";
  private static final String ELSEWHERE = "elsewhere";
  private static final Duration LONG = Duration.ofMinutes(10);
  // What is heard of a body on a busy machine is no sign of its death.
  private static final ActivityOptions PATIENT =
      ActivityOptions.newBuilder().setStartToCloseTimeout(LONG).setHeartbeatTimeout(LONG).build();
  private static final OpenRequest OPENING =
      new OpenRequest(
          new PolicyModel.TinyVl(7, 64, 1, 1, 4, 2, 64, 14, 2),
          null,
          AdamW.standard(),
          Digest.ofText("run"));

  private final Path folder =
      Path.of("target", "zombies", "" + ProcessHandle.current().pid()).toAbsolutePath();
  private EmbeddedPostgres postgres;
  private Stores stores;
  private PolicyProcess triton;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    Path python = PythonEnvironment.orSkip(ZombieIT.class);
    postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    Migrations.migrate(postgres.getPostgresDatabase());
    stores = Stores.over(new Database(postgres.getPostgresDatabase()));
    stores.policyServers().register(HERE, "127.0.0.1", 4);
    stores.policyServers().register(ELSEWHERE, "127.0.0.2", 4);
    triton = PolicyProcess.start(python, folder, Map.of());
  }

  @AfterAll
  void stop() throws IOException {
    if (triton != null) {
      triton.close();
    }
    if (postgres != null) {
      postgres.close();
    }
  }

  /** A body of code as an activity: sessions need one's context. */
  @ActivityInterface
  public interface Body {
    void run();
  }

  private static <T> T inActivity(Callable<T> work) {
    @SuppressWarnings("unchecked")
    T[] result = (T[]) new Object[1];
    Throwable[] failure = new Throwable[1];
    TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
    try {
      environment.registerActivitiesImplementations(
          (Body)
              () -> {
                try {
                  result[0] = work.call();
                } catch (Exception | AssertionError e) {
                  failure[0] = e;
                }
              });
      environment.newActivityStub(Body.class, PATIENT).run();
    } finally {
      environment.close();
    }
    if (failure[0] != null) {
      throw new AssertionError("inside the activity", failure[0]);
    }
    return result[0];
  }

  private PolicyServers servers() {
    return new PolicyServers(Map.of(HERE, triton.policy), stores);
  }

  private static LeaseStore.Holder holder(String workflow) {
    return new LeaseStore.Holder(
        workflow, Activity.getExecutionContext().getInfo().getWorkflowRunId());
  }

  /** A session of a further attempt at the run's work. */
  private PolicySession attempt(String run, String workflow) {
    return servers().session(new Lease(run, HERE, workflow, true, 0));
  }

  private static FitPayload step(String run, int step) {
    return new FitPayload(
        new StepIdentity(run, 0, 0, step),
        1e-3,
        1.0,
        List.of(Prompt.ofText("p", "How many?")),
        List.of(new FitPayload.Target("p", "<answer>" + step + "</answer>")),
        List.of(List.of(0)));
  }

  private static FailureType refusal(Runnable call) {
    SightlineException refused = catchThrowableOfType(SightlineException.class, call::run);
    assertThat(refused).as("it was not refused").isNotNull();
    return refused.type();
  }

  /** Everything that a zombie could spoil. */
  private static void assertRefused(FailureType type, PolicySession zombie, Digest lineage) {
    String run = zombie.call().run();
    assertThat(refusal(() -> zombie.run("step/0/0/9", step(run, 9), lineage))).isEqualTo(type);
    assertThat(refusal(() -> zombie.run("checkpoint/0/9", new CheckpointRequest("z"), lineage)))
        .isEqualTo(type);
    assertThat(refusal(() -> zombie.prune(List.of(lineage)))).isEqualTo(type);
    assertThat(refusal(() -> zombie.open(OPENING))).isEqualTo(type);
    assertThat(refusal(zombie::close)).isEqualTo(type);
  }

  @Test
  void anOlderAttemptIsRefusedByPostgresAndByTheServerAlsoAfterAReload() throws Exception {
    String run = "zombie/one/1";
    inActivity(
        () -> {
          stores.leases().tryAcquire(run, HERE, holder("workflow"), LONG);
          PolicySession zombie = attempt(run, "workflow");
          servers().healthy(HERE);
          OpenedRun opened = zombie.open(OPENING);
          PolicySession newer = attempt(run, "workflow");
          StepResult first =
              StepResult.read(newer.run("step/0/0/1", step(run, 1), opened.lineage()));
          List<String> before = triton.journal();

          assertRefused(FailureType.STALE_TOKEN, zombie, first.lineage());
          // Were PostgreSQL asleep, the server itself would know better.
          assertThat(refusal(() -> triton.policy.close(zombie.call())))
              .isEqualTo(FailureType.STALE_TOKEN);
          assertThat(refusal(() -> newer.run("step/0/0/2", step(run, 2), opened.lineage())))
              .as("a stale parent")
              .isEqualTo(FailureType.POLICY_BEHIND);
          assertThat(triton.journal()).isEqualTo(before);
          assertThat(triton.policy.ping().openRun(run).orElseThrow().lineage())
              .isEqualTo(first.lineage());

          triton.killStub();
          servers().healthy(HERE);
          assertThat(refusal(() -> triton.policy.close(zombie.call())))
              .as("the token outlives the model's process")
              .isEqualTo(FailureType.STALE_TOKEN);
          assertThat(refusal(() -> triton.policy.open(zombie.call(), OPENING)))
              .isEqualTo(FailureType.STALE_TOKEN);
          assertRefused(FailureType.STALE_TOKEN, zombie, first.lineage());
          return null;
        });
  }

  @Test
  void whoseRunMovedToAnotherServerIsRefusedWhereTheOldOneKnowsNoNewerToken() throws Exception {
    String run = "zombie/moved/1";
    inActivity(
        () -> {
          stores.leases().tryAcquire(run, HERE, holder("workflow"), LONG);
          PolicySession zombie = attempt(run, "workflow");
          servers().healthy(HERE);
          OpenedRun opened = zombie.open(OPENING);
          List<String> before = triton.journal();
          stores.leases().release(run, holder("workflow"));
          stores.leases().tryAcquire(run, ELSEWHERE, holder("another"), LONG);

          assertRefused(FailureType.LEASE_LOST, zombie, opened.lineage());

          assertThat(triton.journal()).isEqualTo(before);
          assertThat(triton.policy.ping().openRun(run).map(ServerState.OpenRun::lineage))
              .contains(opened.lineage());
          // The server alone would have let it: its highest token is still the zombie's.
          triton.policy.close(zombie.call());
          assertThat(triton.policy.ping().openRun(run)).isEmpty();
          return null;
        });
  }

  @Test
  void twoThatFindTheStubDeadReloadItOnce() throws Exception {
    inActivity(() -> servers().healthy(HERE));
    long loads = triton.loads();
    String dead = triton.policy.ping().incarnation();
    triton.killStub();
    CyclicBarrier together = new CyclicBarrier(2);
    Callable<String> finder =
        () ->
            inActivity(
                () -> {
                  together.await();
                  return servers().healthy(HERE).incarnation();
                });
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      Future<String> one = both.submit(finder);
      Future<String> other = both.submit(finder);
      assertThat(one.get()).isEqualTo(other.get()).isNotEqualTo(dead);
    }
    assertThat(triton.loads()).isEqualTo(loads + 1);
    assertThat(stores.policyServers().find(HERE).orElseThrow().incarnation())
        .isEqualTo(triton.policy.ping().incarnation());
  }
}
