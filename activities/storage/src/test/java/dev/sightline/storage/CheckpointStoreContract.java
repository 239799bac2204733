package dev.sightline.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.storage.CheckpointStore.Checkpoint;
import dev.sightline.storage.CheckpointStore.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

abstract class CheckpointStoreContract extends RunContract {
  @Test
  void recordingAgainIsTheSameAndMayMakeItFinal() {
    String run = run();
    Checkpoint wanted = checkpoint(run, 0, 0, base(run), Kind.PERIODIC);
    stores.checkpoints().record(wanted, 1);

    stores.checkpoints().record(wanted, 1);
    Checkpoint last = stores.checkpoints().record(checkpoint(run, 0, 0, base(run), Kind.FINAL), 1);
    Checkpoint still = stores.checkpoints().record(wanted, 1);

    assertThat(last.kind()).isEqualTo(Kind.FINAL);
    assertThat(still.kind()).isEqualTo(Kind.FINAL);
    assertThat(stores.checkpoints().list(run)).containsExactly(still);
    Checkpoint other =
        new Checkpoint(
            wanted.id(), run, 0, 0, digest("elsewhere"), digest("s"), 1, Kind.PERIODIC, false);
    assertFails(
        FailureType.STORE_CONFLICT, "another content", () -> stores.checkpoints().record(other, 1));
    assertThat(stores.checkpoints().find(wanted.id())).contains(still);
  }

  @Test
  void theNearestIsAtOrBeforeTheLineageOnTheLivePath() {
    String run = run();
    Digest one = round(run, 0, 1, base(run), 2);
    assertThat(stores.checkpoints().nearest(run, one)).isEmpty();
    Checkpoint first = record(run, 0, 2, one);
    Digest two = round(run, 0, 2, one, 2);
    Checkpoint second = record(run, 0, 4, two);

    assertThat(stores.checkpoints().nearest(run, base(run))).isEmpty();
    assertThat(stores.checkpoints().nearest(run, one)).contains(first);
    assertThat(stores.checkpoints().nearest(run, two)).contains(second);

    stores.runs().beginRound(run, 2, one, "reset", 1);
    Digest otherTwo = steps(run, 1, 2, one, 3, 2);
    assertThat(stores.checkpoints().nearest(run, otherTwo)).contains(first);
    assertFails(
        FailureType.STORE_CONFLICT, "live path", () -> stores.checkpoints().nearest(run, two));
  }

  @Test
  void pruningKeepsTheNewestTheFinalAndWhatOthersStartFrom() {
    String run = run();
    Checkpoint atBase = record(run, 0, 0, base(run));
    Digest one = round(run, 0, 1, base(run), 1);
    Checkpoint first = record(run, 0, 1, one);
    Digest two = round(run, 0, 2, one, 1);
    Checkpoint second = record(run, 0, 2, two);
    String follower = name("follower");
    stores
        .runs()
        .createOrGet(
            new RunStore.NewRun(
                follower, RunStore.Phase.ARM, "e", "a", 1, digest("spec"), first.id(), 1));

    List<Checkpoint> marked = stores.checkpoints().prune(run, 1, List.of(), 1);

    assertThat(marked).extracting(Checkpoint::id).containsExactly(atBase.id());
    assertThat(stores.checkpoints().prune(run, 1, List.of(), 1))
        .as("a deletion that did not happen is found again")
        .isEqualTo(marked);
    assertThat(stores.checkpoints().nearest(run, two)).contains(second);
    assertThat(stores.checkpoints().nearest(run, base(run))).isEmpty();
    assertThat(stores.checkpoints().record(atBase, 1).pruned())
        .as("written again, it is there again")
        .isFalse();
  }

  @Test
  void theOnlyCheckpointStaysAlsoWhenItsBranchIsSuperseded() {
    String run = run();
    Digest one = round(run, 0, 1, base(run), 1);
    Checkpoint only = record(run, 0, 1, one);
    stores.runs().beginRound(run, 1, base(run), "reset", 1);

    assertThat(stores.checkpoints().prune(run, 1, List.of(), 1)).isEmpty();

    Digest again = steps(run, 1, 1, base(run), 1, 1);
    Checkpoint live = record(run, 1, 1, again);
    assertThat(stores.checkpoints().prune(run, 1, List.of(), 1))
        .extracting(Checkpoint::id)
        .containsExactly(only.id());
    assertThat(stores.checkpoints().nearest(run, again)).contains(live);
  }

