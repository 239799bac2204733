package dev.sightline.reward;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rewards of one optimizer step, as [group][completion]. That a group is the completions of one
 * prompt is checked where it is made, so there are no advantages over anything else.
 */
public final class StepRewards {
  /** Values of a group that deviate less than this (n - 1) differ by rounding only. */
  static final double FLAT = 1e-12;

  private final double[][] totals;
  private final List<Term> terms;

  private StepRewards(double[][] totals, List<Term> terms) {
    this.totals = totals;
    this.terms = List.copyOf(terms);
  }

  /**
   * One completion.
   *
   * @param prompt digest of all that the policy was shown
   * @param total what is optimised
   * @param parts the design's terms, in its order
   */
  public record Row(Digest prompt, double total, List<Part> parts) {
    public Row {
      parts = List.copyOf(parts);
    }
  }

  /**
   * One term of a completion.
   *
   * @param value before weighting; null where the term does not apply, which is not 0
   */
  public record Part(String name, double weight, @Nullable Double value) {}

  /**
   * One term of the step.
   *
   * @param values [group][completion], before weighting; a group that the term does not apply to
   *     holds none
   */
  record Term(String name, double weight, double[][] values) {
    /** Whether the term tells the completions of a group apart. */
    boolean varies(int group) {
      return weight != 0 && values[group].length > 0 && !flat(values[group]);
    }
  }

  /**
   * Rewards in groups.
   *
   * @param groupSize completions of a prompt, at least 2
   * @param rows group after group
   * @throws SightlineException GROUP_MIXED where a group does not hold one prompt, a prompt has two
   *     groups, the rows are not whole groups, or a term applies to a part of a group; NOT_FINITE
   *     where a reward is no number
   */
  public static StepRewards of(int groupSize, List<Row> rows) {
    if (groupSize < 2) {
      throw new IllegalArgumentException(
          "groupSize: is " + groupSize + "; advantages compare at least 2 completions");
    }
    if (rows.isEmpty() || rows.size() % groupSize != 0) {
      throw mixed(rows.size() + " completions are not whole groups of " + groupSize);
    }
    proveGroups(groupSize, rows);
    int groups = rows.size() / groupSize;
    double[][] totals = new double[groups][groupSize];
    for (int i = 0; i < rows.size(); i++) {
      totals[i / groupSize][i % groupSize] = finite(rows.get(i).total(), "the reward", i);
    }
    List<Term> terms = new ArrayList<>();
    for (int t = 0; t < rows.getFirst().parts().size(); t++) {
      terms.add(term(groupSize, rows, t));
    }
    return new StepRewards(totals, terms);
  }

  private static void proveGroups(int groupSize, List<Row> rows) {
    Set<Digest> seen = new HashSet<>();
    for (int first = 0; first < rows.size(); first += groupSize) {
      Digest prompt = rows.get(first).prompt();
      for (int i = first + 1; i < first + groupSize; i++) {
        if (!rows.get(i).prompt().equals(prompt)) {
          throw mixed(
              "completion %d answers prompt %s, but lies in the group of prompt %s, which begins at completion %d"
                  .formatted(i, rows.get(i).prompt().shortForm(), prompt.shortForm(), first));
        }
      }
      if (!seen.add(prompt)) {
        throw mixed(
            "prompt %s has a second group, which begins at completion %d"
                .formatted(prompt.shortForm(), first));
      }
    }
  }

  private static Term term(int groupSize, List<Row> rows, int place) {
    Part model = rows.getFirst().parts().get(place);
    double[][] values = new double[rows.size() / groupSize][];
    for (int g = 0; g < values.length; g++) {
      boolean applies = part(rows, g * groupSize, place, model).value() != null;
      values[g] = new double[applies ? groupSize : 0];
      for (int i = 0; i < groupSize; i++) {
        Double value = part(rows, g * groupSize + i, place, model).value();
        if ((value != null) != applies) {
          throw mixed(
              "term %s applies to some completions of the group that begins at completion %d, and to others not"
                  .formatted(model.name(), g * groupSize));
        }
        if (value != null) {
          values[g][i] = finite(value, "term " + model.name(), g * groupSize + i);
        }
      }
    }
    return new Term(model.name(), model.weight(), values);
  }

  private static Part part(List<Row> rows, int row, int place, Part model) {
    List<Part> parts = rows.get(row).parts();
    if (parts.size() != rows.getFirst().parts().size()
        || !parts.get(place).name().equals(model.name())
        || parts.get(place).weight() != model.weight()) {
      throw new IllegalArgumentException(
          "completion " + row + " was rewarded by another design than completion 0");
    }
    return parts.get(place);
  }

  private static double finite(double value, String what, int row) {
    if (!Double.isFinite(value)) {
      throw new SightlineException(
          FailureType.NOT_FINITE, what + " of completion " + row + " is " + value);
    }
    return value;
  }

  private static SightlineException mixed(String problem) {
    return new SightlineException(FailureType.GROUP_MIXED, problem);
  }

  int groups() {
    return totals.length;
  }

  double[] totals(int group) {
    return totals[group].clone();
  }

  List<Term> terms() {
    return terms;
  }

  /** Mean value of each term over the completions that it applies to; absent where to none. */
  public Map<String, Double> means() {
    Map<String, Double> means = new LinkedHashMap<>();
    for (Term term : terms) {
      double sum = 0;
      int n = 0;
      for (double[] group : term.values()) {
        for (double value : group) {
          sum += value;
        }
        n += group.length;
      }
      if (n > 0) {
        means.put(term.name(), sum / n);
      }
    }
    return means;
  }

  /** Groups whose completions all have the same reward, so that they teach nothing. */
  public int degenerate() {
    return (int) Arrays.stream(totals).filter(StepRewards::flat).count();
  }

  /** Whether values differ by no more than rounding. */
  static boolean flat(double[] values) {
    return Deviation.of(values, 1) < FLAT;
  }
}
