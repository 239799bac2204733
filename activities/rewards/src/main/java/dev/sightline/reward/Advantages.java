package dev.sightline.reward;

import java.util.Arrays;

/**
 * Advantages of one optimizer step, as [group][completion]; by science.md 6. The README says which
 * of them are TRL's and verl's to the last digits, and which differ by what.
 */
public final class Advantages {
  private Advantages() {}

  /**
   * How rewards become advantages.
   *
   * @param epsilon added to the standard deviation, outside the root
   * @param ddof 1 divides the sum of squares by n - 1, 0 by n
   */
  public record Rule(AdvantageKind kind, double epsilon, int ddof) {
    public Rule {
      if (!(epsilon >= 0 && Double.isFinite(epsilon))) {
        throw new IllegalArgumentException("epsilon: " + epsilon + "; use 0 or more");
      }
      if (ddof != 0 && ddof != 1) {
        throw new IllegalArgumentException("ddof: " + ddof + "; use 0 or 1");
      }
    }
  }

  /**
   * The advantages. A group whose rewards differ by rounding only gets exactly 0, with gdpo one in
   * which no term differs: a step of such groups has no gradient, and an optimizer that scales by
   * past gradients must not be shown the rounding.
   */
  public static double[][] of(Rule rule, StepRewards rewards) {
    double[][] out = new double[rewards.groups()][];
    double batch = batchDeviation(rule, rewards);
    for (int g = 0; g < out.length; g++) {
      double[] totals = rewards.totals(g);
      out[g] =
          switch (rule.kind()) {
            case GRPO -> standardised(totals, rule);
            case DR_GRPO -> scaled(totals, 1, 1);
            case RLOO -> scaled(totals, (double) totals.length / (totals.length - 1), 1);
            case BATCH_NORMALISED -> scaled(totals, 1, batch + rule.epsilon());
            case GDPO -> decoupled(rule, rewards, g);
          };
    }
    return rule.kind() == AdvantageKind.GDPO ? overTheBatch(rule, out) : out;
  }

  /** Of all rewards of the step; only batch-normalised asks for it. */
  private static double batchDeviation(Rule rule, StepRewards rewards) {
    if (rule.kind() != AdvantageKind.BATCH_NORMALISED) {
      return 0;
    }
    double[][] totals = new double[rewards.groups()][];
    Arrays.setAll(totals, rewards::totals);
    return Deviation.of(flattened(totals), rule.ddof());
  }

  private static double[] standardised(double[] values, Rule rule) {
    return scaled(values, 1, Deviation.of(values, rule.ddof()) + rule.epsilon());
  }

  /** The offsets from the mean, times and by. */
  private static double[] scaled(double[] values, double factor, double divisor) {
    if (StepRewards.flat(values)) {
      return new double[values.length];
    }
    double[] out = Deviation.centred(values);
    for (int i = 0; i < out.length; i++) {
      out[i] = out[i] * factor / divisor;
    }
    return out;
  }

  /** The weighted sum of the terms, each standardised in the group. */
  private static double[] decoupled(Rule rule, StepRewards rewards, int group) {
    double[] sum = new double[rewards.totals(group).length];
    for (StepRewards.Term term : rewards.terms()) {
      if (term.varies(group)) {
        double[] z = standardised(term.values()[group], rule);
        for (int i = 0; i < z.length; i++) {
          sum[i] += term.weight() * z[i];
        }
      }
    }
    return sum;
  }

  /**
   * The same scale for the whole step. Flat groups stay at 0: the sums have mean 0 but for
   * rounding.
   */
  private static double[][] overTheBatch(Rule rule, double[][] sums) {
    double[] all = flattened(sums);
    double[] scaled = standardised(all, rule);
    double[][] out = new double[sums.length][];
    int at = 0;
    for (int g = 0; g < sums.length; g++) {
      out[g] = new double[sums[g].length];
      if (!StepRewards.flat(sums[g])) {
        System.arraycopy(scaled, at, out[g], 0, out[g].length);
      }
      at += out[g].length;
    }
    return out;
  }

  private static double[] flattened(double[][] groups) {
    return Arrays.stream(groups).flatMapToDouble(Arrays::stream).toArray();
  }
}
