package dev.sightline.reward;

import dev.sightline.foundation.Digest;
import java.util.ArrayList;
import java.util.List;

/** Rewards of steps whose terms all apply. */
final class TestRewards {
  private TestRewards() {}

  /** One term's values, [group][completion]. */
  record Term(String name, double weight, double[][] values) {}

  static StepRewards of(double[]... totals) {
    return of(new Term("reward", 1, totals));
  }

  /** The total is the weighted sum. */
  static StepRewards of(Term... terms) {
    List<StepRewards.Row> rows = new ArrayList<>();
    double[][] shape = terms[0].values();
    for (int g = 0; g < shape.length; g++) {
      for (int i = 0; i < shape[g].length; i++) {
        double total = 0;
        List<StepRewards.Part> parts = new ArrayList<>();
        for (Term term : terms) {
          double value = term.values()[g][i];
          parts.add(new StepRewards.Part(term.name(), term.weight(), value));
          total += term.weight() * value;
        }
        rows.add(new StepRewards.Row(Digest.ofText("prompt " + g), total, parts));
      }
    }
    return StepRewards.of(shape[0].length, rows);
  }
}
