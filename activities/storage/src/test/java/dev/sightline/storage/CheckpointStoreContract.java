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

    List<Checkpoint> marked = stores.checkpoints().prune(run, 1, 1);

    assertThat(marked).extracting(Checkpoint::id).containsExactly(atBase.id());
    assertThat(stores.checkpoints().prune(run, 1, 1))
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

    assertThat(stores.checkpoints().prune(run, 1, 1)).isEmpty();

    Digest again = steps(run, 1, 1, base(run), 1, 1);
    Checkpoint live = record(run, 1, 1, again);
    assertThat(stores.checkpoints().prune(run, 1, 1))
        .extracting(Checkpoint::id)
        .containsExactly(only.id());
    assertThat(stores.checkpoints().nearest(run, again)).contains(live);
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
