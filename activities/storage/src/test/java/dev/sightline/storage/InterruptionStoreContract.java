package dev.sightline.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.FailureType;
import dev.sightline.storage.InterruptionStore.Draw;
import dev.sightline.storage.InterruptionStore.DrawIdentity;
import dev.sightline.storage.InterruptionStore.Look;
import dev.sightline.storage.InterruptionStore.Repeated;
import dev.sightline.storage.InterruptionStore.Return;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of a run did not go through at once. */
abstract class InterruptionStoreContract extends RunContract {
  private static DrawIdentity draw(String run, int step, int wave, String incarnation) {
    return new DrawIdentity(run, 0, 0, step, wave, incarnation);
  }

  @Test
  void aDrawIsKnownBeforeItsCompletionsAre() {
    String run = run();
    DrawIdentity first = draw(run, 1, 0, "first");
    stores.interruptions().drawing(first, 4, 1);
    stores.interruptions().drawing(first, 4, 2);

    assertThat(stores.interruptions().draws(run)).containsExactly(new Draw(first, 4, null, null));
  }

  @Test
  void whatCameStaysAsItCame() {
    String run = run();
    DrawIdentity lost = draw(run, 1, 0, "first");
    DrawIdentity kept = draw(run, 1, 0, "second");
    stores.interruptions().drawing(lost, 3, 1);
    stores.interruptions().looked(lost, new Look(List.of(2, 1), List.of()));
    stores.interruptions().looked(lost, new Look(List.of(2, 5, 4), List.of(1, 2)));
    stores.interruptions().drawing(kept, 3, 2);
    stores.interruptions().drawn(kept, List.of(2, 9, 4), digest("kept"), 2);
    stores.interruptions().looked(kept, new Look(List.of(1, 1, 1), List.of(0, 1, 2)));
    stores.interruptions().drawn(kept, List.of(1, 1, 1), digest("another"), 3);

    assertThat(stores.interruptions().draws(run))
        .containsExactly(
            new Draw(lost, 3, new Look(List.of(2, 5, 4), List.of(1, 2)), null),
            new Draw(kept, 3, new Look(List.of(2, 9, 4), List.of()), digest("kept")));
  }

  @Test
  void aDrawWhoseBeginningACrashForgotIsStoredWhenItComes() {
    String run = run();
    DrawIdentity again = draw(run, 2, 1, "first");
    stores.interruptions().drawn(again, List.of(7), digest("again"), 1);

    assertThat(stores.interruptions().draws(run))
        .containsExactly(new Draw(again, 1, new Look(List.of(7), List.of()), digest("again")));
  }

  @Test
  void aReturnBelongsToTheNewestLiveRound() {
    String run = run();
    stores.interruptions().returned(run, 1, base(run), true, 0);
    assertThat(stores.interruptions().returns(run)).as("no round has begun").isEmpty();
    var end = round(run, 0, 0, base(run), 2);
    stores.runs().beginRound(run, 1, end, "next round", 1);
    stores.interruptions().returned(run, 4, end, false, 2);
    stores.interruptions().returned(run, 4, end, false, 2);

    assertThat(stores.interruptions().returns(run))
        .containsExactly(new Return(run, 0, 1, 4, end, false, 2));
  }

  @Test
  void ofARepeatedEffectTheHighestAttemptStays() {
    String run = run();
    stores.interruptions().repeated(run, 0, 1, 3, "Training_ApplyStep", 3);
    stores.interruptions().repeated(run, null, 1, 3, "Training_ApplyStep", 2);
    stores.interruptions().repeated(run, null, 2, 0, "Training_BeginRound", 2);
    stores.interruptions().repeated(name("no-run"), null, 2, 0, "Training_BeginRound", 2);

    assertThat(stores.interruptions().repeated(run))
        .containsExactly(
            new Repeated(run, 0, 1, 3, "Training_ApplyStep", 3),
            new Repeated(run, 0, 2, 0, "Training_BeginRound", 2));
  }

  @Test
  void anOlderAttemptNotesNoDraw() {
    String run = run();
    String server = name("server");
    stores.policyServers().register(server, "127.0.0.1", 1);
    LeaseStore.Holder holder = new LeaseStore.Holder("workflow of " + run, "first");
    stores.leases().tryAcquire(run, server, holder, Duration.ofMinutes(1));
    long newest = stores.leases().nextToken(run, holder);

    assertFails(
        FailureType.STALE_TOKEN,
        "a newer attempt",
        () -> stores.interruptions().drawing(draw(run, 1, 0, "first"), 4, newest - 1));
    assertThat(stores.interruptions().draws(run)).isEmpty();
  }

  @Test
  void aLookNamesOnlyWhatWasBegun() {
    assertThatThrownBy(() -> new Look(List.of(1, 2), List.of(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[2] grow of 2");
  }
}
