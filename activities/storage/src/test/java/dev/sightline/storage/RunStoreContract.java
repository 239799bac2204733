package dev.sightline.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.storage.RunStore.Branch;
import dev.sightline.storage.RunStore.Head;
import dev.sightline.storage.RunStore.Round;
import dev.sightline.storage.RunStore.RoundState;
import dev.sightline.storage.RunStore.Run;
import dev.sightline.storage.StepLedger.Commit;
import dev.sightline.storage.StepLedger.NewStep;
import dev.sightline.storage.StepLedger.Step;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs, branches, rounds and the ledger of steps. */
abstract class RunStoreContract extends RunContract {
  @Test
  void aRunIsCreatedOnceWithItsFirstBranch() throws Exception {
    RunStore.NewRun wanted = newRun(name("run"), 2);

    List<Run> runs = together(8, () -> stores.runs().createOrGet(wanted));

    assertThat(new HashSet<>(runs)).hasSize(1);
    assertThat(stores.runs().branches(wanted.id())).extracting(Branch::branch).containsExactly(0);
    assertThat(stores.runs().createOrGet(newRun(wanted.id(), 7)).threads())
        .as("threads are fixed when the run is created")
        .isEqualTo(2);
  }

  @Test
  void aRunKeepsItsSpecAndItsBase() {
    String run = run();
    RunStore.NewRun other =
        new RunStore.NewRun(run, RunStore.Phase.ARM, "e", "a", 1, digest("another spec"), null, 2);

    assertFails(FailureType.STORE_CONFLICT, run, () -> stores.runs().createOrGet(other));
    assertFails(
        FailureType.STATE_DIVERGED,
        run,
        () -> stores.runs().recordBase(run, digest("elsewhere"), digest("base state"), 1));
    assertThat(stores.runs().recordBase(run, base(run), digest("base state"), 1).baseLineage())
        .isEqualTo(base(run));
  }

  @Test
  void theHeadMovesWithCommittedStepsOnly() {
    String run = run();
    stores.runs().beginRound(run, 1, base(run), "start", 1);
    assertThat(stores.runs().head(run))
        .isEqualTo(new Head(run, 0, 1, 0, base(run), digest("base state")));

    NewStep planned = newStep(run, 0, 1, 1, base(run), "batch");
    stores.steps().plan(planned, 1);
    assertThat(stores.runs().head(run).step()).isZero();
    assertThat(stores.steps().pending(run)).map(Step::identity).contains(planned.identity());

    Step committed = stores.steps().commit(commitOf(planned), 1);
    assertThat(stores.runs().head(run).lineage()).isEqualTo(committed.lineage());
    assertThat(stores.runs().head(run).step()).isEqualTo(1);
    assertThat(stores.steps().pending(run)).isEmpty();
  }

  @Test
  void aHeadNeedsABase() {
    RunStore.NewRun wanted = newRun(name("run"), 1);
    stores.runs().createOrGet(wanted);

    assertFails(FailureType.UNKNOWN_TARGET, "base lineage", () -> stores.runs().head(wanted.id()));
  }

  @Test
  void aPlannedStepMayGetSmallerMicroBatchesUntilItIsCommitted() {
    String run = run();
    stores.runs().beginRound(run, 1, base(run), "start", 1);
    NewStep planned = newStep(run, 0, 1, 1, base(run), "whole");
    stores.steps().plan(planned, 1);
    assertThat(stores.steps().last(run)).isEmpty();
    List<List<Integer>> singles = List.of(List.of(0), List.of(1), List.of(2));

    for (int time = 0; time < 2; time++) {
      Step again =
          stores
              .steps()
              .replan(planned.identity(), digest("whole"), digest("in parts"), singles, 1);
      assertThat(again.batchDigest()).isEqualTo(digest("in parts"));
      assertThat(again.microBatches()).isEqualTo(singles);
    }
    assertFails(
        FailureType.STEP_CONFLICT,
        "cannot be planned again",
        () ->
            stores
                .steps()
                .replan(planned.identity(), digest("whole"), digest("third"), singles, 1));
    Step committed = stores.steps().commit(commitOf(planned), 1);
    assertThat(stores.steps().last(run)).contains(committed);
    assertFails(
        FailureType.STEP_CONFLICT,
        "COMMITTED",
        () ->
            stores
                .steps()
                .replan(planned.identity(), digest("in parts"), digest("third"), singles, 1));
  }

