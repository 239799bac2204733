package dev.sightline.triton;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import io.grpc.Status;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusMapperTest {
  private static final Map<Status.Code, Boolean> RETRYABLE =
      Map.ofEntries(
          Map.entry(Status.Code.CANCELLED, true),
          Map.entry(Status.Code.UNKNOWN, true),
          Map.entry(Status.Code.INVALID_ARGUMENT, false),
          Map.entry(Status.Code.DEADLINE_EXCEEDED, true),
          Map.entry(Status.Code.NOT_FOUND, true),
          Map.entry(Status.Code.ALREADY_EXISTS, true),
          Map.entry(Status.Code.PERMISSION_DENIED, false),
          Map.entry(Status.Code.RESOURCE_EXHAUSTED, false),
          Map.entry(Status.Code.FAILED_PRECONDITION, true),
          Map.entry(Status.Code.ABORTED, true),
          Map.entry(Status.Code.OUT_OF_RANGE, false),
          Map.entry(Status.Code.UNIMPLEMENTED, false),
          Map.entry(Status.Code.INTERNAL, true),
          Map.entry(Status.Code.UNAVAILABLE, true),
          Map.entry(Status.Code.DATA_LOSS, true),
          Map.entry(Status.Code.UNAUTHENTICATED, false));

  @ParameterizedTest
  @EnumSource(value = Status.Code.class, mode = EnumSource.Mode.EXCLUDE, names = "OK")
  void everyCodeHasATypeThatSaysWhetherToRetry(Status.Code code) {
    FailureType type = StatusMapper.type(code.toStatus(), false);
    assertThat(type.retryable()).as(code + " -> " + type).isEqualTo(RETRYABLE.get(code));
  }

  @Test
  void awayAndLateAreToldApart() {
    assertThat(StatusMapper.type(Status.UNAVAILABLE, false))
        .isEqualTo(FailureType.POLICY_UNAVAILABLE);
    assertThat(StatusMapper.type(Status.DEADLINE_EXCEEDED, false))
        .isEqualTo(FailureType.POLICY_TIMEOUT);
  }

  @Test
  void cancelledIsOursOnlyWhenInterrupted() {
    assertThat(StatusMapper.type(Status.CANCELLED, true)).isEqualTo(FailureType.CANCELLED);
    assertThat(StatusMapper.type(Status.CANCELLED, false))
        .isEqualTo(FailureType.POLICY_UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Stub process 'policy_0_0' is not healthy.",
        "Failed to process the request(s) for model instance 'policy_0_0', message: Stub process"
            + " 'policy_0_0' is not healthy."
      })
  void deadStubIsRecognisedByItsWords(String said) {
    Status status = Status.INTERNAL.withDescription(said);
    assertThat(StatusMapper.type(status, false)).isEqualTo(FailureType.POLICY_STUB_DEAD);
    assertThat(StatusMapper.type(Status.INTERNAL.withDescription("other"), false))
        .isEqualTo(FailureType.POLICY_INTERNAL);
  }

  @Test
  void messageNamesCallServerAndFix() {
    SightlineException failure =
        StatusMapper.map(
            "here:1",
            "policy ping",
            Status.UNAVAILABLE.withDescription("io exception").asRuntimeException(),
            false);
    assertThat(failure)
        .hasMessage(
            "policy ping at Triton here:1 ended UNAVAILABLE: io exception; check that Triton runs"
                + " and the model is loaded");
  }
}
