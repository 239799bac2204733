package dev.sightline.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.FailureType;
import dev.sightline.storage.AuditStore.Entry;
import dev.sightline.storage.AuditStore.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The operator audit, the log of failed attempts, and who waits for whom. */
abstract class AuditStoreContract extends StoreContract {
  @Test
  void aCommandIsWrittenOncePerWorkflow() {
    String experiment = name("experiment");
    Entry pause = entry("ablation/" + experiment, "c-1", experiment, Outcome.ACCEPTED);
    Entry forwarded = entry("run/" + experiment, "c-1", experiment, Outcome.REFUSED);

    assertThat(stores.audit().append(pause)).isTrue();
    assertThat(stores.audit().append(forwarded)).isTrue();
    assertThat(
            stores
                .audit()
                .append(entry("ablation/" + experiment, "c-1", experiment, Outcome.DUPLICATE)))
        .isFalse();

    assertThat(stores.audit().forExperiment(experiment)).containsExactly(pause, forwarded);
    assertThat(stores.audit().forWorkflow("run/" + experiment)).containsExactly(forwarded);
  }

  @Test
  void failedAttemptsAreListedOldestFirst() {
    String scope = name("scope");
    for (int attempt = 1; attempt <= 3; attempt++) {
      stores
          .attempts()
          .append(scope, "rollOut", attempt, FailureType.POLICY_UNAVAILABLE, "away \0");
    }

    assertThat(stores.attempts().list(scope, 2))
        .extracting(AttemptLog.Attempt::attempt)
        .containsExactly(2, 3);
    assertThat(stores.attempts().list(scope, 9))
        .allMatch(attempt -> attempt.failureType() == FailureType.POLICY_UNAVAILABLE)
        .allMatch(attempt -> attempt.message().equals("away \0"));
  }

  @Test
  void waitersAreRememberedOnce() {
    String workflow = name("run");
    stores.waiters().add(workflow, "ablation/b");
    stores.waiters().add(workflow, "ablation/a");
    stores.waiters().add(workflow, "ablation/b");

    assertThat(stores.waiters().waiters(workflow)).containsExactly("ablation/a", "ablation/b");
    assertThat(stores.waiters().waiters(name("run"))).isEmpty();
  }

  private static Entry entry(String workflow, String command, String experiment, Outcome outcome) {
    return new Entry(
        workflow,
        command,
        experiment,
        "pause",
        "ada",
        null,
        "the room is hot",
        outcome,
        "paused",
        Instant.parse("2026-01-01T00:00:00Z"),
        null,
        null);
  }
}
