package dev.sightline.storage;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** versitygw, a real S3 server, over a folder. */
final class S3Server implements AutoCloseable {
  static final String BUCKET = "artifacts";

  private static final String ACCESS = "sightline-test";
  private static final String SECRET = "sightline-test-secret";
  private static final Duration START = Duration.ofSeconds(60);

  private final Process process;
  private final URI endpoint;

  private S3Server(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /** Skips the test, with the reason printed, where the server cannot be had. */
  static S3Server startOrSkip(Class<?> test, Path folder) throws IOException, InterruptedException {
    Path said = folder.resolve("go-tool.log");
    Process tool =
        new ProcessBuilder("../../deploy/stack/go-tool", "versitygw")
            .redirectError(said.toFile())
            .start();
    String program =
        new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (tool.waitFor() != 0) {
      String reason = test.getSimpleName() + " is skipped: " + Files.readString(said).strip();
      System.out.println(reason);
      assumeTrue(false, reason);
    }
    int port = freePort();
    for (String part : new String[] {"data", "sidecar"}) {
      Files.createDirectories(folder.resolve(part));
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                program,
                "--quiet",
                "--port=127.0.0.1:" + port,
                "posix",
                "--sidecar=" + folder.resolve("sidecar"),
                folder.resolve("data").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("versitygw.log").toFile());
    builder.environment().putAll(Map.of("ROOT_ACCESS_KEY", ACCESS, "ROOT_SECRET_KEY", SECRET));
    S3Server started = new S3Server(builder.start(), URI.create("http://127.0.0.1:" + port));
    started.await(port, folder);
    return started;
  }

  private void await(int port, Path folder) throws IOException, InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (true) {
      try {
        new Socket("127.0.0.1", port).close();
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          close();
          throw new AssertionError(Files.readString(folder.resolve("versitygw.log")), e);
        }
        process.waitFor(20, TimeUnit.MILLISECONDS);
      }
    }
  }

  S3Client client() {
    return client(endpoint);
  }

  static S3Client client(URI endpoint) {
    return S3ArtifactStore.client(true)
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS, SECRET)))
        .build();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
