package dev.sightline.triton.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sightline.foundation.Digest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Both languages read the same vectors; Python's tests read them too. */
class LineageTest {
  private static final Path GOLDEN = Path.of("../../deploy/triton/golden/lineage.json");

  @Test
  void agreesWithTheServer() throws IOException {
    JsonNode golden = new ObjectMapper().readTree(GOLDEN.toFile());
    JsonNode base = golden.get("base");
    assertThat(
            Lineage.base(
                digest(base, "baseStateDigest"),
                digest(base, "runDigest"),
                digest(base, "environmentDigest")))
        .isEqualTo(digest(base, "lineage"));
    assertThat(golden.get("steps")).isNotEmpty();
    for (JsonNode step : golden.get("steps")) {
      JsonNode identity = step.get("identity");
      assertThat(
              Lineage.next(
                  digest(step, "parent"),
                  digest(step, "batch"),
                  new StepIdentity(
                      identity.get("run").textValue(),
                      identity.get("branch").intValue(),
                      identity.get("round").intValue(),
                      identity.get("step").intValue())))
          .isEqualTo(digest(step, "lineage"));
    }
  }

  private static Digest digest(JsonNode node, String name) {
    return new Digest(node.get(name).textValue());
  }
}
