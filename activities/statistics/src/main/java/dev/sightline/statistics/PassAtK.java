package dev.sightline.statistics;

/** The unbiased estimator of pass@k. */
public final class PassAtK {
  private PassAtK() {}

  /**
   * 1 - C(n - c, k) / C(n, k), as a running product.
   *
   * <p>Source: Chen et al., "Evaluating large language models trained on code", arXiv 2107.03374,
   * equation 1. We ask for n >= 2 k so that the estimate is not only noise (science.md 7).
   *
   * @param n samples of one item, at least 2 k
   * @param c right ones among them
   * @param k at least 1
   */
  public static double estimate(int n, int c, int k) {
    if (k < 1 || n < 2 * k || c < 0 || c > n) {
      throw new IllegalArgumentException(
          "pass@" + k + " needs n >= 2 k and 0 <= c <= n; got n = " + n + ", c = " + c);
    }
    if (n - c < k) {
      return 1;
    }
    double miss = 1;
    for (int i = n - c + 1; i <= n; i++) {
      miss *= 1 - (double) k / i;
    }
    return 1 - miss;
  }
}
