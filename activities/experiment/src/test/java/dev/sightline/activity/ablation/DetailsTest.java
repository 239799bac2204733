package dev.sightline.activity.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.activity.Experiments;
import dev.sightline.activity.dataset.Samples;
import dev.sightline.foundation.Digest;
import dev.sightline.migrate.Migrations;
import dev.sightline.spec.Ids;
import dev.sightline.spec.SpecWriter;
import dev.sightline.storage.Database;
import dev.sightline.storage.ExperimentStore;
import dev.sightline.storage.RunStore;
import dev.sightline.storage.Stores;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DetailsTest {
  private EmbeddedPostgres server;
  private Details details;
  private ExperimentStore.Experiment experiment;

  @BeforeAll
  void start() throws IOException {
    server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    Migrations.migrate(server.getPostgresDatabase());
    Stores stores = Stores.over(new Database(server.getPostgresDatabase()));
    Experiments experiments = new Experiments(stores.experiments());
    experiment = experiments.admit(SpecWriter.tree(Samples.SPEC)).experiment();
    details = new Details(stores, experiments);
    for (long seed = 1; seed <= 3; seed++) {
      stores
          .runs()
          .createOrGet(
              new RunStore.NewRun(
                  Ids.runId(experiment.id(), "plain", seed),
                  RunStore.Phase.ARM,
                  experiment.id(),
                  "plain",
                  seed,
                  Digest.ofText("spec " + seed),
                  null,
                  1));
    }
  }

  @AfterAll
  void stop() throws IOException {
    server.close();
  }

  private String toldTo(String workflow) {
    return details.markdown(experiment, workflow);
  }

  @Test
  void theAblationIsToldOfAllRunsAndARunOfItself() {
    assertThat(toldTo(Ids.ablation(experiment.id())))
        .startsWith("**" + experiment.id() + "**: ")
        .contains("| plain/1 |", "| plain/2 |", "| plain/3 |");
    assertThat(toldTo(Ids.run(experiment.id(), "plain", 2)))
        .startsWith("**" + experiment.id() + "**: ")
        .contains("| plain/2 |")
        .doesNotContain("| plain/1 |", "| plain/3 |");
  }

  @Test
  void otherWorkflowsAreToldOfTheExperimentOnly() {
    assertThat(toldTo(Ids.evaluation(Digest.ofText("some"))))
        .startsWith("**" + experiment.id() + "**: ")
        .doesNotContain("|");
  }
}
