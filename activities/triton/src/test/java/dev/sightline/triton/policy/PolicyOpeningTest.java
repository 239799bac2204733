package dev.sightline.triton.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.triton.FakeTriton;
import dev.sightline.triton.TritonClient;
import dev.sightline.triton.policy.FakePolicy.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class PolicyOpeningTest {
  private static final Digest LINEAGE = Digest.ofText("lineage");
  private static final OpenRequest REQUEST =
      new OpenRequest(
          new PolicyModel.Folder("/models/vl", null, "bfloat16", true),
          null,
          new AdamW(0.9, 0.999, 1e-8, 0),
          Digest.ofText("run"));

  private final List<JobStatus> seen = new ArrayList<>();
  private final FakeTime time = new FakeTime();
  private List<JsonNode> asked = List.of();

  private OpenedRun open(IntFunction<Reply> answers) {
    int[] opens = {0};
    FakePolicy policy =
        new FakePolicy(
            (envelope, chunk) ->
                envelope.get("operation").textValue().equals("ping")
                    ? FakePolicy.ping("first", null)
                    : answers.apply(opens[0]++));
    try (FakeTriton fake = new FakeTriton(policy);
        TritonClient client = fake.client()) {
      return PolicyOpening.open(
          new PolicyClient(client),
          new PolicyCall("run-1", 3, null),
          REQUEST,
          PollSchedule.standard(Duration.ofSeconds(30)),
          seen::add,
          time);
    } finally {
      asked = policy.envelopes;
    }
  }

  private static Reply opened() {
    return Reply.ok(
        "lineage", LINEAGE.hex(), "baseStateDigest", LINEAGE.hex(), "parameters", 7_000_000_000L);
  }

  private static Reply loading(String state, String phase, int done) {
    return Reply.ok(
        "loading",
        Trees.of("state", state, "phase", phase, "done", done, "total", 15_000, "seconds", 1));
  }

  @Test
  void asksAgainWhileTheModelIsLoaded() {
    OpenedRun run =
        open(
            call ->
                call == 0
                    ? loading("QUEUED", "start", 0)
                    : call < 4 ? loading("RUNNING", "hash", call) : opened());
    assertThat(run).isEqualTo(new OpenedRun(LINEAGE, LINEAGE, 7_000_000_000L, false));
    assertThat(seen).extracting(JobStatus::done).containsExactly(0L, 1L, 2L, 3L);
    JsonNode model = asked.getFirst().get("body").get("model");
    assertThat(model.toString())
        .isEqualTo(
            "{\"digest\":null,\"dtype\":\"bfloat16\",\"gradientCheckpointing\":true,"
                + "\"kind\":\"folder\",\"path\":\"/models/vl\"}");
  }

  @Test
  void whatIsOpenIsSaidAtOnce() {
    open(call -> opened());
    assertThat(seen).isEmpty();
    assertThat(asked).hasSize(1);
  }

  @Test
  void aLoadThatDoesNotMoveIsStuck() {
    SightlineException failure =
        catchThrowableOfType(
            SightlineException.class, () -> open(call -> loading("RUNNING", "load", 0)));
    assertThat(failure.type()).isEqualTo(FailureType.JOB_STUCK);
  }

  @Test
  void aFolderThatCannotBeLoadedIsTheServersError() {
    SightlineException failure =
        catchThrowableOfType(
            SightlineException.class,
            () ->
                open(
                    call ->
                        call == 0
                            ? loading("RUNNING", "hash", 0)
                            : Reply.error("INVALID_REQUEST", "lacks config.json", Map.of())));
    assertThat(failure.type()).isEqualTo(FailureType.INVALID_REQUEST);
    assertThat(failure).hasMessageContaining("lacks config.json");
  }
}
