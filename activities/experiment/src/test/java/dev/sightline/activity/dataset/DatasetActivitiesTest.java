package dev.sightline.activity.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.activity.Experiments;
import dev.sightline.activity.training.ArtifactCheck;
import dev.sightline.activity.training.ArtifactCheck.State;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.migrate.Migrations;
import dev.sightline.puzzle.dataset.Split;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.Ids;
import dev.sightline.spec.SpecDigest;
import dev.sightline.storage.AttemptLog;
import dev.sightline.storage.Database;
import dev.sightline.storage.DatasetStore;
import dev.sightline.storage.FolderArtifactStore;
import dev.sightline.storage.Stores;
import dev.sightline.workflow.activity.AssembleRequest;
import dev.sightline.workflow.activity.DatasetActivities;
import dev.sightline.workflow.activity.DatasetReference;
import dev.sightline.workflow.activity.ShardRequest;
import io.temporal.testing.TestActivityEnvironment;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The data set activities over PostgreSQL and a folder of artifacts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DatasetActivitiesTest {
  private EmbeddedPostgres server;
  private Stores stores;
  private Experiments experiments;
  private int experimentsMade;

  private Path folder;
  private FolderArtifactStore artifacts;
  private TestActivityEnvironment environment;
  private DatasetActivities activities;
  private String experiment;
  private ExperimentSpec spec;

  @BeforeAll
  void startPostgres() throws IOException {
    server = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
    Migrations.migrate(server.getPostgresDatabase());
    stores = Stores.over(new Database(server.getPostgresDatabase()));
    experiments = new Experiments(stores.experiments());
  }

  @AfterAll
  void stopPostgres() throws IOException {
    server.close();
  }

  @BeforeEach
  void admit(@TempDir Path folder) {
    this.folder = folder;
    artifacts = new FolderArtifactStore(folder);
    // Another seed each time: another experiment with another data set.
    String yaml = Samples.YAML.replace("seed: 20260101", "seed: " + ++experimentsMade);
    spec = Samples.spec(yaml);
    experiment = experiments.admit(Samples.tree(yaml)).experiment().id();
    environment = TestActivityEnvironment.newInstance();
    environment.registerActivitiesImplementations(
        new DatasetActivitiesImpl(stores, artifacts, experiments));
    activities = environment.newActivityStub(DatasetActivities.class);
  }

  @AfterEach
  void close() {
    environment.close();
  }

  @Test
  void publishesOnceWhatThePlanAsks() {
    DatasetReference planned = activities.planShards(experiment);
    assertThat(planned.manifest()).isEmpty();
    assertThat(planned.dataset()).isEqualTo(Experiments.datasetDigest(spec).hex());

    DatasetReference published = activities.publish(assembled(planned));

    assertThat(List.of(published.train(), published.dev(), published.test()))
        .containsExactly(60, 10, 21);
    assertThat(activities.planShards(experiment)).isEqualTo(published);
    DatasetStore.Dataset row =
        stores.datasets().find(Experiments.datasetDigest(spec)).orElseThrow();
    assertThat(row.state()).isEqualTo(DatasetStore.State.PUBLISHED);
    assertThat(row.counts()).isEqualTo(Map.of("train", 60, "dev", 10, "test", 21));
  }

  @Test
  void aRepeatOfEveryActivityChangesNothing() {
    DatasetReference planned = activities.planShards(experiment);
    AssembleRequest request = assembled(planned);
    DatasetReference first = activities.publish(request);

    assertThat(assembled(planned)).isEqualTo(request);
    assertThat(activities.publish(request)).isEqualTo(first);
  }

  @Test
  void whatIsReadIsWhatWasGenerated() {
    activities.publish(assembled(activities.planShards(experiment)));

    LoadedDataset read = new Datasets(stores, artifacts).of(spec);

    assertThat(Samples.ids(read, Split.TRAIN)).hasSize(60).doesNotHaveDuplicates();
    for (Split split : Split.values()) {
      for (var item : read.items(split)) {
        assertThat(item.split()).isEqualTo(split);
        assertThat(Digest.of(read.image(item))).isEqualTo(item.imageDigest());
      }
    }
    assertThat(read.items(Split.TEST))
        .extracting(item -> item.canonicalKey())
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(
            read.items(Split.TRAIN).stream().map(item -> item.canonicalKey()).toList());
  }

  @Test
  void aDatasetIsNotReadBeforeItIsPublished() {
    activities.planShards(experiment);

    assertThatThrownBy(() -> new Datasets(stores, artifacts).of(spec))
        .isInstanceOfSatisfying(
            SightlineException.class,
            e -> assertThat(e.type()).isEqualTo(FailureType.DATASET_INVALID))
        .hasMessageContaining("is not published");
  }

  @Test
  void whatIsLostOfAPublishedDataSetIsMadeAgainToItsDigest() throws IOException {
    activities.publish(assembled(activities.planShards(experiment)));
    List<Path> files = files();
    LoadedDataset before = new Datasets(stores, artifacts).of(spec);
    Map<Path, byte[]> known = new HashMap<>();
    for (int i = 0; i < files.size(); i++) {
      known.put(files.get(i), Files.readAllBytes(files.get(i)));
      if (i % 2 == 0) {
        Files.delete(files.get(i));
      } else {
        Files.write(files.get(i), new byte[] {1, 2});
      }
    }

    LoadedDataset after = new Datasets(stores, artifacts).of(spec);

    for (Split split : Split.values()) {
      assertThat(after.items(split)).isEqualTo(before.items(split));
    }
    List<AttemptLog.Attempt> notes =
        stores.attempts().list(Ids.dataset(Experiments.datasetDigest(spec)), 50);
    assertThat(notes)
        .as("the manifest, and one artifact with items of each split")
        .hasSize(4)
        .allSatisfy(note -> assertThat(note.activity()).isEqualTo(AttemptLog.ARTIFACT));
    int whole = 0;
    for (Map.Entry<Path, byte[]> file : known.entrySet()) {
      whole += whole(file.getKey(), file.getValue()) ? 1 : 0;
    }
    assertThat(whole).as("what nobody read stays lost").isEqualTo(4);
  }

  @Test
  void aCheckSaysWhatIsLostAndMakesItAgainWhereItIsAsked() throws IOException {
    activities.publish(assembled(activities.planShards(experiment)));
    Digest manifest = new Digest(activities.planShards(experiment).manifest());
    Digest items =
        new Datasets(stores, artifacts).chunks(spec, manifest).keySet().iterator().next();
    ArtifactCheck check = new ArtifactCheck(stores, artifacts);
    assertThat(check.of(experiment, false))
        .extracting(ArtifactCheck.Finding::state)
        .as("the manifest, and the items of three splits")
        .containsExactly(State.WHOLE, State.WHOLE, State.WHOLE, State.WHOLE);
    for (Path file : files()) {
      if (file.endsWith(items.hex())) {
        Files.write(file, new byte[] {1});
      }
    }

    assertThat(check.of(experiment, false))
        .filteredOn(found -> found.state() == State.LOST)
        .singleElement()
        .satisfies(found -> assertThat(found.digest()).isEqualTo(items))
        .satisfies(found -> assertThat(found.message()).contains("is damaged"));
    assertThat(check.of(experiment, true))
        .extracting(ArtifactCheck.Finding::state)
        .containsExactly(State.WHOLE, State.RESTORED, State.WHOLE, State.WHOLE);
    assertThat(check.of(experiment, false)).allMatch(found -> found.state() == State.WHOLE);
  }

  @Test
  void lostLayoutsAndShardsAreMadeAgainWhereTheyAreRead() throws IOException {
    DatasetReference planned = activities.planShards(experiment);
    AssembleRequest request = assembled(planned);
    for (Path file : files()) {
      Files.delete(file);
    }

    DatasetReference published = activities.publish(request);

    assertThat(List.of(published.train(), published.dev(), published.test()))
        .containsExactly(60, 10, 21);
    assertThat(artifacts.contains(new Digest(planned.layout()))).isTrue();
    assertThat(request.shards())
        .allSatisfy(shard -> assertThat(artifacts.contains(new Digest(shard))).isTrue());
  }

  @Test
  void aManifestThatThisBuildDoesNotMakeIsForTheOperator() {
    activities.planShards(experiment);
    Digest foreign = Digest.ofText("of another build");
    stores.datasets().publish(Experiments.datasetDigest(spec), foreign, Map.of("train", 60));

    assertThatThrownBy(() -> new Datasets(stores, artifacts).of(spec))
        .isInstanceOfSatisfying(
            SightlineException.class,
            e -> assertThat(e.type()).isEqualTo(FailureType.ARTIFACT_MISSING))
        .hasMessageContaining(foreign.hex())
        .hasMessageContaining("the data set's manifest")
        .hasMessageContaining("has another digest");
  }

  @Test
  void anUnknownExperimentIsNamed() {
    assertThatThrownBy(() -> activities.planShards("nobody-000000000000"))
        .rootCause()
        .hasMessageContaining("there is no experiment nobody-000000000000");
  }

  @Test
  void aSpecWithProblemsIsNotAdmitted() {
    Map<String, Object> tree = new HashMap<>(Samples.tree(Samples.YAML));
    tree.put("dataset", Map.of("family", "rotting_kiwi", "counts", Map.of("train", 1)));
    tree.put("sede", 1);

    assertThatThrownBy(() -> experiments.admit(tree))
        .isInstanceOfSatisfying(
            SightlineException.class, e -> assertThat(e.type()).isEqualTo(FailureType.INVALID_SPEC))
        .hasMessageContaining("sede")
        .hasMessageContaining("counts");
  }

  @Test
  void anAdmittedExperimentIsReadBackWhole() {
    assertThat(experiments.load(experiment)).isEqualTo(spec);
    assertThat(experiment).isEqualTo(SpecDigest.experimentId(spec));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static boolean whole(Path file, byte[] bytes) throws IOException {
    return Files.exists(file) && Arrays.equals(Files.readAllBytes(file), bytes);
  }

  private AssembleRequest assembled(DatasetReference planned) {
    List<String> shards = new ArrayList<>();
    for (int shard = 0; shard < planned.shards(); shard++) {
      shards.add(activities.generateShard(new ShardRequest(experiment, shard, planned.layout())));
    }
    return new AssembleRequest(experiment, shards, planned.layout());
  }
}
