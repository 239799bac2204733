package dev.sightline.worker.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.activity.Catalog;
import dev.sightline.activity.Experiments;
import dev.sightline.activity.ablation.ExperimentActivitiesImpl;
import dev.sightline.activity.dataset.DatasetActivitiesImpl;
import dev.sightline.activity.dataset.Datasets;
import dev.sightline.foundation.Digest;
import dev.sightline.migrate.Migrations;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.spec.SpecReader;
import dev.sightline.spec.SpecWriter;
import dev.sightline.storage.Database;
import dev.sightline.storage.FolderArtifactStore;
import dev.sightline.storage.Stores;
import dev.sightline.workflow.TaskQueues;
import dev.sightline.workflow.WorkflowOutcome;
import dev.sightline.workflow.WorkflowTypes;
import dev.sightline.workflow.activity.AssembleRequest;
import dev.sightline.workflow.activity.DatasetActivities;
import dev.sightline.workflow.activity.DatasetReference;
import dev.sightline.workflow.activity.ShardRequest;
import dev.sightline.workflow.client.SightlineClients;
import dev.sightline.workflow.internal.WorkflowRegistration;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nine families on two compute workers, one of which dies half-way. {@code
 * -Dsightline.dataset.train=1600} makes 2,000 items of each family, dev and test being an eighth.
 */
final class DatasetWorkersIT {
  private static final int TRAIN = Integer.getInteger("sightline.dataset.train", 40);
  private static final List<String> FAMILIES =
      List.of(
          System.getProperty(
                  "sightline.families",
                  "board_tile,calendar,chain_link,checker_move,clock,maze,number_slide,"
                      + "rotting_kiwi,tower_of_hanoi")
              .split(","));

  private static ExperimentSpec spec() {
    StringBuilder yaml =
        new StringBuilder(
            """
            name: many
            arms: [ { name: plain, terms: [ { term: accuracy, weight: 1.0 } ] } ]
            statistics: { reference: plain }
            dataset:
              imageSize: { width: 448, height: 448 }
              parts:
            """);
    for (String family : FAMILIES) {
      yaml.append(
          "    - { family: %s, counts: { train: %d, dev: %d, test: %d } }%n"
              .formatted(family, TRAIN, TRAIN / 8, TRAIN / 8));
    }
    return Experiments.resolve(new SpecReader(Catalog.ALL).readYaml("many.yaml", yaml.toString()));
  }

  /** Answers nothing any more from the moment at which it has made its share of the shards. */
  private static final class Dying implements DatasetActivities {
    private final DatasetActivities real;
    private final int shards;
    private final Runnable kill;
    private final AtomicInteger made = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean dead;

    Dying(DatasetActivities real, int shards, Runnable kill) {
      this.real = real;
      this.shards = shards;
      this.kill = kill;
    }

    @Override
    public DatasetReference planShards(String experiment) {
      return real.planShards(experiment);
    }

    @Override
    public String generateShard(ShardRequest request) {
      String digest = real.generateShard(request);
      if (made.incrementAndGet() >= shards) {
        dead = true;
        kill.run();
      }
      if (dead) {
        silence();
      }
      return digest;
    }

    @Override
    public DatasetReference publish(AssembleRequest request) {
      return real.publish(request);
    }

    private void silence() {
      boolean interrupted = true;
      while (interrupted) {
        try {
          end.await();
          interrupted = false;
        } catch (InterruptedException e) {
          interrupted = end.getCount() > 0; // a dead process answers to nothing
        }
      }
    }
  }

  @Test
  void oneOfTwoWorkersDiesAndTheManifestIsTheSame(@TempDir Path one, @TempDir Path other)
      throws IOException {
    long started = System.nanoTime();
    byte[] undisturbed = manifest(one, false);
    long between = System.nanoTime();
    byte[] killed = manifest(other, true);
    System.out.printf(
        "%d families x %d items: %.1f s undisturbed, %.1f s with a worker killed, manifest %s%n",
        FAMILIES.size(),
        TRAIN + TRAIN / 8 * 2,
        (between - started) / 1e9,
        (System.nanoTime() - between) / 1e9,
        Digest.of(killed));

    assertThat(killed).isEqualTo(undisturbed);
  }

