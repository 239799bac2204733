package dev.sightline.activity.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.activity.Trees;
import dev.sightline.foundation.Digest;
import dev.sightline.migrate.Migrations;
import dev.sightline.storage.CheckpointStore;
import dev.sightline.storage.Database;
import dev.sightline.storage.EvaluationStore;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.Stores;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BestCheckpointsTest {
  private static final String RUN = "sample/plain/1";

  private EmbeddedPostgres server;
  private Stores stores;

  @BeforeAll
  void start() throws IOException {
    server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    Migrations.migrate(server.getPostgresDatabase());
    stores = Stores.over(new Database(server.getPostgresDatabase()));
    stores
        .runs()
        .createOrGet(
            new RunStore.NewRun(
                RUN, RunStore.Phase.ARM, "sample", "plain", 1, Digest.ofText("spec"), null, 1));
  }

  @AfterAll
  void stop() throws IOException {
    server.close();
  }

  private Digest checkpoint(int step) {
    Digest id = Digest.ofText("checkpoint " + step);
    stores
        .checkpoints()
        .record(
            new CheckpointStore.Checkpoint(
                id,
                RUN,
                0,
                step,
                lineage(step),
                Digest.ofText("state " + step),
                1,
                CheckpointStore.Kind.PERIODIC,
                false),
            1);
    return id;
  }

  private static Digest lineage(int step) {
    return Digest.ofText("lineage " + step);
  }

  private void evaluate(int step, double accuracy) {
    Digest digest = Digest.ofText("evaluation " + step);
    stores
        .evaluations()
        .open(
            new EvaluationStore.NewEvaluation(
                digest,
                RUN,
                null,
                Trees.node(Map.of("checkpoint", lineage(step).hex(), "step", step))));
    stores.evaluations().publish(digest, Trees.node(Map.of("image", Map.of("accuracy", accuracy))));
  }

  @Test
  void theMostAccurateOnDevFirstThenTheLater() {
    Digest one = checkpoint(1);
    Digest two = checkpoint(2);
    Digest three = checkpoint(3);
    checkpoint(4);
    evaluate(1, 0.5);
    evaluate(2, 0.75);
    evaluate(3, 0.5);
    BestCheckpoints best = new BestCheckpoints(stores);

    assertThat(best.of(RUN, 0)).isEmpty();
    assertThat(best.of(RUN, 1)).containsExactly(two);
    assertThat(best.of(RUN, 9))
        .as("the fourth is not evaluated yet")
        .containsExactly(two, three, one);
    stores.checkpoints().giveUp(RUN, two, 1);
    assertThat(best.of(RUN, 1)).containsExactly(three);
  }
}
