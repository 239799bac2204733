package dev.sightline.triton.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.sightline.foundation.CanonicalJson;
import dev.sightline.triton.FakeTriton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Answers envelopes by a lambda, and remembers them. */
final class FakePolicy implements FakeTriton.Model {
  static final String INCARNATION = "first";
  private static final ObjectMapper JSON = new ObjectMapper();

  final List<JsonNode> envelopes = new CopyOnWriteArrayList<>();
  private final BiFunction<JsonNode, byte[], @Nullable Reply> answer;

  FakePolicy(BiFunction<JsonNode, byte[], @Nullable Reply> answer) {
    this.answer = answer;
  }

  record Reply(Map<String, ?> envelope, byte[] chunk) {
    static Reply ok(@Nullable Object... pairs) {
      return new Reply(
          Trees.of("protocol", 1, "incarnation", INCARNATION, "ok", true, "body", Trees.of(pairs)),
          new byte[0]);
    }

    static Reply error(String type, String message, Map<String, ?> detail) {
      return new Reply(
          Trees.of(
              "protocol",
              1,
              "incarnation",
              INCARNATION,
              "ok",
              false,
              "error",
              Trees.of("type", type, "message", message, "detail", detail)),
          new byte[0]);
    }

    Reply with(byte[] bytes) {
      return new Reply(envelope, bytes);
    }
  }

  static Reply status(String state, long done, Object... more) {
    Map<String, Object> body =
        Trees.of("state", state, "phase", "work", "done", done, "total", 9, "seconds", 0.5);
    body.putAll(Trees.of(more));
    return new Reply(
        Trees.of("protocol", 1, "incarnation", INCARNATION, "ok", true, "body", body), new byte[0]);
  }

  static Reply ping(String incarnation, @Nullable Object running) {
    return Reply.ok(
        "incarnation", incarnation, "uptimeSeconds", 1, "running", running, "runs", List.of());
  }

  static Reply describe(int chunk) {
    return Reply.ok(
        "protocol",
        1,
        "versions",
        Map.of("torch", "2"),
        "device",
        "cpu",
        "instructionSet",
        "x",
        "threads",
        2,
        "dtype",
        "float32",
        "attention",
        "eager",
        "models",
        List.of("tiny-vl"),
        "maxChunkBytes",
        chunk,
        "environmentDigest",
        "0".repeat(64));
  }

  List<String> operations() {
    return envelopes.stream().map(envelope -> envelope.get("operation").textValue()).toList();
  }

  @Override
  public @Nullable List<ByteString> apply(List<ByteString> inputs) {
    try {
      JsonNode envelope = JSON.readTree(inputs.get(0).toByteArray());
      envelopes.add(envelope);
      Reply reply = answer.apply(envelope, inputs.get(1).toByteArray());
      return reply == null
          ? null
          : List.of(
              ByteString.copyFrom(CanonicalJson.bytes(reply.envelope())),
              ByteString.copyFrom(reply.chunk()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
