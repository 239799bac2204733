package dev.sightline.benchmark;

import dev.sightline.statistics.CrossedBootstrap;
import dev.sightline.statistics.Interval;
import dev.sightline.statistics.Outcome;
import dev.sightline.statistics.PairedOutcomes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One interval of 10,000 crossed resamples over nine families of 100 items. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class BootstrapBenchmark {
  private static final int RESAMPLES = 10_000;
  private static final int FAMILIES = 9;
  private static final int ITEMS = 100;

  /** Seeds of each of the two arms: 12 and 24 runs. */
  @Param({"6", "12"})
  public int seeds;

  private PairedOutcomes outcomes =
      PairedOutcomes.of(List.of(row(0, 0, 0, 1)), List.of(row(0, 0, 0, 0)));

  private static Outcome row(int family, int item, long seed, double value) {
    return new Outcome("i" + item, "i" + item, "f" + family, seed, value);
  }

  @Setup
  public void drawOutcomes() {
    SplittableRandom random = new SplittableRandom(1);
    List<Outcome> first = new ArrayList<>();
    List<Outcome> second = new ArrayList<>();
    for (int family = 0; family < FAMILIES; family++) {
      for (int item = 0; item < ITEMS; item++) {
        for (long seed = 0; seed < seeds; seed++) {
          first.add(row(family, item, seed, random.nextInt(2)));
          second.add(row(family, item, seed, random.nextInt(2)));
        }
      }
    }
    outcomes = PairedOutcomes.of(first, second);
  }

  @Benchmark
  public Interval percentile() {
    return CrossedBootstrap.interval(outcomes, RESAMPLES, 0.95, 1);
  }

  @Benchmark
  public Interval biasCorrected() {
    return CrossedBootstrap.biasCorrected(outcomes, RESAMPLES, 0.95, 1);
  }
}
