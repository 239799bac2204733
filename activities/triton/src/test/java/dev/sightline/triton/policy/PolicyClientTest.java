package dev.sightline.triton.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.triton.FakeTriton;
import dev.sightline.triton.TritonClient;
import dev.sightline.triton.policy.FakePolicy.Reply;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PolicyClientTest {
  private static final PolicyCall CALL = new PolicyCall("run-1", 17, null);
  private static final byte[] CONTENT =
      "0123456789abcdefghijklm".getBytes(java.nio.charset.StandardCharsets.UTF_8);

  private static FakePolicy with(
      BiFunction<JsonNode, byte[], Reply> answer, Consumer<PolicyClient> test) {
    FakePolicy policy =
        new FakePolicy(
            (envelope, chunk) ->
                envelope.get("operation").textValue().equals("describe")
                    ? FakePolicy.describe(10)
                    : answer.apply(envelope, chunk));
    try (FakeTriton fake = new FakeTriton(policy);
        TritonClient client = fake.client()) {
      test.accept(new PolicyClient(client));
    }
    return policy;
  }

  /** Stages like the real server: contiguous, complete when all is there. */
  private static BiFunction<JsonNode, byte[], Reply> staging(ByteArrayOutputStream held) {
    return (envelope, chunk) -> {
      int offset = envelope.at("/body/offset").intValue();
      if (offset > held.size()) {
        return Reply.error("INVALID_REQUEST", "gap", Map.of("received", held.size()));
      }
      byte[] before = held.toByteArray();
      if (offset + chunk.length > before.length) {
        held.write(chunk, before.length - offset, offset + chunk.length - before.length);
      }
      int total = envelope.at("/body/total").intValue();
      return Reply.ok("received", held.size(), "complete", held.size() == total);
    };
  }

  @Test
  void uploadsInChunksOfTheServersSize() {
    ByteArrayOutputStream held = new ByteArrayOutputStream();
    FakePolicy policy = with(staging(held), client -> client.upload(Payload.of(CONTENT)));
    assertThat(held.toByteArray()).isEqualTo(CONTENT);
    assertThat(policy.envelopes.stream().skip(1).map(e -> e.at("/body/offset").intValue()))
        .containsExactly(0, 10, 20);
    assertThat(policy.envelopes.getLast().at("/body/digest").textValue())
        .isEqualTo(Digest.of(CONTENT).hex());
  }

  @Test
  void goesOnWhereAnEarlierUploadEnded() {
    ByteArrayOutputStream held = new ByteArrayOutputStream();
    held.write(CONTENT, 0, 20);
    FakePolicy policy = with(staging(held), client -> client.upload(Payload.of(CONTENT)));
    assertThat(held.toByteArray()).isEqualTo(CONTENT);
    assertThat(policy.envelopes.stream().skip(1).map(e -> e.at("/body/offset").intValue()))
        .containsExactly(0, 20);
  }

  @Test
  void startsAgainWhenTheServerDroppedWhatItHad() {
    ByteArrayOutputStream held = new ByteArrayOutputStream();
    BiFunction<JsonNode, byte[], Reply> server = staging(held);
    boolean[] dropped = {false};
    with(
        (envelope, chunk) -> {
          if (envelope.at("/body/offset").intValue() == 20 && !dropped[0]) {
            dropped[0] = true;
            held.reset();
          }
          return server.apply(envelope, chunk);
        },
        client -> client.upload(Payload.of(CONTENT)));
    assertThat(dropped[0]).isTrue();
    assertThat(held.toByteArray()).isEqualTo(CONTENT);
  }

  @Test
  void fetchesAResultInChunksAndChecksIt() {
    with(
        (envelope, chunk) -> {
          int from = envelope.at("/body/offset").intValue();
          int to = Math.min(CONTENT.length, from + envelope.at("/body/length").intValue());
          return Reply.ok("digest", Digest.of(CONTENT).hex(), "total", CONTENT.length)
              .with(Arrays.copyOfRange(CONTENT, from, to));
        },
        client -> assertThat(client.result(CALL, "k")).isEqualTo(CONTENT));
  }

  @Test
  void aTornResultIsNamedAndNotReturned() {
    with(
        (envelope, chunk) ->
            Reply.ok("digest", Digest.of(CONTENT).hex(), "total", 4).with(new byte[] {1, 2, 3, 4}),
        client ->
            assertThatThrownBy(() -> client.result(CALL, "k"))
                .hasMessageContaining("not the digest")
                .extracting(e -> ((SightlineException) e).type())
                .isEqualTo(FailureType.POLICY_INTERNAL));
  }

  @Test
  void theServersErrorKeepsItsTypeAndDetail() {
    with(
        (envelope, chunk) ->
            Reply.error("POLICY_BEHIND", "the run is elsewhere", Map.of("lineage", "abc")),
        client -> {
          SightlineException failure =
              catchThrowableOfType(SightlineException.class, () -> client.poll(CALL, "k"));
          assertThat(failure.type()).isEqualTo(FailureType.POLICY_BEHIND);
          assertThat(failure).hasMessage("policy poll: the run is elsewhere");
          assertThat(ServerError.of(failure).orElseThrow().detail().get("lineage").textValue())
              .isEqualTo("abc");
        });
  }

  @Test
  void theEnvelopeCarriesWhoAsksAndUnknownAnswerFieldsPass() {
    FakePolicy policy =
        with(
            (envelope, chunk) -> FakePolicy.status("RUNNING", 3, "newer", 1),
            client ->
                assertThat(
                        client
                            .submit(
                                JobSubmission.of(
                                    new PolicyCall("run-1", 17, "first"),
                                    "key-1",
                                    new CheckpointRequest("run-1/0-3"),
                                    Digest.ofText("x")))
                            .done())
                    .isEqualTo(3));
    JsonNode envelope = policy.envelopes.getLast();
    assertThat(envelope.toString())
        .isEqualTo(
            """
            {"body":{"input":null,"kind":"checkpoint","parameters":{"name":"run-1/0-3"}},\
            "expectedLineage":"%s","fencingToken":17,"incarnation":"first","key":"key-1",\
            "operation":"submit","protocol":1,"run":"run-1"}"""
                .formatted(Digest.ofText("x").hex()));
  }

  @Test
  void anotherProtocolOrAMissingFieldIsAViolationThatNamesIt() {
    with(
        (envelope, chunk) -> new Reply(Map.of("protocol", 2, "ok", true), new byte[0]),
        client -> assertThatThrownBy(client::ping).hasMessageContaining("speaks protocol 2"));
    with(
        (envelope, chunk) -> Reply.ok("incarnation", "i", "runs", List.of()),
        client ->
            assertThatThrownBy(client::ping)
                .hasMessageContaining("policy ping.body.uptimeSeconds")
                .extracting(e -> ((SightlineException) e).type())
                .isEqualTo(FailureType.PROTOCOL_VIOLATION));
  }
}
