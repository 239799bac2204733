package dev.sightline.triton.policy;

import com.google.protobuf.ByteString;
import dev.sightline.foundation.CanonicalJson;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.triton.BytesTensor;
import dev.sightline.triton.TritonClient;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the policy protocol, version 1. Safe for use by many threads. Every method
 * throws {@link SightlineException}: of the server's own type for an answer that is not ok, of the
 * README's table for a call that did not come through.
 */
public final class PolicyClient {
  public static final int PROTOCOL = 1;

  /** The model's name in Triton. */
  public static final String MODEL = "policy";

  private static final List<String> OUTPUTS = List.of("RESPONSE", "CHUNK");
  private static final byte[] NO_CHUNK = {};
  private static final int GAPS_BEFORE_GIVING_UP = 3;

  private final TritonClient triton;
  private volatile int chunkBytes;

  public PolicyClient(TritonClient triton) {
    this.triton = triton;
  }

  public TritonClient triton() {
    return triton;
  }

  /** The health check: only an inference shows whether the model's process is alive. */
  public ServerState ping() {
    return ServerState.read(
        ask(triton::ping, Envelope.of("ping"), NO_CHUNK, triton.deadlines().ping()).fields());
  }

  public PolicyEnvironment describe() {
    return PolicyEnvironment.read(ask(Envelope.of("describe")).fields());
  }

  /**
   * Idempotent: an open run with the same request answers where it stands. {@link PolicyOpening}
   * waits where a model is loaded.
   */
  public OpenAnswer open(PolicyCall call, OpenRequest request) {
    return OpenAnswer.read(ask(Envelope.of("open").in(call).body(request.toTree())).fields());
  }

  /** Frees the run's memory; a run that is not open is fine. */
  public void close(PolicyCall call) {
    ask(Envelope.of("close").in(call));
  }

  /** Whether a payload is staged by one call. */
  boolean fitsOneChunk(Payload payload) {
    return payload.size() <= chunkBytes();
  }

  /** Stages a payload by its digest, in chunks, from where an earlier try ended. */
  public void upload(Payload payload) {
    int size = chunkBytes();
    int from = 0;
    int gaps = 0;
    while (true) {
      Map<String, @Nullable Object> body =
          Trees.of("digest", payload.digest(), "offset", from, "total", payload.size());
      byte[] chunk = payload.slice(from, Math.min(payload.size(), from + size));
      try {
        JsonFields answer =
            ask(Envelope.of("upload").body(body), chunk, triton.deadlines().transfer()).fields();
        if (answer.flag("complete")) {
          return;
        }
        int received = answer.whole("received");
        if (received <= from) {
          throw new SightlineException(
              FailureType.PROTOCOL_VIOLATION,
              "upload of " + payload + " does not advance from " + from + "; see the server's log");
        }
        from = received;
      } catch (SightlineException e) {
        // The server dropped what it had (a reload, or its limit): go on where it says.
        int received =
            ServerError.of(e).map(error -> error.detail().path("received").asInt(-1)).orElse(-1);
        if (received < 0 || ++gaps > GAPS_BEFORE_GIVING_UP) {
          throw e;
        }
        from = received;
      }
    }
  }

  /** Hands a job in, or attaches to the one that has this key already. */
  public JobStatus submit(JobSubmission job) {
    return ask(Envelope.of("submit")
            .in(job.call())
            .key(job.key())
            .expecting(job.expectedLineage())
            .body(job.body()))
        .status();
  }

  public JobStatus poll(PolicyCall call, String key) {
    return ask(Envelope.of("poll").in(call).key(key)).status();
  }

  /** Asks a job to end between micro-batches; poll shows when it has. */
  public JobState cancel(PolicyCall call, String key) {
    return ask(Envelope.of("cancel").in(call).key(key)).fields().constant("state", JobState.class);
  }

  /** The whole result of a job that is DONE, in chunks, checked against its digest. */
  public byte[] result(PolicyCall call, String key) {
    int size = chunkBytes();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    while (true) {
      Answer answer =
          ask(
              Envelope.of("result")
                  .in(call)
                  .key(key)
                  .body(Trees.of("offset", whole.size(), "length", size)),
              NO_CHUNK,
              triton.deadlines().transfer());
      JsonFields fields = answer.fields();
      int total = fields.whole("total");
      byte[] chunk = answer.chunk().toByteArray();
      whole.write(chunk, 0, chunk.length);
      if (whole.size() < total && chunk.length > 0) {
        continue;
      }
      byte[] bytes = whole.toByteArray();
      Digest announced = fields.digest("digest");
      if (bytes.length != total || !Digest.of(bytes).equals(announced)) {
        throw new SightlineException(
            FailureType.POLICY_INTERNAL,
            "the result of job %s came over with %d of %d bytes and not the digest %s; fetch it again"
                .formatted(key, bytes.length, total, announced.shortForm()));
      }
      return bytes;
    }
  }

  public ServerListing list() {
    return ServerListing.read(ask(Envelope.of("list")).fields());
  }

  /** Removes checkpoints from the server's disk; returns those that were there. */
  public List<Digest> prune(PolicyCall call, List<Digest> checkpoints) {
    return ask(Envelope.of("prune").in(call).body(Trees.of("checkpoints", checkpoints)))
        .fields()
        .textList("removed")
        .stream()
        .map(Digest::new)
        .toList();
  }

  public ServerStatistics statistics() {
    return ServerStatistics.read(ask(Envelope.of("statistics")).fields());
  }

  /** Asked once: the limit is part of the server's code, not of its state. */
  private int chunkBytes() {
    int known = chunkBytes;
    if (known == 0) {
      known = describe().maxChunkBytes();
      if (known < 1) {
        throw new SightlineException(
            FailureType.PROTOCOL_VIOLATION,
            "describe.maxChunkBytes is " + known + "; must be above 0");
      }
      chunkBytes = known;
    }
    return known;
  }

  private Answer ask(Envelope envelope) {
    return ask(envelope, NO_CHUNK, triton.deadlines().call());
  }

  private Answer ask(Envelope envelope, byte[] chunk, Duration deadline) {
    return ask(triton::infer, envelope, chunk, deadline);
  }

  private Answer ask(Inference inference, Envelope envelope, byte[] chunk, Duration deadline) {
    String what = "policy " + envelope.operation();
    List<BytesTensor> out =
        inference.of(
            MODEL,
            List.of(
                BytesTensor.of("REQUEST", CanonicalJson.bytes(envelope.toTree())),
                BytesTensor.of("CHUNK", chunk)),
            OUTPUTS,
            deadline,
            what);
    JsonFields answer = JsonFields.parse(out.getFirst().content().toByteArray(), what);
    if (answer.whole("protocol") != PROTOCOL) {
      throw new SightlineException(
          FailureType.PROTOCOL_VIOLATION,
          "the policy server speaks protocol "
              + answer.whole("protocol")
              + ", not "
              + PROTOCOL
              + "; update the older side");
    }
    if (!answer.flag("ok")) {
      throw ServerError.read(answer.object("error")).toException(what);
    }
    return new Answer(answer, out.get(1).content());
  }

  /** One of the client's two ways to send an inference. */
  private interface Inference {
    List<BytesTensor> of(
        String model,
        List<BytesTensor> inputs,
        List<String> outputs,
        Duration deadline,
        String what);
  }

  /** An answer that is ok, and its chunk. */
  private record Answer(JsonFields envelope, ByteString chunk) {
    JsonFields fields() {
      return envelope.object("body");
    }

    JobStatus status() {
      return JobStatus.read(fields()).saidBy(envelope.text("incarnation"));
    }
  }
}
