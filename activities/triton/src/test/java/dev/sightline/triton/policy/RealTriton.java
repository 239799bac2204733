package dev.sightline.triton.policy;

import dev.sightline.foundation.SightlineException;
import dev.sightline.triton.TritonClient;
import dev.sightline.triton.TritonEndpoint;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Triton with the policy model as users run it: {@code deploy/triton/serve.py} in a process. */
final class RealTriton implements AutoCloseable {
  private static final String VARIABLE = "SIGHTLINE_PYTHON";
  // What `deploy/sightline python-env` printed before the integration tests.
  private static final Path PREPARED = Path.of("target/python-env");
  private static final Duration START = Duration.ofMinutes(4);

  private final Process process;
  private final Path log;
  final TritonClient client;
  final PolicyClient policy;

  private RealTriton(Process process, Path log, TritonClient client) {
    this.process = process;
    this.log = log;
    this.client = client;
    this.policy = new PolicyClient(client);
  }

  /**
   * The interpreter of the locked environment: the one that is named, else the one that the build
   * prepared.
   */
  static Optional<Path> python() {
    String named = System.getProperty(VARIABLE, System.getenv(VARIABLE));
    if (named != null && !named.isBlank()) {
      return Optional.of(Path.of(named));
    }
    try {
      String environment = Files.readString(PREPARED).strip();
      return environment.isEmpty()
          ? Optional.empty()
          : Optional.of(Path.of(environment).resolve("bin/python"));
    } catch (IOException notPrepared) {
      return Optional.empty();
    }
  }

  static String howToPrepare() {
    return "no Python environment: run `mvn verify`, which prepares it, or set "
        + VARIABLE
        + " to <environment>/bin/python of the folder that `deploy/sightline python-env` prints";
  }

  static RealTriton start(Path python, Path folder) {
    try {
      Files.createDirectories(folder);
      int grpc = freePort();
      Path log = folder.resolve("triton.log");
      Process process =
          new ProcessBuilder(
                  List.of(
                      python.toString(),
                      Path.of("../../deploy/triton/serve.py")
                          .toAbsolutePath()
                          .normalize()
                          .toString(),
                      "--state=" + folder.resolve("state"),
                      "--work=" + folder.resolve("work"),
                      "--threads=1",
                      "--device=cpu",
                      "--grpc-port=" + grpc,
                      "--http-port=" + freePort(),
                      "--metrics-port=" + freePort()))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      RealTriton triton =
          new RealTriton(process, log, TritonClient.connect(new TritonEndpoint("127.0.0.1", grpc)));
      triton.awaitPing();
      return triton;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitPing() throws IOException {
    long deadline = System.nanoTime() + START.toNanos();
    while (true) {
      try {
        policy.ping();
        return;
      } catch (SightlineException e) {
        if (!process.isAlive() || System.nanoTime() - deadline > 0) {
          close();
          throw new IllegalStateException(
              "Triton did not come up; its log:\n" + Files.readString(log), e);
        }
        Pauses.REAL.sleep(Duration.ofMillis(200));
      }
    }
  }

  /** Ends only the model's Python process, as the kernel does when memory runs out. */
  void killStub() {
    ProcessHandle stub =
        process
            .toHandle()
            .descendants()
            .filter(child -> child.info().command().orElse("").contains("backend_stub"))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("Triton has no stub process"));
    // Dead at once, but a zombie until Triton unloads the model: there is no exit to wait for.
    stub.destroyForcibly();
  }

  @Override
  public void close() {
    client.close();
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Below the range that the kernel gives to clients: Triton binds only after its model is loaded,
   * and in those seconds another process would be given a port of that range.
   */
  private static int freePort() {
    for (int attempt = 0; attempt < 100; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken: try another.
        continue;
      }
    }
    throw new IllegalStateException("no free port from 20000 to 32000; end what holds them");
  }
}
