package dev.sightline.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The committed cases, which need no Python. */
final class GoldenTest extends PeerChecks {
  private final JsonNode golden = read();

  private static JsonNode read() {
    try (InputStream stream = GoldenTest.class.getResourceAsStream("golden.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(stream));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  JsonNode peers() {
    return golden;
  }
}