  private static byte[] manifest(Path folder, boolean kill) throws IOException {
    try (EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                // The packaged jar names its libraries too, and the usual resolver refuses doubles.
                .setPgBinaryResolver(
                    (system, machine) ->
                        DatasetWorkersIT.class.getResourceAsStream("/postgres-linux-x86_64.txz"))
                .setServerConfig("fsync", "off")
                .start();
        TestWorkflowEnvironment environment =
            TestWorkflowEnvironment.newInstance(
                TestEnvironmentOptions.newBuilder()
                    .setUseTimeskipping(false)
                    .setWorkflowClientOptions(SightlineClients.clientOptions("default"))
                    .setWorkerFactoryOptions(SightlineClients.factoryOptions())
                    .build())) {
      Migrations.migrate(server.getPostgresDatabase());
      for (String name : List.of("Experiment", "Arm", "Seed", "Stage", "State")) {
        environment.registerSearchAttribute(
            "Sightline" + name, IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
      }
      environment.registerSearchAttribute(
          "SightlineRound", IndexedValueType.INDEXED_VALUE_TYPE_INT);
      Stores stores = Stores.over(new Database(server.getPostgresDatabase()));
      FolderArtifactStore artifacts = new FolderArtifactStore(folder);
      Experiments experiments = new Experiments(stores.experiments());
      WorkflowClient client = environment.getWorkflowClient();
      WorkerOptions patient =
          WorkerOptions.newBuilder().setDefaultDeadlockDetectionTimeout(60_000).build();
      var orchestration = environment.newWorker(TaskQueues.ORCHESTRATION, patient);
      orchestration.registerWorkflowImplementationTypes(
          WorkflowRegistration.types().toArray(Class<?>[]::new));
      orchestration.registerActivitiesImplementations(
          new ExperimentActivitiesImpl(
              stores, artifacts, experiments, new Datasets(stores, artifacts), client));
      environment.start();

      DatasetActivities real = new DatasetActivitiesImpl(stores, artifacts, experiments);
      WorkerFactory first = compute(client, real);
      WorkerFactory second = SightlineClients.workerFactory(client);
      Dying dying =
          new Dying(real, kill ? FAMILIES.size() : Integer.MAX_VALUE, second::shutdownNow);
      second.newWorker(TaskQueues.COMPUTE, slots()).registerActivitiesImplementations(dying);
      second.start();
      try {
        ExperimentSpec spec = spec();
        WorkflowStub stub =
            client.newUntypedWorkflowStub(
                WorkflowTypes.DATASET_GENERATION,
                WorkflowOptions.newBuilder()
                    .setTaskQueue(TaskQueues.ORCHESTRATION)
                    .setWorkflowId(Ids.dataset(Experiments.datasetDigest(spec)))
                    .build());
        stub.start(Map.of("spec", SpecWriter.tree(spec)));
        WorkflowOutcome outcome = stub.getResult(WorkflowOutcome.class);
        assertThat(dying.dead).isEqualTo(kill);
        assertThat(dying.made.get()).isPositive();
        return artifacts.get(new Digest(outcome.reference()));
      } finally {
        dying.end.countDown();
        first.shutdownNow();
        second.shutdownNow();
      }
    }
  }

  private static WorkerFactory compute(WorkflowClient client, DatasetActivities activities) {
    WorkerFactory factory = SightlineClients.workerFactory(client);
    factory.newWorker(TaskQueues.COMPUTE, slots()).registerActivitiesImplementations(activities);
    factory.start();
    return factory;
  }

  /** Few, so that both workers get shards. */
  private static WorkerOptions slots() {
    return WorkerOptions.newBuilder().setMaxConcurrentActivityExecutionSize(2).build();
  }
}
