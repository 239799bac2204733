package dev.sightline.worker.scale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sightline.foundation.CanonicalJson;
import dev.sightline.foundation.Digest;
import dev.sightline.triton.policy.Lineage;
import dev.sightline.triton.policy.StepIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The policy protocol without a model. A run is a chain of lineages; completions are drawn from the
 * digest of lineage and prompt, so that rewards differ and repeats agree.
 */
final class FakePolicy {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String INCARNATION = "fake";
  private static final Digest ENVIRONMENT = Digest.ofText("fake environment");
  private static final int CHUNK_BYTES = 16 << 20;
  private static final int ANSWERS = 10;

  /** Results that stay for repeats; a run has one job at a time. */
  private static final int KEPT_JOBS = 8;

  /** One run that is open. */
  private static final class Run {
    private final Digest baseState;
    private final List<Digest> chain = new ArrayList<>();
    private final Map<String, Job> jobs =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Job> eldest) {
            return size() > KEPT_JOBS;
          }
        };

    Run(Digest baseState, Digest lineage) {
      this.baseState = baseState;
      chain.add(lineage);
    }

    Digest lineage() {
      return chain.getLast();
    }

    Digest state() {
      return chain.size() == 1 ? baseState : stateOf(lineage());
    }
  }

  /**
   * A job that is done.
   *
   * @param moved where it left the run, null where it left it alone
   */
  private record Job(JsonNode submit, byte[] result, @Nullable Digest moved) {}

  /** An answer that is no success. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String type;
    private final transient Map<String, ?> detail;

    Refusal(String type, String message, Map<String, ?> detail) {
      super(message, null, false, false);
      this.type = type;
      this.detail = detail;
    }
  }

  /** What goes back over the wire. */
  record Answer(Map<String, ?> envelope, byte[] chunk) {}

  private final Map<String, Run> runs = new TreeMap<>();
  private final Map<Digest, List<Digest>> checkpoints;
  private final Map<String, byte[]> staged = new LinkedHashMap<>();

  /**
   * @param checkpoints the pool's, by id; may be used by several threads
   */
  FakePolicy(Map<Digest, List<Digest>> checkpoints) {
    this.checkpoints = checkpoints;
  }

  private static Digest stateOf(Digest lineage) {
    return Digest.ofText("state of " + lineage.hex());
  }

  synchronized Answer answer(JsonNode envelope, byte[] chunk) {
    try {
      if (envelope.path("operation").asText().equals("result")) {
        return result(envelope);
      }
      return new Answer(envelope(true, "body", body(envelope, chunk)), new byte[0]);
    } catch (Refusal refusal) {
      Map<String, Object> error = new LinkedHashMap<>();
      error.put("type", refusal.type);
      error.put("message", refusal.getMessage());
      error.put("detail", refusal.detail);
      return new Answer(envelope(false, "error", error), new byte[0]);
    }
  }

  private static Map<String, ?> envelope(boolean ok, String name, Map<String, ?> content) {
    return Map.of("protocol", 1, "incarnation", INCARNATION, "ok", ok, name, content);
  }

  private Map<String, ?> body(JsonNode envelope, byte[] chunk) {
    JsonNode body = envelope.path("body");
    return switch (envelope.path("operation").asText()) {
      case "ping" -> ping();
      case "describe" -> describe();
      case "open" -> open(envelope.path("run").asText(), body);
      case "close" -> {
        runs.remove(envelope.path("run").asText());
        yield Map.of();
      }
      case "upload" -> upload(body, chunk);
      case "submit" -> submit(envelope);
      case "poll" -> status(job(envelope));
      case "prune" -> prune(body);
      default ->
          throw new Refusal(
              "PROTOCOL_VIOLATION",
              "the fake does not know " + envelope.path("operation"),
              Map.of());
    };
  }

  private Map<String, ?> ping() {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("incarnation", INCARNATION);
    body.put("uptimeSeconds", 1);
    body.put("running", null);
    body.put(
        "runs",
        runs.entrySet().stream()
            .map(
                run ->
                    Map.of(
                        "run",
                        run.getKey(),
                        "lineage",
                        run.getValue().lineage().hex(),
                        "stateDigest",
                        run.getValue().state().hex()))
            .toList());
    return body;
  }

  private static Map<String, ?> describe() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("protocol", 1);
    body.put("versions", Map.of("fake", "1"));
    body.put("device", "none");
    body.put("instructionSet", "none");
    body.put("threads", 1);
    body.put("dtype", "float32");
    body.put("attention", "none");
    body.put("models", List.of("tiny-vl"));
    body.put("maxChunkBytes", CHUNK_BYTES);
    body.put("environmentDigest", ENVIRONMENT.hex());
    return body;
  }

  private Map<String, ?> open(String name, JsonNode body) {
    Run open = runs.get(name);
    boolean already = open != null;
    if (open == null) {
      Digest base = Digest.ofText("base of " + body.path("model") + body.path("base"));
      open =
          new Run(
              base, Lineage.base(base, new Digest(body.path("runDigest").asText()), ENVIRONMENT));
      runs.put(name, open);
    }
    return Map.of(
        "lineage",
        open.lineage().hex(),
        "baseStateDigest",
        open.baseState.hex(),
        "parameters",
        1,
        "alreadyOpen",
        already);
  }

  private Map<String, ?> upload(JsonNode body, byte[] chunk) {
    String digest = body.path("digest").asText();
    if (body.path("offset").asInt() != 0 || body.path("total").asInt() != chunk.length) {
      throw new Refusal("INVALID_REQUEST", "the fake takes payloads in one chunk", Map.of());
    }
    staged.put(digest, chunk);
    return Map.of("received", chunk.length, "complete", true);
  }

  private Map<String, ?> prune(JsonNode body) {
    List<String> removed = new ArrayList<>();
    for (JsonNode id : body.path("checkpoints")) {
      if (checkpoints.remove(new Digest(id.asText())) != null) {
        removed.add(id.asText());
      }
    }
    return Map.of("removed", removed);
  }

  private Run run(JsonNode envelope) {
    Run run = runs.get(envelope.path("run").asText());
    if (run == null) {
      throw new Refusal("POLICY_UNKNOWN", "the run is not open; open it", Map.of());
    }
    return run;
  }

  private Job job(JsonNode envelope) {
    Job job = run(envelope).jobs.get(envelope.path("key").asText());
    if (job == null) {
      throw new Refusal("JOB_UNKNOWN", "there is no such job; submit it", Map.of());
    }
    return job;
  }

  private Map<String, ?> submit(JsonNode envelope) {
    Run run = run(envelope);
    JsonNode body = envelope.path("body");
    String key = envelope.path("key").asText();
    Job before = run.jobs.get(key);
    if (before != null
        && before.submit().equals(body)
        && (before.moved() == null || run.chain.contains(before.moved()))) {
      return status(before);
    }
    JsonNode expected = envelope.path("expectedLineage");
    if (expected.isTextual() && !expected.asText().equals(run.lineage().hex())) {
      throw new Refusal(
          "POLICY_BEHIND", "the run stands elsewhere", Map.of("lineage", run.lineage().hex()));
    }
    byte[] payload = new byte[0];
    JsonNode input = body.path("input");
    if (input.isTextual()) {
      byte[] found = staged.remove(input.asText());
      if (found == null) {
        throw new Refusal(
            "PAYLOAD_MISSING", "upload it first", Map.of("digests", List.of(input.asText())));
      }
      payload = found;
    }
    Job done = work(run, body, payload);
    run.jobs.put(key, done);
    return status(done);
  }

  private static Map<String, ?> status(Job job) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("state", "DONE");
    body.put("phase", null);
    body.put("done", 1);
    body.put("total", 1);
    body.put("reason", null);
    body.put("resultDigest", Digest.of(job.result()).hex());
    body.put("resultBytes", job.result().length);
    body.put("error", null);
    body.put("seconds", 0);
    return body;
  }

  private Answer result(JsonNode envelope) {
    byte[] whole = job(envelope).result();
    int from = envelope.path("body").path("offset").asInt();
    int to = Math.min(whole.length, from + envelope.path("body").path("length").asInt());
    return new Answer(
        envelope(true, "body", Map.of("digest", Digest.of(whole).hex(), "total", whole.length)),
        Arrays.copyOfRange(whole, from, to));
  }

  private Job work(Run run, JsonNode submit, byte[] payload) {
    return switch (submit.path("kind").asText()) {
      case "rollout" -> new Job(submit, rollout(run, read(payload)), null);
      case "train", "fit" -> step(run, submit, payload);
      case "checkpoint" -> checkpoint(run, submit);
      case "restore" -> {
        List<Digest> chain =
            checkpoints.get(new Digest(submit.path("parameters").path("checkpoint").asText()));
        if (chain == null) {
          throw new Refusal("CHECKPOINT_MISSING", "there is no such checkpoint", Map.of());
        }
        yield moved(run, submit, chain);
      }
      case "reset" -> moved(run, submit, List.of(run.chain.getFirst()));
      default ->
          throw new Refusal("INVALID_REQUEST", "the fake does no " + submit.path("kind"), Map.of());
    };
  }

  private static JsonNode read(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] rollout(Run run, JsonNode payload) {
    List<Map<String, ?>> completions = new ArrayList<>();
    int tokens = 0;
    for (JsonNode prompt : payload.path("prompts")) {
      for (int sample = 0; sample < payload.path("samples").asInt(); sample++) {
        String drawn = run.lineage().hex() + prompt.path("id").asText() + sample;
        int answer = Integer.parseInt(Digest.ofText(drawn).hex().substring(0, 4), 16) % ANSWERS;
        String text = "<answer>" + answer + "</answer>";
        List<Integer> bytes = new ArrayList<>();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
          bytes.add((int) one);
        }
        tokens += bytes.size();
        Map<String, Object> completion = new LinkedHashMap<>();
        completion.put("prompt", prompt.path("id").asText());
        completion.put("sample", sample);
        completion.put("text", text);
        completion.put("tokens", bytes);
        completion.put("logProbs", bytes.stream().map(one -> -0.5).toList());
        completion.put("finish", "stop");
        completions.add(completion);
      }
    }
    return CanonicalJson.bytes(
        Map.of(
            "completions",
            completions,
            "lineage",
            run.lineage().hex(),
            "stateDigest",
            run.state().hex(),
            "metrics",
            Map.of("promptTokens", 1, "completionTokens", tokens)));
  }

  private static Job step(Run run, JsonNode submit, byte[] payload) {
    JsonNode content = read(payload);
    JsonNode identity = content.path("identity");
    Digest parent = run.lineage();
    Digest batch = Digest.of(payload);
    Digest lineage =
        Lineage.next(
            parent,
            batch,
            new StepIdentity(
                identity.path("run").asText(),
                identity.path("branch").asInt(),
                identity.path("round").asInt(),
                identity.path("step").asInt()));
    run.chain.add(lineage);
    Map<String, @Nullable Object> metrics = new LinkedHashMap<>();
    for (String zero :
        List.of("loss", "gradientNorm", "clipShare", "clipLowShare", "clipHighShare", "entropy")) {
      metrics.put(zero, 0);
    }
    metrics.put("learningRate", content.path("learningRate").asDouble());
    metrics.put("tokens", content.path("completions").size());
    metrics.put("meanRatio", 1);
    metrics.put("maxRatio", 1);
    metrics.put("kl", null);
    metrics.put("meanCorrection", null);
    metrics.put("microBatches", content.path("microBatches").size());
    byte[] result =
        CanonicalJson.bytes(
            Map.of(
                "lineageBefore",
                parent.hex(),
                "lineage",
                lineage.hex(),
                "batchDigest",
                batch.hex(),
                "stateDigest",
                run.state().hex(),
                "skipped",
                false,
                "metrics",
                metrics));
    return new Job(submit, result, lineage);
  }

  private Job checkpoint(Run run, JsonNode submit) {
    Digest id = Digest.ofText("checkpoint of " + run.lineage().hex());
    checkpoints.put(id, List.copyOf(run.chain));
    byte[] result =
        CanonicalJson.bytes(
            Map.of(
                "checkpoint",
                id.hex(),
                "lineage",
                run.lineage().hex(),
                "stateDigest",
                run.state().hex(),
                "bytes",
                1,
                "files",
                Map.of("model.safetensors", id.hex())));
    return new Job(submit, result, null);
  }

  private static Job moved(Run run, JsonNode submit, List<Digest> chain) {
    List<Digest> there = List.copyOf(chain);
    run.chain.clear();
    run.chain.addAll(there);
    return new Job(
        submit,
        CanonicalJson.bytes(
            Map.of("lineage", run.lineage().hex(), "stateDigest", run.state().hex())),
        run.lineage());
  }
}
