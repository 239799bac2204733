package dev.sightline.workflow.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.FailureType;
import dev.sightline.workflow.internal.plan.RetryDecision.AskOperator;
import dev.sightline.workflow.internal.plan.RetryDecision.BringUp;
import dev.sightline.workflow.internal.plan.RetryDecision.Fail;
import dev.sightline.workflow.internal.plan.RetryDecision.Reacquire;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryDecisionTest {
  private static RetryDecision of(FailureType type, int failures) {
    return RetryDecision.of(Optional.of(type), failures, 3, "message");
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureType.class,
      names = {
        "POLICY_UNAVAILABLE",
        "POLICY_TIMEOUT",
        "POLICY_STUB_DEAD",
        "POLICY_RANK_LOST",
        "INCARNATION_CHANGED",
        "POLICY_UNKNOWN",
        "POLICY_BEHIND",
        "JOB_UNKNOWN",
        "JOB_STUCK"
      })
  void aPolicyThatLostItsStateIsBroughtUpUntilTheTriesAreUsedUp(FailureType type) {
    assertThat(of(type, 1)).isInstanceOf(BringUp.class);
    assertThat(of(type, 2)).isInstanceOf(BringUp.class);
    assertThat(of(type, 3)).isEqualTo(new AskOperator("message (3 tries)"));
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureType.class,
      names = {"LEASE_LOST", "STALE_TOKEN"})
  void aLostLeaseIsTakenAgain(FailureType type) {
    assertThat(of(type, 1)).isInstanceOf(Reacquire.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureType.class,
      names = {"INVALID_SPEC", "WRONG_WORKFLOW_ID", "UNKNOWN_TARGET"})
  void wrongInputFails(FailureType type) {
    assertThat(of(type, 1)).isEqualTo(new Fail(type));
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureType.class,
      names = {"STEP_CONFLICT", "STORE_UNAVAILABLE", "OUT_OF_MEMORY", "CHECKPOINT_PRUNED"})
  void theRestIsForAPerson(FailureType type) {
    assertThat(of(type, 1)).isEqualTo(new AskOperator("message"));
  }

  @Test
  void anUnnamedFailureIsForAPerson() {
    assertThat(RetryDecision.of(Optional.empty(), 1, 3, "timed out"))
        .isEqualTo(new AskOperator("timed out"));
  }

  @Test
  void temporalRetriesWhatTheWorkflowDoesNot() {
    assertThat(RetryDecision.needsWorkflow())
        .contains("POLICY_BEHIND", "LEASE_LOST", "INVALID_SPEC")
        .doesNotContain("STORE_UNAVAILABLE", "POLICY_BUSY");
    assertThat(RetryDecision.needsLease()).containsExactlyInAnyOrder("LEASE_LOST", "STALE_TOKEN");
  }
}
