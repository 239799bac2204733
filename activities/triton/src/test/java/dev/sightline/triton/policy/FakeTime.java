package dev.sightline.triton.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sleeping only moves the clock. */
final class FakeTime implements Pauses {
  final List<Duration> pauses = new ArrayList<>();
  private long now;

  @Override
  public long nanos() {
    return now;
  }

  @Override
  public void sleep(Duration pause) {
    pauses.add(pause);
    now += pause.toNanos();
  }
}
