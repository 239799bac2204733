package dev.sightline.worker.stack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Triton with the policy model. Its readiness says that the model was loaded once; whether the
 * model's process still lives is asked by the worker, with the protocol's ping.
 */
final class TritonPart implements Part {
  private final StackContext context;

  TritonPart(StackContext context) {
    this.context = context;
  }

  @Override
  public PartName name() {
    return PartName.TRITON;
  }

  @Override
  public List<PartName> needs() {
    return List.of();
  }

  @Override
  public List<String> ports() {
    return List.of("triton-http", "triton-grpc", "triton-metrics");
  }

  @Override
  public void prepare() {
    Folders.create(state());
    Folders.create(work());
  }

  @Override
  public Launch launch() {
    String threads = "" + context.settings().threads();
    List<String> command =
        List.of(
            context.settings().python(),
            Path.of(context.settings().root(), "deploy", "triton", "serve.py").toString(),
            "--state",
            state().toString(),
            "--work",
            work().toString(),
            "--threads",
            threads,
            "--grpc-port",
            "" + context.ports().of("triton-grpc"),
            "--http-port",
            "" + context.ports().of("triton-http"),
            "--metrics-port",
            "" + context.ports().of("triton-metrics"));
    return new Launch(
        command,
        Map.of("OMP_WAIT_POLICY", "PASSIVE", "OMP_NUM_THREADS", threads, "PYTHONUNBUFFERED", "1"),
        work(),
        "");
  }

  private Path state() {
    return context.home().data("policy");
  }

  private Path work() {
    return context.home().data("triton");
  }

  @Override
  public void probe() throws IOException {
    Http.expectOk("http://" + context.address("triton-http") + "/v2/health/ready");
  }

  @Override
  public String stopSignal() {
    return "TERM";
  }
}
