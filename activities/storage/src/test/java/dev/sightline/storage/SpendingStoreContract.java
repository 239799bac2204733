package dev.sightline.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sightline.foundation.FailureType;
import dev.sightline.storage.SpendingStore.Job;
import dev.sightline.storage.SpendingStore.Spending;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What an experiment has spent, from rows. */
abstract class SpendingStoreContract extends RunContract {
  @Test
  void aJobCountsOncePerIncarnation() {
    String run = run();
    String experiment = stores.runs().find(run).orElseThrow().experiment();
    Job step = new Job(run, "step/0/0/1", "first", "train", 1.25, 0);
    stores.spending().note(step);
    stores.spending().note(step);
    stores.spending().note(new Job(run, "rollout/0/0/1", "first", "rollout", 0.5, 640));
    stores.spending().note(new Job(run(), "rollout/0/0/1", "first", "rollout", 9, 9));

    Spending once = stores.spending().of(experiment);
    stores.spending().note(new Job(run, "step/0/0/1", "second", "train", 1.25, 0));

    assertThat(once.gpuSeconds()).isCloseTo(1.75, within(1e-9));
    assertThat(once.tokens()).isEqualTo(640);
    assertThat(stores.spending().of(experiment).gpuSeconds()).isCloseTo(3, within(1e-9));
  }

  @Test
  void evaluationsCountForTheAblationsThatWaitForThem() {
    String experiment = name("experiment");
    String evaluation = "evaluation/" + name("digest");
    Job batch = new Job(evaluation, "evaluate/x/0", "none", "rollout", 2, 30);
    stores.spending().note(batch);
    assertThat(stores.spending().of(experiment).tokens()).isZero();

    stores.waiters().add(evaluation, "ablation/" + experiment);

    assertThat(stores.spending().of(experiment).tokens()).isEqualTo(30);
  }

  @Test
  void failedAttemptsCountByTheOriginOfTheirFailure() {
    String run = run();
    String experiment = stores.runs().find(run).orElseThrow().experiment();
    fail("run/" + run, "Training_RollOut", FailureType.POLICY_STUB_DEAD);
    fail("run/" + run, "Training_RollOut", FailureType.POLICY_TIMEOUT);
    fail("ablation/" + experiment, "Experiment_Plan", FailureType.STORE_UNAVAILABLE);
    fail("run/" + run, "Training_ApplyStep", FailureType.NOT_FINITE);
    fail("run/" + run, "Training_RollOut", FailureType.CANCELLED);
    // A plan that was cut to fit the memory is no failed attempt.
    fail("run/" + run, "step 3", FailureType.OUT_OF_MEMORY);
    // Nor is an artifact that was made again.
    fail("run/" + run, AttemptLog.ARTIFACT, FailureType.ARTIFACT_MISSING);

    Spending spent = stores.spending().of(experiment);
    assertThat(spent.infraFailures()).isEqualTo(3);
    assertThat(spent.dataFailures()).isEqualTo(1);
  }

  @Test
  void checkpointsTakeStorageUntilTheyArePruned() {
    String run = run();
    String experiment = stores.runs().find(run).orElseThrow().experiment();
    assertThat(stores.spending().of(experiment).storageBytes()).isZero();
    stores
        .checkpoints()
        .record(
            new CheckpointStore.Checkpoint(
                digest("checkpoint of " + run),
                run,
                0,
                0,
                base(run),
                digest("state"),
                4096,
                CheckpointStore.Kind.PERIODIC,
                false),
            1);

    assertThat(stores.spending().of(experiment).storageBytes()).isEqualTo(4096);
  }

  @Test
  void operatorsRaiseWhatIsAllowed() {
    String experiment = name("experiment");
    raise(experiment, "one", "gpuSeconds", 60, AuditStore.Outcome.ACCEPTED);
    raise(experiment, "one", "gpuSeconds", 60, AuditStore.Outcome.DUPLICATE);
    raise(experiment, "two", "gpuSeconds", 40, AuditStore.Outcome.ACCEPTED);
    raise(experiment, "three", "tokens", 7, AuditStore.Outcome.REFUSED);

    Spending spent = stores.spending().of(experiment);
    assertThat(spent.extended()).containsOnlyKeys("gpuSeconds").containsEntry("gpuSeconds", 100L);
    assertThat(spent.wallSeconds()).isZero();
  }

  @Test
  void timePassesFromTheFirstSubmission() {
    String experiment = name("spent");
    stores
        .experiments()
        .submit(
            new ExperimentStore.NewExperiment(
                experiment, "spent", digest(experiment), json("{}"), json("{}")));

    assertThat(stores.spending().of(experiment).wallSeconds()).isBetween(0.0, 600.0);
  }

  private void fail(String scope, String activity, FailureType type) {
    stores.attempts().append(scope, activity, 1, type, "away");
  }

  private void raise(
      String experiment, String command, String budget, long amount, AuditStore.Outcome outcome) {
    stores
        .audit()
        .append(
            new AuditStore.Entry(
                "ablation/" + experiment,
                command,
                experiment,
                "extendBudget",
                "ann",
                null,
                "",
                outcome,
                "",
                Instant.EPOCH,
                budget,
                amount));
  }
}