  @Test
  void planningAgainReturnsTheStoredMicroBatches() {
    String run = run();
    stores.runs().beginRound(run, 1, base(run), "start", 1);
    NewStep first = newStep(run, 0, 1, 1, base(run), "batch");
    stores.steps().plan(first, 1);

    NewStep otherSplit =
        new NewStep(
            first.identity(),
            first.parentLineage(),
            first.batchDigest(),
            first.rolloutDigest(),
            first.scoreDigest(),
            List.of(List.of(0), List.of(1), List.of(2)));
    Step again = stores.steps().plan(otherSplit, 2);

    assertThat(again.microBatches()).isEqualTo(List.of(List.of(0, 1), List.of(2)));
    assertThat(again.attempts()).isEqualTo(2);
  }

  @Test
  void anotherBatchForTheSameStepIsAConflict() {
    String run = run();
    stores.runs().beginRound(run, 1, base(run), "start", 1);
    stores.steps().plan(newStep(run, 0, 1, 1, base(run), "batch"), 1);

    assertFails(
        FailureType.STEP_CONFLICT,
        run,
        () -> stores.steps().plan(newStep(run, 0, 1, 1, base(run), "another"), 1));
  }

  @Test
  void ofTwoWritersOfOneStepTheSecondBatchLoses() throws Exception {
    String run = run();
    stores.runs().beginRound(run, 1, base(run), "start", 1);

    List<String> outcomes =
        together(
            2,
            () -> {
              String batch = name("batch");
              try {
                stores.steps().plan(newStep(run, 0, 1, 1, base(run), batch), 1);
                return batch;
              } catch (SightlineException e) {
                return e.type().name();
              }
            });

    assertThat(outcomes).containsOnlyOnce(FailureType.STEP_CONFLICT.name());
    String winner =
        outcomes.stream().filter(text -> text.startsWith("batch")).findFirst().orElseThrow();
    assertThat(stores.steps().pending(run).orElseThrow().batchDigest()).isEqualTo(digest(winner));
  }

  @Test
  void aStepMustFollowTheHeadInAnOpenRound() {
    String run = run();
    assertFails(
        FailureType.STEP_CONFLICT,
        "no open round",
        () -> stores.steps().plan(newStep(run, 0, 1, 1, base(run), "batch"), 1));
    stores.runs().beginRound(run, 1, base(run), "start", 1);
    assertFails(
        FailureType.STEP_CONFLICT,
        "does not follow the head",
        () -> stores.steps().plan(newStep(run, 0, 1, 2, base(run), "batch"), 1));
    assertFails(
        FailureType.STEP_CONFLICT,
        "does not follow the head",
        () -> stores.steps().plan(newStep(run, 0, 1, 1, digest("elsewhere"), "batch"), 1));
  }

