package dev.sightline.worker.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class StackEndpointsTest {
  @Test
  void artifactsLieInTheHomeUnlessABucketIsNamed() {
    StackHome home = new StackHome(Path.of("home"));

    assertThat(StackEndpoints.artifacts(home, null)).isEqualTo(home.artifacts().toString());
    assertThat(StackEndpoints.artifacts(home, "/elsewhere")).isEqualTo(home.artifacts().toString());
    assertThat(StackEndpoints.artifacts(home, "s3://bucket/x")).isEqualTo("s3://bucket/x");
  }
}
