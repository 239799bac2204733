package dev.sightline.worker.stack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Temporal worker with its HTTP endpoints, as a process of its own. */
final class WorkerPart implements Part {
  private final StackContext context;

  WorkerPart(StackContext context) {
    this.context = context;
  }

  @Override
  public PartName name() {
    return PartName.WORKER;
  }

  /** Not Triton: an activity that meets no policy server waits and tries again. */
  @Override
  public List<PartName> needs() {
    return List.of(PartName.POSTGRES, PartName.TEMPORAL);
  }

  @Override
  public List<String> ports() {
    return List.of("worker-http");
  }

  @Override
  public void prepare() {
    Folders.create(context.home().artifacts());
  }

  @Override
  public Launch launch() {
    List<String> command = new ArrayList<>(JavaCommand.of(List.of("-Xmx512m")));
    command.addAll(List.of("--home", context.home().root().toString(), "worker"));
    StackEndpoints endpoints = StackEndpoints.of(context.home(), context.ports());
    return new Launch(
        command,
        Map.of(
            "SIGHTLINE_TEMPORAL_ADDRESS", endpoints.temporalAddress(),
            "SIGHTLINE_TEMPORAL_NAMESPACE", endpoints.temporalNamespace(),
            "SIGHTLINE_JDBC_URL", endpoints.jdbcUrl(),
            "SIGHTLINE_JDBC_USER", endpoints.jdbcUser(),
            "SIGHTLINE_JDBC_PASSWORD", endpoints.jdbcPassword(),
            "SIGHTLINE_ARTIFACTS", endpoints.artifacts(),
            "SIGHTLINE_TRITON_ADDRESS", endpoints.tritonAddress(),
            "SIGHTLINE_HTTP_PORT", "" + context.ports().of("worker-http"),
            "SIGHTLINE_ROOT", context.settings().root()),
        context.home().root(),
        context.settings().build());
  }

  @Override
  public void probe() throws IOException {
    Http.expectOk("http://" + context.address("worker-http") + "/health");
  }

  @Override
  public String stopSignal() {
    return "TERM";
  }
}
