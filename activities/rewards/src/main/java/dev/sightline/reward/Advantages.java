package dev.sightline.reward;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Advantages of one optimizer step. Values stand as [group][completion]; a group is the completions
 * of one prompt. Sums run in index order, so equal inputs give equal bits.
 */
public final class Advantages {
  /** A term that varies less than this in a group says nothing about it. */
  static final double FLAT = 1e-12;

  private Advantages() {}

  /**
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
   * One term of the reward.
   *
   * @param raw [group][completion], before weighting
   */
  public record TermValues(String name, double weight, double[][] raw) {}

  /** How many groups are wholly wrong, wholly right, or neither. */
  public record GroupCounts(int allWrong, int allRight, int mixed) {}

  /**
   * The advantages, [group][completion].
   *
   * <p>A group whose values are all equal gets exactly 0.
   *
   * @param terms the applicable terms; the total is their weighted sum in this order
   */
  public static double[][] of(Rule rule, List<TermValues> terms) {
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("advantages need at least one term");
    }
    int[] shape = shape(terms.getFirst().raw());
    for (TermValues term : terms) {
      if (!java.util.Arrays.equals(shape, shape(term.raw()))) {
        throw new IllegalArgumentException("term " + term.name() + " has other groups");
      }
    }
    return switch (rule.kind()) {
      case GRPO -> map(totals(terms), group -> standardised(group, rule, 0));
      case DR_GRPO -> map(totals(terms), Advantages::centred);
      case RLOO ->
          map(
              totals(terms),
              group -> {
                double[] out = centred(group);
                for (int i = 0; i < out.length; i++) {
                  out[i] *= (double) out.length / (out.length - 1);
                }
                return out;
              });
      case GDPO -> gdpo(rule, terms);
    };
  }

  /** Of totals alone; GDPO then has the one term "total". */
  public static double[][] of(Rule rule, double[][] totals) {
    return of(rule, List.of(new TermValues("total", 1, totals)));
  }

  /** The weighted sums. */
  public static double[][] totals(List<TermValues> terms) {
    double[][] first = terms.getFirst().raw();
    double[][] out = new double[first.length][];
    for (int g = 0; g < first.length; g++) {
      out[g] = new double[first[g].length];
      for (TermValues term : terms) {
        for (int i = 0; i < out[g].length; i++) {
          out[g][i] += term.weight() * term.raw()[g][i];
        }
      }
    }
    return out;
  }

  public static GroupCounts count(boolean[][] right) {
    int allWrong = 0;
    int allRight = 0;
    for (boolean[] group : right) {
      int hits = 0;
      for (boolean hit : group) {
        hits += hit ? 1 : 0;
      }
      if (hits == 0) {
        allWrong++;
      } else if (hits == group.length) {
        allRight++;
      }
    }
    return new GroupCounts(allWrong, allRight, right.length - allWrong - allRight);
  }

  /**
   * Which share of the advantages' sum of squares comes from groups in which this term varies and
   * no other does. What is left to 1 comes from groups in which several vary. All 0 where there is
   * no advantage.
   */
  public static Map<String, Double> attribution(List<TermValues> terms, double[][] advantages) {
    double all = 0;
    double[] own = new double[terms.size()];
    for (int g = 0; g < advantages.length; g++) {
      double squares = 0;
      for (double advantage : advantages[g]) {
        squares += advantage * advantage;
      }
      all += squares;
      int varying = 0;
      int last = -1;
      for (int t = 0; t < terms.size(); t++) {
        TermValues term = terms.get(t);
        if (term.weight() != 0 && deviation(term.raw()[g], 1) >= FLAT) {
          varying++;
          last = t;
        }
      }
      if (varying == 1) {
        own[last] += squares;
      }
    }
    Map<String, Double> shares = new LinkedHashMap<>();
    for (int t = 0; t < own.length; t++) {
      shares.put(terms.get(t).name(), all == 0 ? 0 : own[t] / all);
    }
    return shares;
  }

  private static double[][] gdpo(Rule rule, List<TermValues> terms) {
    double[][] sums = new double[terms.getFirst().raw().length][];
    int completions = 0;
    for (int g = 0; g < sums.length; g++) {
      sums[g] = new double[terms.getFirst().raw()[g].length];
      completions += sums[g].length;
      for (TermValues term : terms) {
        double[] z = standardised(term.raw()[g], rule, FLAT);
        for (int i = 0; i < z.length; i++) {
          sums[g][i] += term.weight() * z[i];
        }
      }
    }
    double[] batch = new double[completions];
    int at = 0;
    for (double[] group : sums) {
      System.arraycopy(group, 0, batch, at, group.length);
      at += group.length;
    }
    double[] scaled = standardised(batch, rule, FLAT);
    at = 0;
    for (double[] group : sums) {
      System.arraycopy(scaled, at, group, 0, group.length);
      at += group.length;
    }
    return sums;
  }

  private interface Shape {
    double[] apply(double[] group);
  }

  private static double[][] map(double[][] groups, Shape shape) {
    double[][] out = new double[groups.length][];
    for (int g = 0; g < groups.length; g++) {
      out[g] = shape.apply(groups[g]);
    }
    return out;
  }

  private static int[] shape(double[][] groups) {
    int[] sizes = new int[groups.length];
    for (int g = 0; g < groups.length; g++) {
      sizes[g] = groups[g].length;
      if (sizes[g] < 2) {
        throw new IllegalArgumentException(
            "group " + g + " has " + sizes[g] + " completions; advantages compare at least 2");
      }
      for (double value : groups[g]) {
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException("group " + g + " holds " + value);
        }
      }
    }
    return sizes;
  }

  /** Below {@code flat} standard deviation, or when all are equal, exactly 0. */
  private static double[] standardised(double[] values, Rule rule, double flat) {
    double[] out = centred(values);
    double deviation = deviation(values, rule.ddof());
    for (int i = 0; i < out.length; i++) {
      out[i] = deviation == 0 || deviation < flat ? 0 : out[i] / (deviation + rule.epsilon());
    }
    return out;
  }

  private static double[] centred(double[] values) {
    double[] out = new double[values.length];
    if (!equal(values)) { // The mean of equal values need not be that value in floating point.
      double mean = mean(values);
      for (int i = 0; i < values.length; i++) {
        out[i] = values[i] - mean;
      }
    }
    return out;
  }

  private static double deviation(double[] values, int ddof) {
    double squares = 0;
    for (double offset : centred(values)) {
      squares += offset * offset;
    }
    return Math.sqrt(squares / (values.length - ddof));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static boolean equal(double[] values) {
    for (double value : values) {
      if (value != values[0]) {
        return false;
      }
    }
    return true;
  }
}
