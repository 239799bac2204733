package dev.sightline.reward;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which terms the advantages of a step come from (science.md 6).
 *
 * <p>With A the advantages, and V(g) the terms of weight other than 0 that apply to group g and
 * vary in it: {@code alone(t) = sum of A^2 over the groups with V(g) = {t} / sum of A^2}, and
 * {@code several} the same over the groups in which two or more vary. They add up to 1; all are 0
 * in a step without advantages.
 *
 * @param alone share by term, in the design's order
 * @param several what no single term can be given
 */
public record Attribution(Map<String, Double> alone, double several) {
  public Attribution {
    alone = Collections.unmodifiableMap(new LinkedHashMap<>(alone));
  }

  /**
   * The shares.
   *
   * @param advantages of these rewards, [group][completion]
   */
  public static Attribution of(StepRewards rewards, double[][] advantages) {
    double[] own = new double[rewards.terms().size()];
    double several = 0;
    double all = 0;
    for (int g = 0; g < advantages.length; g++) {
      double squares = 0;
      for (double advantage : advantages[g]) {
        squares += advantage * advantage;
      }
      int varying = 0;
      int last = -1;
      for (int t = 0; t < own.length; t++) {
        if (rewards.terms().get(t).varies(g)) {
          varying++;
          last = t;
        }
      }
      if (varying == 1) {
        own[last] += squares;
      } else {
        several += squares;
      }
      all += squares;
    }
    Map<String, Double> alone = new LinkedHashMap<>();
    for (int t = 0; t < own.length; t++) {
      alone.put(rewards.terms().get(t).name(), all == 0 ? 0 : own[t] / all);
    }
    return new Attribution(alone, all == 0 ? 0 : several / all);
  }
}
