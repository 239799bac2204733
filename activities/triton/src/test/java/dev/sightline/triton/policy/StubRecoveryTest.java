package dev.sightline.triton.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.triton.FakeTriton;
import dev.sightline.triton.TritonClient;
import dev.sightline.triton.policy.FakePolicy.Reply;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StubRecoveryTest {
  private final List<String> gateCalls = new ArrayList<>();
  private boolean gateOpens = true;
  private List<String> controlCalls = List.of();
  private int looks;

  private final RecoveryGate gate =
      new RecoveryGate() {
        @Override
        public boolean begin(@Nullable String incarnationSeen) {
          gateCalls.add("begin " + incarnationSeen);
          return gateOpens;
        }

        @Override
        public void done(String newIncarnation) {
          gateCalls.add("done " + newIncarnation);
        }
      };

  private RecoveryOutcome recover(
      Supplier<@Nullable Reply> ping,
      String state,
      Function<StubRecovery, RecoveryOutcome> action) {
    return recover(ping, state, "UNAVAILABLE", action);
  }

  private RecoveryOutcome recover(
      Supplier<@Nullable Reply> ping,
      String state,
      String unloadedState,
      Function<StubRecovery, RecoveryOutcome> action) {
    try (FakeTriton fake = new FakeTriton(new FakePolicy((envelope, chunk) -> ping.get()));
        TritonClient client = fake.client(FakeTriton.deadlines(Duration.ofMillis(500)))) {
      fake.modelState = state;
      fake.unloadedState = unloadedState;
      try {
        return action.apply(
            new StubRecovery(
                new PolicyClient(client), gate, Duration.ofSeconds(5), new FakeTime()));
      } finally {
        looks = Collections.frequency(fake.calls, "RepositoryIndex");
        controlCalls =
            fake.calls.stream().filter(call -> call.startsWith("RepositoryModel")).toList();
      }
    }
  }

  private static Reply dead() {
    throw Status.INTERNAL
        .withDescription("Stub process 'policy_0_0' is not healthy.")
        .asRuntimeException();
  }

  @Test
  void reloadsADeadStubAndTellsTheGate() {
    AtomicInteger pings = new AtomicInteger();
    AtomicInteger beats = new AtomicInteger();
    RecoveryOutcome outcome =
        recover(
            () -> pings.getAndIncrement() < 2 ? dead() : FakePolicy.ping("second", null),
            "READY",
            recovery -> recovery.recover("first", beats::incrementAndGet));
    assertThat(outcome).isEqualTo(new RecoveryOutcome.Reloaded("second"));
    assertThat(controlCalls).containsExactly("RepositoryModelUnload", "RepositoryModelLoad");
    assertThat(gateCalls).containsExactly("begin first", "done second");
    assertThat(beats.get()).isPositive();
  }

  @Test
  void loadsOnlyWhenAnEarlierRecoveryDiedAfterItsUnload() {
    RecoveryOutcome outcome =
        recover(
            () -> FakePolicy.ping("second", null),
            "UNAVAILABLE",
            recovery -> recovery.recover(null, () -> {}));
    assertThat(outcome).isEqualTo(new RecoveryOutcome.Reloaded("second"));
    assertThat(controlCalls).containsExactly("RepositoryModelLoad");
  }

  @Test
  void doesNotWaitForADeadStubsUnloadWhichNeverEnds() {
    AtomicInteger pings = new AtomicInteger();
    RecoveryOutcome outcome =
        recover(
            () -> pings.getAndIncrement() < 2 ? dead() : FakePolicy.ping("second", null),
            "READY",
            "UNLOADING",
            recovery -> recovery.recover("first", () -> {}));
    assertThat(outcome).isEqualTo(new RecoveryOutcome.Reloaded("second"));
    // One look each tenth of a second, for one second; the patience of five would be fifty.
    assertThat(looks).isBetween(8, 20);
    // Another caller died between unload and load: nobody would ever come for it.
    pings.set(0);
    assertThat(
            recover(
                () -> FakePolicy.ping("second", null),
                "UNLOADING",
                "UNLOADING",
                recovery -> recovery.recover("first", () -> {})))
        .isEqualTo(new RecoveryOutcome.Reloaded("second"));
    assertThat(controlCalls).containsExactly("RepositoryModelLoad");
  }

  @Test
  void leavesAHealthyModelAlone() {
    assertThat(
            recover(
                () -> FakePolicy.ping("first", null),
                "READY",
                recovery -> recovery.recover("first", () -> {})))
        .isEqualTo(new RecoveryOutcome.Healthy("first"));
    assertThat(
            recover(
                () -> FakePolicy.ping("second", null),
                "READY",
                recovery -> recovery.recover("first", () -> {})))
        .isEqualTo(new RecoveryOutcome.AlreadyReplaced("second"));
    assertThat(gateCalls).isEmpty();
    assertThat(controlCalls).isEmpty();
  }

  @Test
  void oneThatWasReplacedBeforeTheGateOpenedIsLeftAlone() {
    AtomicInteger pings = new AtomicInteger();
    assertThat(
            recover(
                () -> pings.getAndIncrement() == 0 ? dead() : FakePolicy.ping("second", null),
                "READY",
                recovery -> recovery.recover("first", () -> {})))
        .isEqualTo(new RecoveryOutcome.AlreadyReplaced("second"));
    assertThat(gateCalls).containsExactly("begin first", "done second");
    assertThat(controlCalls).isEmpty();
  }

  @Test
  void oneLatePingIsNoReasonToReload() {
    AtomicInteger pings = new AtomicInteger();
    assertThat(
            recover(
                () -> pings.getAndIncrement() == 0 ? null : FakePolicy.ping("first", null),
                "READY",
                recovery -> recovery.recover("first", () -> {})))
        .isEqualTo(new RecoveryOutcome.Healthy("first"));
    assertThat(controlCalls).isEmpty();
  }

  @Test
  void touchesNothingInOtherHands() {
    gateOpens = false;
    assertThat(
            recover(
                StubRecoveryTest::dead, "READY", recovery -> recovery.recover("first", () -> {})))
        .isEqualTo(new RecoveryOutcome.InOtherHands());
    assertThat(
            recover(
                StubRecoveryTest::dead, "LOADING", recovery -> recovery.recover("first", () -> {})))
        .isEqualTo(new RecoveryOutcome.InOtherHands());
    assertThat(controlCalls).isEmpty();
  }

  @Test
  void givesUpWhenTheModelDoesNotComeBack() {
    assertThatThrownBy(
            () ->
                recover(
                    StubRecoveryTest::dead,
                    "READY",
                    recovery -> recovery.recover("first", () -> {})))
        .hasMessageContaining("did not answer a ping within 5 s after its load")
        .extracting(e -> ((SightlineException) e).type())
        .isEqualTo(FailureType.POLICY_TIMEOUT);
    assertThat(gateCalls).containsExactly("begin first");
  }

  @Test
  void aStuckModelIsReloadedAlthoughItAnswers() {
    AtomicInteger pings = new AtomicInteger();
    assertThat(
            recover(
                () -> FakePolicy.ping(pings.getAndIncrement() == 0 ? "first" : "second", null),
                "READY",
                recovery -> recovery.forceReload("first", () -> {})))
        .isEqualTo(new RecoveryOutcome.Reloaded("second"));
  }
}
