package dev.sightline.triton.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sightline.foundation.Digest;
import dev.sightline.triton.FakeTriton;
import dev.sightline.triton.TritonChannel;
import dev.sightline.triton.TritonClient;
import dev.sightline.triton.TritonDeadlines;
import dev.sightline.triton.TritonEndpoint;
import dev.sightline.triton.policy.FakePolicy.Reply;
import dev.sightline.triton.policy.PolicyLoss.Aggregation;
import dev.sightline.triton.policy.TrainPayload.WeightedCompletion;
import dev.sightline.triton.policy.TrainPayload.ZeroAdvantage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The largest step that is planned for: 128 prompts x 8 completions x 2048 tokens come over the
 * network, become a step's payload and go back, in a process with the local stack's heap.
 */
class BigBatchTest {
  /** The heap of the local stack's worker ({@code WorkerPart}). */
  private static final String HEAP = "-Xmx512m";

  private static final int PROMPTS = 128;
  private static final int SAMPLES = 8;
  private static final int TOKENS = Integer.getInteger("sightline.bigbatch.tokens", 2048);
  private static final int CHUNK = 1 << 20;

  @TempDir private Path folder = Path.of("unset");

  @Test
  @Timeout(300)
  void aStepOfTwoMillionTokensPassesThroughTheWorkersHeap() throws Exception {
    Path result = folder.resolve("rollout.json");
    writeRollout(result);
    Digest digest = Digest.of(Files.readAllBytes(result));
    AtomicLong uploaded = new AtomicLong();
    FakePolicy policy =
        new FakePolicy((envelope, chunk) -> serve(envelope, chunk, result, digest, uploaded));
    try (FakeTriton server = FakeTriton.onPort(policy)) {
      Process client =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  HEAP,
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Client.class.getName(),
                  "" + server.port())
              .redirectErrorStream(true)
              .start();
      String said =
          new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      assertThat(client.waitFor(10, TimeUnit.SECONDS)).isTrue();
      said.lines().filter(line -> line.contains("peak heap")).forEach(System.out::println);
      assertThat(client.exitValue()).as(said).isZero();
    }
    assertThat(uploaded.get()).isGreaterThan((long) PROMPTS * SAMPLES * TOKENS * 10);
  }

  private static Reply serve(
      JsonNode envelope, byte[] chunk, Path result, Digest digest, AtomicLong uploaded) {
    JsonNode body = envelope.get("body");
    return switch (envelope.get("operation").textValue()) {
      case "describe" -> FakePolicy.describe(CHUNK);
      case "submit", "poll" ->
          FakePolicy.status(
              "DONE", 9, "resultDigest", digest.hex(), "resultBytes", result.toFile().length());
      case "result" ->
          Reply.ok("digest", digest.hex(), "total", result.toFile().length())
              .with(read(result, body.get("offset").longValue(), body.get("length").intValue()));
      case "upload" -> {
        uploaded.addAndGet(chunk.length);
        long received = body.get("offset").longValue() + chunk.length;
        yield Reply.ok("received", received, "complete", received == body.get("total").longValue());
      }
      case String other -> throw new IllegalArgumentException(other);
    };
  }

  private static byte[] read(Path file, long from, int length) {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
      byte[] bytes = new byte[(int) Math.min(length, open.length() - from)];
      open.seek(from);
      open.readFully(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the server writes it: log-probabilities are the doubles equal to its float32 values. */
  private static void writeRollout(Path file) throws IOException {
    Random random = new Random(7);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      StringBuilder text = new StringBuilder("{\"completions\":[");
      for (int i = 0; i < PROMPTS * SAMPLES; i++) {
        text.append(i == 0 ? "" : ",")
            .append("{\"finish\":\"length\",\"logProbs\":[")
            .append((double) -random.nextFloat());
        for (int token = 1; token < TOKENS; token++) {
          text.append(',').append((double) -random.nextFloat());
        }
        text.append("],\"prompt\":\"p").append(i / SAMPLES).append("\",\"sample\":");
        text.append(i % SAMPLES).append(",\"text\":\"").append("word ".repeat(TOKENS));
        text.append("\",\"tokens\":[").append(random.nextInt(150_000));
        for (int token = 1; token < TOKENS; token++) {
          text.append(',').append(random.nextInt(150_000));
        }
        text.append("]}");
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        text.setLength(0);
      }
      out.write(
          "],\"lineage\":\"%1$s\",\"metrics\":{\"completionTokens\":1,\"promptTokens\":1},\"stateDigest\":\"%1$s\"}"
              .formatted("0".repeat(64))
              .getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The worker's part: fetch the rollout, read it, make the step's payload, send it. */
  static final class Client {
    private Client() {}

    public static void main(String[] arguments) {
      TritonEndpoint server = new TritonEndpoint("127.0.0.1", Integer.parseInt(arguments[0]));
      PolicyCall call = new PolicyCall("run-1", 1, null);
      try (TritonClient triton =
          new TritonClient(TritonChannel.open(server), TritonDeadlines.standard())) {
        PolicyClient client = new PolicyClient(triton);
        byte[] fetched =
            PolicyJobs.run(
                client,
                JobSubmission.stored(
                    call,
                    "rollout",
                    JobKind.ROLLOUT,
                    "{}".getBytes(StandardCharsets.UTF_8),
                    Digest.ofText("parent")),
                PollSchedule.standard(Duration.ofSeconds(60)),
                status -> {});
        RolloutResult rollout = RolloutResult.read(fetched);
        Payload payload = train(rollout).payload();
        client.upload(payload);
        System.out.printf(
            "%d completions, %d tokens: %d MB fetched, %d MB sent, peak heap %d MB under %s%n",
            rollout.completions().size(),
            rollout.completions().stream().mapToInt(each -> each.tokens().size()).sum(),
            fetched.length >> 20,
            payload.size() >> 20,
            peakBytes() >> 20,
            HEAP);
      }
    }

    private static TrainPayload train(RolloutResult rollout) {
      List<WeightedCompletion> completions = new ArrayList<>();
      for (RolloutResult.Completion each : rollout.completions()) {
        completions.add(
            new WeightedCompletion(
                each.prompt(), each.sample(), each.tokens(), each.logProbs(), 0.5));
      }
      return new TrainPayload(
          new StepIdentity("run-1", 0, 1, 7),
          PolicyLoss.clipped(0.2, 0.2, Aggregation.SEQUENCE_MEAN, null),
          1.0,
          1e-4,
          1.0,
          ZeroAdvantage.APPLY,
          IntStream.range(0, PROMPTS).mapToObj(i -> Prompt.ofText("p" + i, "How many?")).toList(),
          completions,
          List.of(IntStream.range(0, completions.size()).boxed().toList()));
    }

    private static long peakBytes() {
      return ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .map(MemoryPoolMXBean::getPeakUsage)
          .mapToLong(usage -> usage.getUsed())
          .sum();
    }
  }
}
