package dev.sightline.puzzle.colourhue;

import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.Selection;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Draws board size and number of swaps first, then evenly one of the permutations of that size that
 * need so many.
 */
final class ColourHueGenerator {
  private static final int MOST_SWAPS = 22;

  /** Least and most rows and columns of each level where the configuration does not fix them. */
  private static final int[][] SIZES = {
    {3, 4, 4, 5}, {3, 4, 4, 5}, {4, 5, 4, 5}, {4, 6, 5, 6}, {5, 6, 5, 6}
  };

  /** A size and a number of swaps with their share of the draws. */
  record Choice(int rows, int columns, int swaps, double weight) {
    int tiles() {
      return rows * columns;
    }
  }

  private final Selection selection;
  private final List<Choice> choices;

  ColourHueGenerator(
      Selection selection,
      DifficultyScale scale,
      Optional<Integer> rows,
      Optional<Integer> columns) {
    this.selection = selection;
    List<Choice> all = new ArrayList<>();
    for (int level = 1; level <= SIZES.length; level++) {
      if (selection.wantedLevel().isPresent() && selection.wantedLevel().get() != level) {
        continue;
      }
      int[] sizes = SIZES[level - 1];
      Selection.Range wanted = scale.range(level, 1, MOST_SWAPS);
      List<Choice> ofLevel = new ArrayList<>();
      for (int height = rows.orElse(sizes[0]); height <= rows.orElse(sizes[1]); height++) {
        for (int width = columns.orElse(sizes[2]); width <= columns.orElse(sizes[3]); width++) {
          for (int swaps = wanted.least();
              swaps <= Math.min(wanted.greatest(), height * width - 1);
              swaps++) {
            // One or two swaps have few forms: rarer, or many boards would be the same.
            double weight = swaps == 1 ? 0.12 : swaps == 2 ? 0.8 : 1;
            ofLevel.add(new Choice(height, width, swaps, weight));
          }
        }
      }
      double sum = ofLevel.stream().mapToDouble(Choice::weight).sum();
      ofLevel.forEach(
          choice ->
              all.add(
                  new Choice(
                      choice.rows(), choice.columns(), choice.swaps(), choice.weight() / sum)));
    }
    double sum = all.stream().mapToDouble(Choice::weight).sum();
    this.choices =
        all.stream()
            .map(c -> new Choice(c.rows(), c.columns(), c.swaps(), c.weight() / sum))
            .toList();
  }

  Selection selection() {
    return selection;
  }

  /** Weights add up to 1; empty where no board fits. */
  List<Choice> choices() {
    return choices;
  }

  boolean size(ColourHueScene scene) {
    return choices.stream()
        .anyMatch(c -> c.rows() == scene.rows() && c.columns() == scene.columns());
  }

  ColourHueScene draw(SplittableRandom random) {
    double at = random.nextDouble();
    Choice chosen = choices.getLast();
    for (Choice choice : choices) {
      at -= choice.weight();
      if (at < 0) {
        chosen = choice;
        break;
      }
    }
    return new ColourHueScene(
        chosen.rows(), chosen.columns(), permutation(chosen.tiles(), chosen.swaps(), random));
  }

  /** Evenly one of the permutations of {@code size} with {@code size - swaps} cycles. */
  private static List<Integer> permutation(int size, int swaps, SplittableRandom random) {
    // Element i (from the last) is a cycle of its own or goes before one of the i earlier ones.
    boolean[] alone = new boolean[size];
    int cycles = size - swaps;
    for (int i = size; i >= 1; i--) {
      alone[i - 1] =
          random.nextDouble() < Stirling.count(i - 1, cycles - 1) / Stirling.count(i, cycles);
      cycles -= alone[i - 1] ? 1 : 0;
    }
    int[] next = new int[size];
    for (int i = 0; i < size; i++) {
      next[i] = i;
      if (!alone[i]) {
        int before = random.nextInt(i);
        next[i] = next[before];
        next[before] = i;
      }
    }
    List<Integer> tiles = new ArrayList<>();
    for (int tile : next) {
      tiles.add(tile);
    }
    return tiles;
  }

  /**
   * A proven lower bound on the number of forms and on one over the chance that two draws are one:
   * a form of a shape and number of swaps has at most 8 boards (4 to each orientation where it is
   * no square), each as likely as any other of its size and swaps.
   */
  BigInteger leastForms() {
    Map<String, Double> mass = new TreeMap<>();
    Map<String, Double> heaviest = new TreeMap<>();
    for (Choice choice : choices) {
      String key =
          Math.min(choice.rows(), choice.columns())
              + "x"
              + Math.max(choice.rows(), choice.columns())
              + "/"
              + choice.swaps();
      double boards = Stirling.count(choice.tiles(), choice.tiles() - choice.swaps());
      int images = choice.rows() == choice.columns() ? 8 : 4;
      mass.merge(key, choice.weight(), Double::sum);
      heaviest.merge(key, choice.weight() * images / boards, Double::sum);
    }
    double chance = 0;
    for (Map.Entry<String, Double> entry : mass.entrySet()) {
      double one = heaviest.getOrDefault(entry.getKey(), 0.0);
      chance += entry.getValue() * Math.min(entry.getValue(), one);
    }
    return new java.math.BigDecimal(Math.max(1, Math.floor(1 / chance))).toBigInteger();
  }

  /** Numbers of permutations by size and cycles: Stirling numbers of the first kind. */
  private static final class Stirling {
    private static final double[][] COUNTS = table();

    static double count(int size, int cycles) {
      return cycles < 0 || cycles > size ? 0 : COUNTS[size][cycles];
    }

    private static double[][] table() {
      int most = ColourHueScene.LONGEST * ColourHueScene.LONGEST;
      double[][] counts = new double[most + 1][];
      counts[0] = new double[] {1};
      for (int n = 1; n <= most; n++) {
        counts[n] = new double[n + 1];
        for (int k = 1; k <= n; k++) {
          double same = k < n ? counts[n - 1][k] : 0;
          counts[n][k] = counts[n - 1][k - 1] + (n - 1) * same;
        }
      }
      return counts;
    }
  }
}
