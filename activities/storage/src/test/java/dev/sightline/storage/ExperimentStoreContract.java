package dev.sightline.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.storage.ExperimentStore.Experiment;
import dev.sightline.storage.ExperimentStore.NewExperiment;
import dev.sightline.storage.ExperimentStore.State;
import dev.sightline.storage.ExperimentStore.Submission;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Experiments, plans, data sets, amendments. */
abstract class ExperimentStoreContract extends StoreContract {
  private static final JsonNode SPEC =
      json("{'name':'x','seeds':['9223372036854775807'],'rate':1e-4}");

  @Test
  void theSameSubmissionTwiceIsOneExperiment() throws Exception {
    NewExperiment wanted = experiment(name("experiment"), digest("spec"), json("{'retries':3}"));

    List<Submission> submissions = together(8, () -> stores.experiments().submit(wanted));

    assertThat(submissions).filteredOn(Submission::created).hasSize(1);
    Experiment stored = stores.experiments().find(wanted.id()).orElseThrow();
    assertThat(stored.state()).isEqualTo(State.SUBMITTED);
    assertThat(Json.same(stored.spec(), SPEC)).isTrue();
    assertThat(Json.digest(stored.spec())).isEqualTo(Json.digest(SPEC));
  }

  @Test
  void anIdBelongsToOneDigest() {
    String id = name("experiment");
    stores.experiments().submit(experiment(id, digest("one"), json("{}")));

    assertFails(
        FailureType.STORE_CONFLICT,
        id,
        () -> stores.experiments().submit(experiment(id, digest("two"), json("{}"))));
  }

  @Test
  void operationsMayChangeBetweenSubmissions() {
    String id = name("experiment");
    stores.experiments().submit(experiment(id, digest("one"), json("{'retries':3}")));

    Submission second =
        stores.experiments().submit(experiment(id, digest("one"), json("{'retries':4}")));

    assertThat(second.created()).isFalse();
    assertThat(second.experiment().operations().get("retries").intValue()).isEqualTo(4);
  }

  @Test
  void stateStageAndReportAreKept() {
    String id = name("experiment");
    stores.experiments().submit(experiment(id, digest("one"), json("{}")));

    stores.experiments().update(id, State.WAITING_FOR_OPERATOR, "train/a/1", "no policy");
    stores.experiments().publishReport(id, digest("results"), digest("report"));

    Experiment stored = stores.experiments().find(id).orElseThrow();
    assertThat(stored.state()).isEqualTo(State.WAITING_FOR_OPERATOR);
    assertThat(stored.stage()).isEqualTo("train/a/1");
    assertThat(stored.reason()).isEqualTo("no policy");
    assertThat(stored.resultsDigest()).isEqualTo(digest("results"));
    assertThat(stored.reportDigest()).isEqualTo(digest("report"));
    assertThat(stores.experiments().list(100)).extracting(Experiment::id).contains(id);
  }

  @Test
  void anUnknownExperimentIsNamed() {
    assertFails(
        FailureType.UNKNOWN_TARGET,
        "nobody",
        () -> stores.experiments().update("nobody", State.RUNNING, "dataset", null));
    assertThat(stores.experiments().find("nobody")).isEmpty();
  }

  @Test
  void aPlanIsFoundByTheDigestOfItsBody() {
    String experiment = name("experiment");
    JsonNode body = json("{'experiment':'" + experiment + "','stages':[{'rate':0.0001,'n':1}]}");

    Digest digest = stores.plans().put(experiment, body);

    assertThat(stores.plans().put(experiment, body)).isEqualTo(digest);
    assertThat(Json.digest(stores.plans().find(digest).orElseThrow().body())).isEqualTo(digest);
    assertThat(stores.plans().list(experiment)).hasSize(1);
    assertFails(FailureType.STORE_CONFLICT, experiment, () -> stores.plans().put("another", body));
  }

  @Test
  void plansOfAnExperimentKeepTheirOrder() {
    String experiment = name("experiment");
    Digest first = stores.plans().put(experiment, json("{'e':'" + experiment + "','n':1}"));
    Digest second = stores.plans().put(experiment, json("{'e':'" + experiment + "','n':2}"));

    assertThat(stores.plans().list(experiment))
        .extracting(PlanStore.Plan::digest)
        .containsExactly(first, second);
  }

  @Test
  void theFirstPublicationOfADatasetWins() {
    Digest digest = digest(name("dataset"));
    stores.datasets().open(digest, json("{'family':'kiwi'}"));
    assertThat(stores.datasets().open(digest, json("{'family':'kiwi'}")).state())
        .isEqualTo(DatasetStore.State.GENERATING);

    stores.datasets().publish(digest, digest("manifest"), Map.of("train", 3, "test", 2));
    stores.datasets().publish(digest, digest("manifest"), Map.of("train", 3, "test", 2));

    DatasetStore.Dataset stored = stores.datasets().find(digest).orElseThrow();
    assertThat(stored.state()).isEqualTo(DatasetStore.State.PUBLISHED);
    assertThat(stored.manifestDigest()).isEqualTo(digest("manifest"));
    assertThat(stored.counts()).containsEntry("train", 3).containsEntry("test", 2).hasSize(2);
    assertFails(
        FailureType.STORE_CONFLICT,
        "not a function of its spec",
        () -> stores.datasets().publish(digest, digest("other"), Map.of("train", 3, "test", 2)));
  }

  @Test
  void aDatasetIsOpenedBeforeItIsPublished() {
    assertFails(
        FailureType.UNKNOWN_TARGET,
        "data set",
        () -> stores.datasets().publish(digest(name("d")), digest("m"), Map.of()));
  }

  @Test
  void amendmentsAreOrderedWithoutGapsAndChangeTheDigest() throws Exception {
    String experiment = name("experiment");
    Digest none = stores.amendments().list(experiment).digest();

    together(
        8, () -> stores.amendments().append(experiment, name("command"), json("{'skip':'arm'}")));
    stores.amendments().append(experiment, "once-" + experiment, json("{'skip':'b'}"));
    Digest before = stores.amendments().list(experiment).digest();
    AmendmentStore.Amendment again =
        stores.amendments().append(experiment, "once-" + experiment, json("{'skip':'c'}"));

    assertThat(again.body().get("skip").textValue()).isEqualTo("b");
    assertThat(again.ordinal()).isEqualTo(8);
    assertThat(stores.amendments().list(experiment).list())
        .extracting(AmendmentStore.Amendment::ordinal)
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(stores.amendments().list(experiment).digest()).isEqualTo(before).isNotEqualTo(none);
  }

  private static NewExperiment experiment(String id, Digest digest, JsonNode operations) {
    return new NewExperiment(id, "name", digest, SPEC, operations);
  }

  @Test
  void theFirstDecisionStays() {
    String experiment = name("experiment");
    DecisionStore.Decision first =
        stores.decisions().decide(experiment, "rung/2", json("{'promoted':['a']}"));
    DecisionStore.Decision again =
        stores.decisions().decide(experiment, "rung/2", json("{'promoted':['b']}"));
    stores.decisions().decide(experiment, "look/1", json("{'add':6}"));

    assertThat(again).isEqualTo(first);
    assertThat(stores.decisions().list(experiment))
        .extracting(DecisionStore.Decision::target)
        .containsExactly("rung/2", "look/1");
  }
}
