package dev.sightline.activity;

import static org.assertj.core.api.Assertions.assertThat;

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
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final TestActivityEnvironment environment =
      TestActivityEnvironment.newInstance(
          TestEnvironmentOptions.newBuilder()
              .setWorkerFactoryOptions(
                  WorkerFactoryOptions.newBuilder()
                      .setWorkerInterceptors(new LifeSigns(Duration.ofMillis(20)))
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
  void onlyWorkItselfBeatsForALongActivity() throws InterruptedException {
    work(LifeSigns.SHORT.plusSeconds(1), HEARTBEAT);

    assertThat(beats).isEmpty();
  }

  @Test
  void nobodyWaitsForBeatsWithoutATimeOut() throws InterruptedException {
    work(LifeSigns.SHORT, Duration.ZERO);

    assertThat(beats).isEmpty();
  }

  private String work(Duration startToClose, Duration heartbeat) throws InterruptedException {
    environment.registerActivitiesImplementations(
        (Slow)
            () -> {
              Thread.sleep(200);
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