  @Test
  void pruningLeavesWhatIsNamedAndWhatAnOpenEvaluationAsks() {
    String run = run();
    Digest one = round(run, 0, 1, base(run), 1);
    Checkpoint best = record(run, 0, 1, one);
    Digest two = round(run, 0, 2, one, 1);
    Checkpoint asked = record(run, 0, 2, two);
    Digest three = round(run, 0, 3, two, 1);
    Checkpoint plain = record(run, 0, 3, three);
    Digest four = round(run, 0, 4, three, 1);
    record(run, 0, 4, four);
    Digest evaluation = digest("evaluation of " + run);
    stores
        .evaluations()
        .open(new EvaluationStore.NewEvaluation(evaluation, run, asked.id(), json("{}")));

    assertThat(stores.checkpoints().prune(run, 1, List.of(best.id()), 1))
        .extracting(Checkpoint::id)
        .containsExactly(plain.id());
    stores.evaluations().publish(evaluation, json("{'image':{}}"));
    assertThat(stores.checkpoints().prune(run, 1, List.of(best.id()), 1))
        .extracting(Checkpoint::id)
        .containsExactly(asked.id(), plain.id());
    assertThat(stores.checkpoints().prune(run, 1, List.of(), 1)).hasSize(3);
  }

  @Test
  void anOpenBranchKeepsWhatItGoesBackTo() {
    String run = run();
    Digest one = round(run, 0, 1, base(run), 1);
    Checkpoint parent = record(run, 0, 1, one);
    Digest two = round(run, 0, 2, one, 1);
    Checkpoint beyond = record(run, 0, 2, two);
    stores.runs().beginRound(run, 2, one, "reset", 1);

    assertThat(stores.checkpoints().prune(run, 1, List.of(), 1))
        .extracting(Checkpoint::id)
        .containsExactly(beyond.id());
    assertThat(stores.checkpoints().nearest(run, one)).contains(parent);
  }

  @Test
  void oneThatIsGivenUpIsNotTheNearestUntilItIsWrittenAgain() {
    String run = run();
    Digest one = round(run, 0, 1, base(run), 1);
    Checkpoint older = record(run, 0, 1, one);
    Digest two = round(run, 0, 2, one, 1);
    Checkpoint lost = record(run, 0, 2, two);

    stores.checkpoints().giveUp(run, lost.id(), 1);

    assertThat(stores.checkpoints().nearest(run, two)).contains(older);
    assertThat(stores.checkpoints().prune(run, 1, List.of(), 1))
        .as("the only one that is left stays, the lost one's files go")
        .extracting(Checkpoint::id)
        .containsExactly(lost.id());
    record(run, 0, 2, two);
    assertThat(stores.checkpoints().nearest(run, two)).contains(lost);
    assertFails(
        FailureType.UNKNOWN_TARGET,
        "checkpoint",
        () -> stores.checkpoints().giveUp(run, digest("nothing"), 1));
  }

  @Test
  void aRoundBehindAPrunedCheckpointCannotBeginAgain() {
    String run = run();
    Digest one = round(run, 0, 0, base(run), 2);
    record(run, 0, 2, one);
    Digest two = round(run, 0, 1, one, 2);
    record(run, 0, 4, two);
    Digest three = round(run, 0, 2, two, 2);
    record(run, 0, 6, three);
    assertThat(stores.checkpoints().prune(run, 2, List.of(), 1)).hasSize(1);

    assertFails(
        FailureType.CHECKPOINT_PRUNED,
        "round 1 of run %s began behind step 2, whose checkpoint is pruned; the nearest round that can begin again is round 2, behind step 4 (or round 0"
            .formatted(run),
        () -> stores.runs().beginRound(run, 1, one, "reset", 1));
    assertThat(stores.runs().head(run).lineage()).as("nothing was superseded").isEqualTo(three);
    assertThat(stores.runs().beginRound(run, 2, two, "reset", 1).branch()).isEqualTo(1);
    assertThat(stores.runs().beginRound(run, 0, base(run), "reset", 1).branch()).isEqualTo(2);
  }

  @Test
  void whatLiesBeforeTheFirstCheckpointIsReplayedFromTheBase() {
    String run = run();
    Digest one = round(run, 0, 0, base(run), 2);
    Digest two = round(run, 0, 1, one, 2);
    record(run, 0, 4, two);

    assertThat(stores.runs().beginRound(run, 1, one, "reset", 1).branch()).isEqualTo(1);
  }

  private Checkpoint record(String run, int branch, int step, Digest lineage) {
    return stores.checkpoints().record(checkpoint(run, branch, step, lineage, Kind.PERIODIC), 1);
  }

  private static Checkpoint checkpoint(
      String run, int branch, int step, Digest lineage, Kind kind) {
    return new Checkpoint(
        digest("checkpoint at " + lineage),
        run,
        branch,
        step,
        lineage,
        digest("state of " + lineage),
        1024,
        kind,
        false);
  }
}