  @Test
  void commitIsIdempotentAndNoticesOtherNumbers() {
    String run = run();
    stores.runs().beginRound(run, 1, base(run), "start", 1);
    NewStep planned = newStep(run, 0, 1, 1, base(run), "batch");
    assertFails(
        FailureType.STEP_CONFLICT,
        "not planned",
        () -> stores.steps().commit(commitOf(planned), 1));
    stores.steps().plan(planned, 1);
    Commit commit = commitOf(planned);

    Step first = stores.steps().commit(commit, 1);

    assertThat(stores.steps().commit(commit, 1)).isEqualTo(first);
    assertThat(stores.steps().find(planned.identity())).contains(first);
    assertFails(
        FailureType.STEP_CONFLICT,
        "lineage",
        () ->
            stores
                .steps()
                .commit(
                    new Commit(
                        planned.identity(),
                        digest("elsewhere"),
                        commit.stateDigest(),
                        commit.metrics(),
                        "i"),
                    1));
    assertFails(
        FailureType.STATE_DIVERGED,
        "did not repeat",
        () ->
            stores
                .steps()
                .commit(
                    new Commit(
                        planned.identity(),
                        commit.lineage(),
                        digest("other weights"),
                        commit.metrics(),
                        "i"),
                    1));
  }

  @Test
  void aLowerTokenThanTheRunsIsRefusedEverywhere() {
    String run = run();
    stores.runs().beginRound(run, 1, base(run), "start", 1);
    NewStep planned = newStep(run, 0, 1, 1, base(run), "batch");
    stores.steps().plan(planned, 1);
    LeaseStore.Holder holder = new LeaseStore.Holder("w-" + run, "r");
    String server = name("server");
    stores.policyServers().register(server, "127.0.0.1:1", 1);
    stores.leases().tryAcquire(run, server, holder, Duration.ofMinutes(5));
    long token = stores.leases().nextToken(run, holder);

    assertThat(token).isEqualTo(2);
    assertFails(
        FailureType.STALE_TOKEN, run, () -> stores.steps().commit(commitOf(planned), token - 1));
    assertFails(FailureType.STALE_TOKEN, run, () -> stores.steps().plan(planned, token - 1));
    assertFails(
        FailureType.STALE_TOKEN,
        run,
        () -> stores.runs().beginRound(run, 2, base(run), "zombie", token - 1));
    assertThat(stores.steps().commit(commitOf(planned), token).token()).isEqualTo(token);
  }

  @Test
  void roundsFollowEachOtherOnOneBranch() {
    String run = run();
    Digest one = round(run, 0, 1, base(run), 2);
    Digest two = round(run, 0, 2, one, 2);

    assertThat(stores.runs().liveRounds(run))
        .extracting(Round::endLineage)
        .containsExactly(one, two);
    assertThat(stores.runs().beginRound(run, 3, two, "next", 1).branch()).isZero();
    assertThat(stores.runs().beginRound(run, 3, two, "again", 1).branch()).isZero();
    assertThat(stores.runs().branches(run)).hasSize(1);
  }

  @Test
  void beginningAnEarlierRoundSupersedesWhatCameAfter() {
    String run = run();
    Digest one = round(run, 0, 1, base(run), 2);
    Digest two = round(run, 0, 2, one, 2);
    round(run, 0, 3, two, 2);

    Round again = stores.runs().beginRound(run, 2, one, "reset to round 2", 1);

    assertThat(again.branch()).isEqualTo(1);
    assertThat(stores.runs().head(run))
        .extracting(Head::step, Head::lineage)
        .containsExactly(2, one);
    assertThat(stores.runs().liveRounds(run))
        .extracting(Round::branch, Round::round)
        .containsExactly(tuple(0, 1), tuple(1, 2));
    Branch opened = stores.runs().branches(run).getLast();
    assertThat(opened.parentLineage()).isEqualTo(one);
    assertThat(opened.openedFromRound()).isEqualTo(2);
    assertThat(opened.reason()).isEqualTo("reset to round 2");
    assertFails(
        FailureType.STEP_CONFLICT,
        "superseded",
        () -> stores.steps().plan(newStep(run, 0, 2, 3, one, "0/3"), 1));

    Digest twoAgain = steps(run, 1, 2, one, 3, 2);
    assertThat(stores.steps().liveSteps(run))
        .extracting(step -> step.identity().branch())
        .containsExactly(0, 0, 1, 1);
    assertThat(stores.steps().liveSteps(run, one, twoAgain))
        .extracting(step -> step.identity().step())
        .containsExactly(3, 4);
    assertThat(stores.runs().beginRound(run, 2, one, "second reset", 1).branch()).isEqualTo(2);
    assertThat(stores.steps().find(new StepIdentity(run, 0, 2, 3)).orElseThrow().superseded())
        .isTrue();
  }

