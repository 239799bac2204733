package dev.sightline.statistics;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A mean whose values come in clusters (items on one image), with standard errors that allow any
 * dependence within a cluster.
 *
 * <p>CR0 is the square root of the sum over clusters of squared sums of residuals, over n; CR1 adds
 * the factor sqrt(G / (G - 1)) for G clusters and is the one to use with few. Sources: K.-Y. Liang
 * and S. L. Zeger, Biometrika 73 (1986) 13-22; A. C. Cameron and D. L. Miller, "A practitioner's
 * guide to cluster-robust inference", Journal of Human Resources 50 (2015) 317-372, section II; for
 * evaluations: E. Miller, "Adding error bars to evals", arXiv 2411.00640.
 *
 * @param mean over all values, each weighing the same
 * @param values how many
 * @param clusters how many, G
 * @param errorCr0 standard error without correction
 */
public record ClusteredMean(double mean, int values, int clusters, double errorCr0) {

  /** One value and the cluster that it belongs to. */
  public record Value(String cluster, double value) {}

  /**
   * @param values at least 1
   */
  public static ClusteredMean of(Collection<Value> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a mean needs at least 1 value");
    }
    double mean = values.stream().mapToDouble(Value::value).average().orElseThrow();
    // Sorted, so that rounding does not depend on the order of rows.
    SortedMap<String, Double> residuals = new TreeMap<>();
    for (Value value : values) {
      residuals.merge(value.cluster(), value.value() - mean, Double::sum);
    }
    double squares = residuals.values().stream().mapToDouble(sum -> sum * sum).sum();
    return new ClusteredMean(
        mean, values.size(), residuals.size(), Math.sqrt(squares) / values.size());
  }

  /** The standard error with the correction for few clusters; infinite with one. */
  public double errorCr1() {
    return clusters < 2
        ? Double.POSITIVE_INFINITY
        : errorCr0 * Math.sqrt(clusters / (clusters - 1.0));
  }

  /**
   * Student's interval with CR1 and G - 1 degrees of freedom.
   *
   * @throws IllegalStateException with fewer than 2 clusters
   */
  public Interval interval(double confidence) {
    double half = quantile(1 - (1 - confidence) / 2) * errorCr1();
    return new Interval(mean - half, mean + half);
  }

  /** The one-sided upper bound with CR1 and G - 1 degrees of freedom. */
  public double upper(double confidence) {
    return mean + quantile(confidence) * errorCr1();
  }

  private double quantile(double p) {
    if (clusters < 2) {
      throw new IllegalStateException("an interval needs at least 2 clusters");
    }
    return Intervals.studentQuantile(p, clusters - 1);
  }
}
