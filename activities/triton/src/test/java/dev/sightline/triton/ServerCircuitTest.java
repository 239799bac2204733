package dev.sightline.triton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerCircuitTest {
  private static final Duration FIRST = Duration.ofMillis(300);
  private static final Duration LONGEST = Duration.ofMillis(600);

  /** What the server says; null for an answer. */
  private final AtomicReference<@Nullable Status> says =
      new AtomicReference<>(Status.UNAVAILABLE.withDescription("it starts"));

  private final FakeTriton server = FakeTriton.onPort(this::answer);
  private final TritonClient client =
      new TritonClient(
          TritonChannel.open(new TritonEndpoint("127.0.0.1", server.port())),
          TritonDeadlines.standard(),
          new ServerCircuit.Settings(3, FIRST, LONGEST));

  private List<ByteString> answer(List<ByteString> inputs) {
    Status status = says.get();
    if (status != null) {
      throw status.asRuntimeException();
    }
    return inputs;
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  @Test
  void afterThreeFailuresNothingIsSentButOnePingBehindEachPause() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      assertThat(client.circuit().open()).isFalse();
      assertThat(fails(false)).isEqualTo(FailureType.POLICY_UNAVAILABLE);
    }
    assertThat(client.circuit().open()).isTrue();
    assertThat(fails(false)).isEqualTo(FailureType.POLICY_UNAVAILABLE);
    assertThat(fails(true)).as("within the pause").isEqualTo(FailureType.POLICY_UNAVAILABLE);
    assertThat(server.calls).hasSize(3);
    assertThat(client.circuit().refused()).isEqualTo(2);

    Thread.sleep(FIRST.plusMillis(50));
    fails(false);
    assertThat(server.calls).as("only a ping may ask").hasSize(3);
    fails(true);
    assertThat(server.calls).hasSize(4);
    Thread.sleep(FIRST.plusMillis(50));
    fails(true);
    assertThat(server.calls).as("the pause has doubled").hasSize(4);

    says.set(null);
    Thread.sleep(FIRST.plusMillis(50));
    ask(true);
    assertThat(client.circuit().open()).isFalse();
    ask(false);
    assertThat(server.calls).hasSize(6);
    assertThat(client.circuit().opened()).isOne();
  }

  @Test
  void theRefusalSaysWhatWasMet() {
    for (int i = 0; i < 3; i++) {
      fails(false);
    }
    SightlineException refusal = catchThrowableOfType(SightlineException.class, () -> ask(false));
    assertThat(refusal)
        .hasMessageContaining("127.0.0.1:" + server.port() + " did not answer 3 times in a row")
        .hasMessageContaining("at least every 0.6 s")
        .hasMessageContaining("UNAVAILABLE: it starts");
  }

  @Test
  void whateverAnswersIsThere() {
    for (Status status :
        List.of(
            Status.INTERNAL.withDescription("Stub process 'policy_0_0' is not healthy."),
            Status.UNAVAILABLE.withDescription("Request for unknown model: 'policy' is not found"),
            Status.INVALID_ARGUMENT,
            Status.RESOURCE_EXHAUSTED)) {
      says.set(status);
      for (int i = 0; i < 4; i++) {
        fails(false);
      }
      assertThat(client.circuit().open()).as(status.toString()).isFalse();
    }
  }

  @Test
  void anAnswerInBetweenStartsTheCountAnew() {
    for (int i = 0; i < 3; i++) {
      says.set(Status.UNAVAILABLE);
      fails(false);
      fails(false);
      says.set(null);
      ask(false);
    }
    assertThat(client.circuit().open()).isFalse();
  }

  @Test
  void aServerThatIsStartedAgainIsFoundByTheNextPingDespiteGrpcsOwnBackOff()
      throws InterruptedException {
    int port = server.port();
    server.close();
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < Duration.ofSeconds(4).toNanos()) {
      fails(true);
      Thread.sleep(20);
    }
    says.set(null);
    // By now gRPC itself would wait more than two seconds before it connects again.
    try (FakeTriton again = FakeTriton.onPort(this::answer, port)) {
      Thread.sleep(LONGEST.plusMillis(100));
      ask(true);
      assertThat(again.calls).hasSize(1);
    }
  }

  @Test
  void ofManyWhoPingOnlyOneAsks() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      fails(false);
    }
    Thread.sleep(FIRST.plusMillis(50));
    CountDownLatch ready = new CountDownLatch(8);
    List<Thread> many =
        java.util.stream.IntStream.range(0, 8)
            .mapToObj(
                i ->
                    Thread.ofVirtual()
                        .start(
                            () -> {
                              ready.countDown();
                              await(ready);
                              fails(true);
                            }))
            .toList();
    for (Thread one : many) {
      one.join();
    }
    assertThat(server.calls).hasSize(4);
  }

  private static void await(CountDownLatch ready) {
    try {
      ready.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private FailureType fails(boolean ping) {
    return catchThrowableOfType(SightlineException.class, () -> ask(ping)).type();
  }

  private void ask(boolean ping) {
    List<BytesTensor> inputs =
        List.of(BytesTensor.of("REQUEST", new byte[] {1}), BytesTensor.of("CHUNK", new byte[] {2}));
    List<String> outputs = List.of("RESPONSE", "CHUNK");
    if (ping) {
      client.ping("policy", inputs, outputs, Duration.ofSeconds(5), "ping");
    } else {
      client.infer("policy", inputs, outputs, Duration.ofSeconds(5), "poll");
    }
  }
}
