package dev.sightline.worker.durability;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.SightlineException;
import dev.sightline.triton.TritonClient;
import dev.sightline.triton.TritonEndpoint;
import dev.sightline.triton.policy.PolicyClient;
import dev.sightline.worker.stack.Installation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** {@code deploy/triton/serve.py} in a process, with a state folder of its own. */
final class PolicyProcess implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(4);

  private final Process process;
  private final Path folder;
  private final TritonClient client;
  final PolicyClient policy;

  private PolicyProcess(Process process, Path folder, TritonClient client) {
    this.process = process;
    this.folder = folder;
    this.client = client;
    this.policy = new PolicyClient(client);
  }

  static PolicyProcess start(Path python, Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    int grpc = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(
                    python.toString(),
                    Installation.root().resolve("deploy/triton/serve.py").toString(),
                    "--state=" + folder.resolve("state"),
                    "--work=" + folder.resolve("work"),
                    "--threads=1",
                    "--device=cpu",
                    "--grpc-port=" + grpc,
                    "--http-port=" + freePort(),
                    "--metrics-port=" + freePort()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("triton.log").toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().putAll(environment);
    PolicyProcess started =
        new PolicyProcess(
            builder.start(), folder, TritonClient.connect(new TritonEndpoint("127.0.0.1", grpc)));
    long end = System.nanoTime() + START.toNanos();
    while (true) {
      try {
        started.policy.ping();
        return started;
      } catch (SightlineException e) {
        if (!started.process.isAlive() || System.nanoTime() > end) {
          started.close();
          throw new IllegalStateException("Triton did not come up:\n" + started.log(), e);
        }
        Thread.sleep(200);
      }
    }
  }

  String log() throws IOException {
    return Files.readString(folder.resolve("triton.log"));
  }

  /** How often Triton loaded the model since its start. */
  long loads() throws IOException {
    return log().lines().filter(line -> line.contains("successfully loaded 'policy'")).count();
  }

  /** Every line that the policy wrote about what it did. */
  List<String> journal() throws IOException {
    return Files.readAllLines(folder.resolve("state/journal.jsonl"));
  }

  Path checkpoint(Digest id) {
    return folder.resolve("state/checkpoints").resolve(id.hex());
  }

  /** Ends only the model's Python process, as the kernel does when memory runs out. */
  void killStub() {
    process
        .toHandle()
        .descendants()
        .filter(child -> child.info().command().orElse("").contains("backend_stub"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Triton has no stub process"))
        .destroyForcibly();
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

  /** Below the range that the kernel gives to clients, since Triton binds only after seconds. */
  private static int freePort() throws IOException {
    for (int attempt = 0; attempt < 100; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        continue;
      }
    }
    throw new IOException("no free port from 20000 to 32000; end what holds them");
  }
}