  @Test
  void aPlannedStepAheadIsSupersededToo() {
    String run = run();
    stores.runs().beginRound(run, 1, base(run), "start", 1);
    stores.steps().plan(newStep(run, 0, 1, 1, base(run), "batch"), 1);

    assertThat(stores.runs().beginRound(run, 1, base(run), "reset", 1).branch()).isEqualTo(1);
    assertThat(stores.steps().pending(run)).isEmpty();
    assertThat(stores.steps().plan(newStep(run, 1, 1, 1, base(run), "other"), 1).batchDigest())
        .isEqualTo(digest("other"));
  }

  @Test
  void theLastCommitsAreThoseOfTheLivePathTheNewestFirst() {
    String run = run();
    round(run, 0, 0, base(run), 3);

    assertThat(stores.steps().lastCommits(run, 2))
        .hasSize(2)
        .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    assertThat(stores.steps().lastCommits(run, 9)).hasSize(3);
    stores.runs().beginRound(run, 0, base(run), "again", 1);
    assertThat(stores.steps().lastCommits(run, 9)).isEmpty();
  }

  @Test
  void aReplayNeedsLineagesOfTheLivePathInOrder() {
    String run = run();
    Digest one = round(run, 0, 1, base(run), 2);
    Digest two = round(run, 0, 2, one, 2);

    assertThat(stores.steps().liveSteps(run, base(run), two)).hasSize(4);
    assertThat(stores.steps().liveSteps(run, two, two)).isEmpty();
    assertFails(
        FailureType.STORE_CONFLICT, "before", () -> stores.steps().liveSteps(run, two, one));
    assertFails(
        FailureType.STORE_CONFLICT,
        "live path",
        () -> stores.steps().liveSteps(run, base(run), digest("elsewhere")));
  }

  @Test
  void aRoundEndsAtTheHeadAndOnlyThere() {
    String run = run();
    Digest one = round(run, 0, 1, base(run), 1);

    assertThat(stores.runs().endRound(run, 0, 1, one, json("{}"), 1).endLineage()).isEqualTo(one);
    assertFails(
        FailureType.STEP_CONFLICT,
        "ended at",
        () -> stores.runs().endRound(run, 0, 1, base(run), json("{}"), 1));
    assertFails(
        FailureType.STORE_CONFLICT,
        "inside",
        () -> stores.runs().beginRound(run, 1, one, "in the middle", 1));
    stores.runs().beginRound(run, 1, base(run), "reset", 1);
    assertThat(stores.runs().liveRounds(run))
        .extracting(Round::state)
        .containsOnly(RoundState.LIVE);
    assertFails(
        FailureType.STEP_CONFLICT,
        "superseded",
        () -> stores.runs().endRound(run, 0, 1, one, json("{}"), 1));
  }

  @Test
  void completionIsKept() {
    String run = run();
    stores.runs().update(run, RunStore.State.WAITING_FOR_OPERATOR, "the policy is away");
    assertThat(stores.runs().find(run).orElseThrow().reason()).isEqualTo("the policy is away");

    stores.runs().complete(run, digest("checkpoint"), 1);

    Run stored = stores.runs().find(run).orElseThrow();
    assertThat(stored.state()).isEqualTo(RunStore.State.COMPLETED);
    assertThat(stored.reason()).isNull();
    assertThat(stored.finalCheckpoint()).isEqualTo(digest("checkpoint"));
    assertThat(stores.runs().list("experiment of " + run)).containsExactly(stored);
  }
}
