package dev.sightline.triton.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.SightlineException;
import dev.sightline.triton.FakeTriton;
import dev.sightline.triton.TritonClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What the real server was recorded to say, and the envelopes that it was sent. */
class GoldenMessagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final PolicyCall CALL = new PolicyCall("golden", 1, null);
  private static final JsonNode GOLDEN = golden();

  private static JsonNode golden() {
    try {
      return JSON.readTree(Path.of("../../deploy/triton/golden/messages.json").toFile());
    } catch (IOException e) {
      throw new AssertionError("the golden messages are not readable", e);
    }
  }

  private static JsonNode named(String list, String field, String name) {
    return StreamSupport.stream(GOLDEN.get(list).spliterator(), false)
        .filter(item -> item.get(field).textValue().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no golden " + list + " " + name));
  }

  private static JsonFields body(String operation) {
    return fields(named("operations", "name", operation).at("/answer/body"), operation);
  }

  private static JsonFields fields(JsonNode node, String where) {
    return JsonFields.parse(bytes(node), where);
  }

  private static byte[] bytes(JsonNode node) {
    return node.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] result(String kind) {
    return bytes(named("jobs", "kind", kind).get("result"));
  }

  @Test
  void everyAnswerIsRead() {
    assertThat(ServerState.read(body("ping")).runs()).isEmpty();
    assertThat(PolicyEnvironment.read(body("describe")).versions()).containsKey("torch");
    OpenedRun opened = OpenedRun.read(body("open"));
    assertThat(opened.alreadyOpen()).isFalse();
    assertThat(OpenedRun.read(body("open again")))
        .isEqualTo(
            new OpenedRun(opened.lineage(), opened.baseStateDigest(), opened.parameters(), true));
    assertThat(JobStatus.read(body("submit rollout")).state()).isEqualTo(JobState.QUEUED);
    assertThat(JobStatus.read(body("poll")).resultDigest()).isNotNull();
    assertThat(ServerListing.read(body("list")).checkpoints()).hasSize(1);
    assertThat(ServerListing.read(body("list")).jobs()).isNotEmpty();
    assertThat(ServerStatistics.read(body("statistics")).jobs()).containsEntry("train.DONE", 1L);
  }

  @Test
  void everyResultIsRead() {
    assertThat(RolloutResult.read(result("rollout")).completions()).hasSize(4);
    assertThat(RolloutResult.lengths(result("rollout")))
        .isEqualTo(
            RolloutResult.read(result("rollout")).completions().stream()
                .map(completion -> completion.tokens().size())
                .toList())
        .isNotEmpty();
    assertThat(RolloutResult.completionTokens(result("rollout")))
        .isEqualTo(RolloutResult.read(result("rollout")).completionTokens())
        .isPositive();
    assertThat(ScoreResult.read(result("score")).completions()).hasSize(1);
    StepResult fitted = StepResult.read(result("fit"));
    StepResult trained = StepResult.read(result("train"));
    assertThat(trained.lineageBefore()).isEqualTo(fitted.lineage());
    CheckpointResult checkpoint = CheckpointResult.read(result("checkpoint"));
    assertThat(StateResult.read(result("restore")))
        .isEqualTo(new StateResult(checkpoint.lineage(), checkpoint.stateDigest()));
    assertThat(StateResult.read(result("reset")).lineage())
        .isEqualTo(OpenedRun.read(body("open")).lineage());
  }

  @Test
  void aRecordedStepIsTheNextLinkOfItsParent() {
    for (String kind : List.of("fit", "train")) {
      JsonNode job = named("jobs", "kind", kind);
      StepResult step = StepResult.read(result(kind));
      assertThat(
              Lineage.next(
                  step.lineageBefore(),
                  step.batchDigest(),
                  StepIdentity.read(fields(job.at("/payload/identity"), "identity"))))
          .isEqualTo(step.lineage());
    }
  }

  @Test
  void ourPayloadsHaveTheFieldsThatTheServerReads() {
    Prompt prompt = Prompt.ofText("p", "t");
    StepIdentity identity = new StepIdentity("r", 0, 0, 1);
    Map<String, PolicyJob.WithPayload> ours =
        Map.of(
            "rollout", new RolloutPayload(List.of(prompt), 1, null, 0, 4, List.of()),
            "fit",
                new FitPayload(
                    identity,
                    1e-3,
                    1,
                    List.of(prompt),
                    List.of(new FitPayload.Target("p", "x")),
                    List.of(List.of(0))),
            "train",
                new TrainPayload(
                    identity,
                    PolicyLoss.clipped(0.2, 0.2, PolicyLoss.Aggregation.TOKEN_MEAN, null),
                    1,
                    1e-3,
                    1,
                    TrainPayload.ZeroAdvantage.SKIP,
                    List.of(prompt),
                    List.of(
                        new TrainPayload.WeightedCompletion("p", 0, List.of(1), List.of(-1.0), 1)),
                    List.of(List.of(0))));
    ours.forEach(
        (kind, job) ->
            assertThat(names(fields(JSON.valueToTree(job.toTree()), kind)))
                .isEqualTo(names(fields(named("jobs", "kind", kind).get("payload"), kind))));
  }

  private static TreeSet<String> names(JsonFields fields) {
    return new TreeSet<>(fields.names());
  }

  @Test
  void ourEnvelopesAreTheRecordedOnes() {
    // Ours names every field; the recorded ones leave out what is null.
    assertThat(sent("poll", Envelope.of("poll").in(CALL).key("rollout-key")))
        .isEqualTo(recorded("poll"));
    assertThat(
            sent(
                "result",
                Envelope.of("result")
                    .in(CALL)
                    .key("rollout-key")
                    .body(Trees.of("offset", 0, "length", 1000))))
        .isEqualTo(recorded("result"));
    Digest checkpoint = CheckpointResult.read(result("checkpoint")).checkpoint();
    assertThat(
            sent(
                "prune",
                Envelope.of("prune")
                    .in(CALL)
                    .body(Trees.of("checkpoints", List.of(checkpoint.hex())))))
        .isEqualTo(recorded("prune"));
  }

  private static JsonNode sent(String name, Envelope envelope) {
    return withoutNulls(JSON.valueToTree(envelope.toTree()), name);
  }

  private static JsonNode recorded(String name) {
    return withoutNulls(named("operations", "name", name).get("request"), name);
  }

  private static JsonNode withoutNulls(JsonNode node, String name) {
    assertThat(node.isObject()).as(name).isTrue();
    ObjectNode copy = node.deepCopy();
    copy.properties()
        .removeIf(
            entry ->
                entry.getValue().isNull()
                    || entry.getValue().isEmpty() && entry.getValue().isObject());
    try {
      return JSON.readTree(copy.toString());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void everyRecordedErrorBecomesItsType() {
    for (JsonNode error : GOLDEN.get("errors")) {
      FakePolicy server =
          new FakePolicy(
              (envelope, chunk) ->
                  new FakePolicy.Reply(
                      JSON.convertValue(
                          error.get("answer"),
                          new com.fasterxml.jackson.core.type.TypeReference<
                              Map<String, Object>>() {}),
                      new byte[0]));
      try (FakeTriton fake = new FakeTriton(server);
          TritonClient client = fake.client()) {
        SightlineException failure =
            catchThrowableOfType(
                SightlineException.class, () -> new PolicyClient(client).poll(CALL, "k"));
        assertThat(failure.type().name()).isEqualTo(error.at("/answer/error/type").textValue());
        assertThat(ServerError.of(failure).orElseThrow().detail())
            .isEqualTo(error.at("/answer/error/detail"));
      }
    }
  }
}
