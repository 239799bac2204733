package dev.sightline.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.testing.TestActivityEnvironment;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LifeSignsTest {
  /** The SDK sends a beat each 80 % of this at most; nothing here runs out by it. */
  private static final Duration HEARTBEAT = Duration.ofMillis(20);

  private final TestActivityEnvironment environment =
      TestActivityEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkerFactoryOptions(
                  WorkerFactoryOptions.newBuilder()
                      .setWorkerInterceptors(
                          new LifeSigns(Duration.ofMillis(20), Duration.ofMillis(100)))
                      .build())
              .build());
  private final List<String> beats = new CopyOnWriteArrayList<>();

  @ActivityInterface
  public interface Slow {
    String work() throws InterruptedException;
  }

  @AfterEach
  void close() {
    environment.close();
  }

  @Test
  void aShortActivityBeatsThoughItsCodeDoesNot() throws InterruptedException {
    assertThat(work(LifeSigns.SHORT, HEARTBEAT)).isEqualTo("done");

    assertThat(beats).contains("at work");
  }

  @Test
  void aLongActivityThatSaysNothingFallsSilent() throws InterruptedException {
    work(LifeSigns.SHORT.plusSeconds(1), HEARTBEAT, () -> Thread.sleep(600));

    assertThat(beats).contains("at work").hasSizeLessThan(10);
  }

  @Test
  void aLongActivityIsCarriedFromOneWordOfItsOwnToTheNext() throws InterruptedException {
    work(
        LifeSigns.SHORT.plusSeconds(1),
        HEARTBEAT,
        () -> {
          for (int i = 0; i < 6; i++) {
            Thread.sleep(50);
            Activity.getExecutionContext().heartbeat("word " + i);
          }
          Thread.sleep(60);
        });

    assertThat(beats).hasSizeGreaterThan(8).contains("word 0", "word 5");
    assertThat(beats.stream().filter("word 5"::equals)).hasSizeGreaterThan(1);
  }

  @Test
  void nobodyWaitsForBeatsWithoutATimeOut() throws InterruptedException {
    work(LifeSigns.SHORT, Duration.ZERO);

    assertThat(beats).isEmpty();
  }

  private interface Code {
    void run() throws InterruptedException;
  }

  private String work(Duration startToClose, Duration heartbeat) throws InterruptedException {
    return work(startToClose, heartbeat, () -> Thread.sleep(200));
  }

  private String work(Duration startToClose, Duration heartbeat, Code code)
      throws InterruptedException {
    environment.registerActivitiesImplementations(
        (Slow)
            () -> {
              code.run();
              return "done";
            });
    environment.setActivityHeartbeatListener(String.class, beats::add);
    ActivityOptions.Builder options =
        ActivityOptions.newBuilder().setStartToCloseTimeout(startToClose);
    if (heartbeat.isPositive()) {
      options.setHeartbeatTimeout(heartbeat);
    }
    return environment.newActivityStub(Slow.class, options.build()).work();
  }
}
