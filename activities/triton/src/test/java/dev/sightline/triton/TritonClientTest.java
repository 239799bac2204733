package dev.sightline.triton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TritonClientTest {
  private static final List<BytesTensor> INPUTS =
      List.of(
          new BytesTensor("REQUEST", ByteString.copyFromUtf8("grüße")),
          new BytesTensor("CHUNK", ByteString.EMPTY));

  @Test
  void bytesTensorsCrossUnchangedAndByName() {
    try (FakeTriton fake = new FakeTriton(in -> List.of(in.get(0), in.get(1)));
        TritonClient client = fake.client()) {
      assertThat(
              client.infer(
                  "policy", INPUTS, List.of("RESPONSE", "CHUNK"), Duration.ofSeconds(5), "echo"))
          .containsExactly(
              new BytesTensor("RESPONSE", ByteString.copyFromUtf8("grüße")),
              new BytesTensor("CHUNK", ByteString.EMPTY));
    }
  }

  @Test
  void everyCallCarriesADeadline() {
    try (FakeTriton fake = new FakeTriton(in -> in);
        TritonClient client = fake.client()) {
      assertThat(client.serverLive()).isTrue();
      assertThat(client.serverReady()).isTrue();
      assertThat(client.modelReady("policy")).isTrue();
      assertThat(client.metadata().name()).isEqualTo("triton");
      assertThat(client.statistics("policy").inferences()).isEqualTo(7);
      assertThat(client.statistics("policy").lastInference()).isEqualTo(Instant.ofEpochSecond(1));
      assertThat(client.repositoryIndex())
          .containsExactly(new ModelState("policy", "1", "READY", ""));
      client.infer("policy", INPUTS, List.of("CHUNK"), Duration.ofSeconds(5), "echo");
      client.unload("policy");
      client.load("policy");
      assertThat(fake.calls).hasSize(10).noneMatch(call -> call.contains("no deadline"));
    }
  }

  @Test
  void aServerThatNeverAnswersIsATimeout() {
    try (FakeTriton fake = new FakeTriton(in -> null);
        TritonClient client = fake.client()) {
      assertThatThrownBy(
              () ->
                  client.infer(
                      "policy", INPUTS, List.of("CHUNK"), Duration.ofMillis(50), "policy ping"))
          .isInstanceOf(SightlineException.class)
          .extracting(e -> ((SightlineException) e).type())
          .isEqualTo(FailureType.POLICY_TIMEOUT);
    }
  }

  @Test
  void anInterruptIsOurOwnCancellation() {
    try (FakeTriton fake = new FakeTriton(in -> null);
        TritonClient client = fake.client()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(
              () ->
                  client.infer("policy", INPUTS, List.of("CHUNK"), Duration.ofSeconds(20), "wait"))
          .isInstanceOf(SightlineException.class)
          .extracting(e -> ((SightlineException) e).type())
          .isEqualTo(FailureType.CANCELLED);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void nobodyListeningIsUnavailable() {
    try (TritonClient client = TritonClient.connect(new TritonEndpoint("127.0.0.1", 1))) {
      assertThatThrownBy(client::serverLive)
          .isInstanceOf(SightlineException.class)
          .extracting(e -> ((SightlineException) e).type())
          .isEqualTo(FailureType.POLICY_UNAVAILABLE);
    }
  }

  @Test
  void aMissingOutputIsAViolationThatNamesIt() {
    try (FakeTriton fake = new FakeTriton(in -> in);
        TritonClient client = fake.client()) {
      assertThatThrownBy(
              () -> client.infer("policy", INPUTS, List.of("EXTRA"), Duration.ofSeconds(5), "echo"))
          .hasMessageContaining("without output EXTRA");
    }
  }

  @Test
  void aTornBytesElementIsRefused() {
    ByteString raw = BytesTensor.of("CHUNK", new byte[] {1, 2, 3}).raw();
    assertThat(raw.toByteArray()).containsExactly(3, 0, 0, 0, 1, 2, 3);
    assertThatThrownBy(() -> BytesTensor.fromRaw("CHUNK", raw.substring(0, 6)))
        .hasMessageContaining("announces 3 bytes and has 2");
    assertThatThrownBy(() -> BytesTensor.fromRaw("CHUNK", raw.substring(0, 2)))
        .hasMessageContaining("at least 4");
  }
}
