package dev.sightline.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Scores of one arm by run and task, and what the runs say together.
 *
 * <p>Source of all of it: R. Agarwal, M. Schwarzer, P. S. Castro, A. C. Courville and M. G.
 * Bellemare, "Deep reinforcement learning at the edge of the statistical precipice", NeurIPS 2021,
 * and its library rliable. A run is a seed, a task is a puzzle family, a score is the family's
 * accuracy. Intervals are percentiles of the stratified bootstrap: each task draws its runs with
 * replacement on its own. They speak of runs and miss the scatter of items; {@link
 * CrossedBootstrap} decides on designs.
 */
public final class RunScores {
  private final double[][] byTask;

  /**
   * @param byRun [run][task], at least 1 of each, all runs with all tasks
   */
  public RunScores(double[][] byRun) {
    if (byRun.length == 0 || byRun[0].length == 0) {
      throw new IllegalArgumentException("scores need at least 1 run and 1 task");
    }
    byTask = new double[byRun[0].length][byRun.length];
    for (int run = 0; run < byRun.length; run++) {
      if (byRun[run].length != byTask.length) {
        throw new IllegalArgumentException(
            "run " + run + " has " + byRun[run].length + " tasks, run 0 " + byTask.length);
      }
      for (int task = 0; task < byTask.length; task++) {
        byTask[task][run] = byRun[run][task];
      }
    }
  }

  private RunScores(double[][] byTask, SplittableRandom random) {
    this.byTask = new double[byTask.length][];
    for (int task = 0; task < byTask.length; task++) {
      double[] from = byTask[task];
      this.byTask[task] =
          random.doubles(from.length).map(u -> from[(int) (u * from.length)]).toArray();
    }
  }

  /** A number and its interval. */
  public record Estimate(double value, Interval interval) {}

  public int runs() {
    return byTask[0].length;
  }

  public int tasks() {
    return byTask.length;
  }

  /** The mean of the middle half of all scores: a quarter of them is cut off at each end. */
  public double interquartileMean() {
    double[] sorted = Arrays.stream(byTask).flatMapToDouble(Arrays::stream).sorted().toArray();
    int cut = sorted.length / 4;
    return Intervals.mean(Arrays.copyOfRange(sorted, cut, sorted.length - cut));
  }

  /** The share of scores above the threshold, over all runs and tasks. */
  public double shareAbove(double threshold) {
    return Arrays.stream(byTask)
        .flatMapToDouble(Arrays::stream)
        .map(score -> score > threshold ? 1 : 0)
        .average()
        .orElseThrow();
  }

  /** {@link #shareAbove} at each threshold. */
  public double[] performanceProfile(double[] thresholds) {
    return Arrays.stream(thresholds).map(this::shareAbove).toArray();
  }

  /**
   * The chance that a run of this arm scores above a run of the other on the same task, mean over
   * tasks; ties count half (the Mann-Whitney statistic over the number of pairs).
   */
  public double probabilityOfImprovement(RunScores other) {
    if (other.tasks() != tasks()) {
      throw new IllegalArgumentException(
          "the arms have " + tasks() + " and " + other.tasks() + " tasks");
    }
    double sum = 0;
    for (int task = 0; task < byTask.length; task++) {
      double wins = 0;
      for (double mine : byTask[task]) {
        for (double theirs : other.byTask[task]) {
          wins += mine > theirs ? 1 : mine == theirs ? 0.5 : 0;
        }
      }
      sum += wins / ((double) byTask[task].length * other.byTask[task].length);
    }
    return sum / byTask.length;
  }

  /**
   * {@link #interquartileMean} with its interval.
   *
   * @param resamples at least 100
   */
  public Estimate interquartileMean(int resamples, double confidence, long seed) {
    return estimate(RunScores::interquartileMean, resamples, confidence, seed);
  }

  /** {@link #shareAbove} with its interval. */
  public Estimate shareAbove(double threshold, int resamples, double confidence, long seed) {
    return estimate(scores -> scores.shareAbove(threshold), resamples, confidence, seed);
  }

  /** {@link #probabilityOfImprovement} with its interval; both arms are drawn. */
  public Estimate probabilityOfImprovement(
      RunScores other, int resamples, double confidence, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] drawn = new double[checked(resamples)];
    for (int r = 0; r < resamples; r++) {
      drawn[r] =
          new RunScores(byTask, random)
              .probabilityOfImprovement(new RunScores(other.byTask, random));
    }
    return new Estimate(probabilityOfImprovement(other), percentiles(drawn, confidence));
  }

  private Estimate estimate(
      ToDoubleFunction<RunScores> statistic, int resamples, double confidence, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] drawn = new double[checked(resamples)];
    for (int r = 0; r < resamples; r++) {
      drawn[r] = statistic.applyAsDouble(new RunScores(byTask, random));
    }
    return new Estimate(statistic.applyAsDouble(this), percentiles(drawn, confidence));
  }

  private static int checked(int resamples) {
    if (resamples < 100) {
      throw new IllegalArgumentException("resamples must be at least 100, not " + resamples);
    }
    return resamples;
  }

  private static Interval percentiles(double[] drawn, double confidence) {
    Arrays.sort(drawn);
    double tail = (1 - confidence) / 2;
    return new Interval(
        CrossedBootstrap.quantile(drawn, tail), CrossedBootstrap.quantile(drawn, 1 - tail));
  }
}
