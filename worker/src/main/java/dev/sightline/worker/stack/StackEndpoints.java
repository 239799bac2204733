package dev.sightline.worker.stack;

import dev.sightline.storage.ArtifactStores;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a local stack answer; what every other command connects with.
 *
 * @param temporalAddress host:port of Temporal's gRPC front end
 * @param temporalNamespace namespace
 * @param temporalUi address for a browser
 * @param jdbcUrl PostgreSQL
 * @param jdbcUser its user
 * @param jdbcPassword its password
 * @param artifacts address of the artifact store: a folder, or {@code s3://bucket/prefix}
 * @param tritonAddress host:port of Triton's gRPC
 * @param workerHttp address of the worker's health and metrics
 */
public record StackEndpoints(
    String temporalAddress,
    String temporalNamespace,
    String temporalUi,
    String jdbcUrl,
    String jdbcUser,
    String jdbcPassword,
    String artifacts,
    String tritonAddress,
    String workerHttp) {
  static final String PORTS_FILE = "ports";

  /** The recorded endpoints of a home; empty when no stack was ever started there. */
  public static Optional<StackEndpoints> read(StackHome home) {
    return RunFiles.read(home.runFile(PORTS_FILE), Ports.class).map(ports -> of(home, ports));
  }

  static StackEndpoints of(StackHome home, Ports ports) {
    return new StackEndpoints(
        "127.0.0.1:" + ports.of("temporal"),
        TemporalPart.NAMESPACE,
        "http://127.0.0.1:" + ports.of("temporal-ui"),
        PostgresPart.jdbcUrl(ports, PostgresPart.DATABASE),
        PostgresPart.USER,
        PostgresPart.password(home),
        artifacts(home, System.getenv("SIGHTLINE_ARTIFACTS")),
        "127.0.0.1:" + ports.of("triton-grpc"),
        "http://127.0.0.1:" + ports.of("worker-http"));
  }

  /** The home's folder, unless the environment names a bucket: a stack keeps its files together. */
  static String artifacts(StackHome home, @Nullable String named) {
    return named != null && ArtifactStores.isS3(named) ? named : home.artifacts().toString();
  }

  /** The addresses that may be shown: everything but the password. */
  public Map<String, String> shown() {
    return Map.of(
        "temporal", temporalAddress,
        "temporalUi", temporalUi,
        "postgres", jdbcUrl,
        "triton", tritonAddress,
        "worker", workerHttp,
        "artifacts", artifacts);
  }

  @Override
  public String toString() {
    return shown().toString();
  }
}
