package dev.sightline.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;

/** Other cases, asked of scipy and statsmodels now. .ci/run makes their environment first. */
final class LivePeersTest extends PeerChecks {
  private static final Path PYTHON = Path.of("src/test/python");

  private JsonNode live = new ObjectMapper().missingNode();

  @BeforeAll
  void ask() throws IOException, InterruptedException {
    Answer interpreter = run(PYTHON.resolve("peers").toString(), "--find");
    assumeTrue(
        interpreter.status() == 0,
        "LivePeersTest is skipped: scipy and statsmodels are not here; "
            + "activities/statistics/src/test/python/peers installs them");
    Answer answer = run(interpreter.text().strip(), PYTHON.resolve("golden.py").toString(), "2");
    assertThat(answer.status()).isZero();
    live = new ObjectMapper().readTree(answer.text());
  }

  private record Answer(int status, String text) {}

  private static Answer run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text);
  }

  @Override
  JsonNode peers() {
    return live;
  }
}
