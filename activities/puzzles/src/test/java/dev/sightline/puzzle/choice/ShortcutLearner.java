package dev.sightline.puzzle.choice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Learners that never see the image, to find out what text and options give away. Five-fold cross
 * validation over groups of items with the same options.
 */
final class ShortcutLearner {
  private static final int FOLDS = 5;

  /** A set of options that so many items share is no group of four. */
  private static final int MANY = 40;

  private static final int BUCKETS = 1 << 16;
  private static final int EPOCHS = 10;

  private ShortcutLearner() {}

  /** Which learner. */
  public enum Kind {
    /** The option, or answer, that is right most often for the question kind. */
    MAJORITY,
    /** Softmax over options with word n-grams of the question crossed with the option. */
    NGRAMS,
    /** The same with features of the options alone: value, rank, gaps, length, position. */
    OPTIONS_ONLY;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * An item as a learner may see it.
   *
   * @param options what to choose from: choices, or all answers of the stratum for open answers
   */
  public record Seen(String stratum, String question, List<String> options, int right) {}

  /**
   * @param accuracy held-out
   * @param upper one-sided 95 % upper bound (normal, Wald)
   * @param chance mean of one over the number of options
   */
  public record Score(Kind kind, int items, double accuracy, double upper, double chance) {
    /** How far the upper bound lies above chance. */
    public double excess() {
      return upper - chance;
    }
  }

  public static Score score(Kind kind, List<Seen> items, long seed) {
    List<List<Seen>> folds = folds(items, seed);
    SplittableRandom random = new SplittableRandom(seed);
    int right = 0;
    double chance = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
      List<Seen> train = new ArrayList<>();
      List<Seen> held = new ArrayList<>();
      for (int other = 0; other < FOLDS; other++) {
        (other == fold ? held : train).addAll(folds.get(other));
      }
      Model model = kind == Kind.MAJORITY ? new Majority(train) : new Softmax(kind, train, random);
      for (Seen item : held) {
        right += model.choose(item) == item.right() ? 1 : 0;
        chance += 1.0 / item.options().size();
      }
    }
    int n = items.size();
    double accuracy = (double) right / n;
    double upper = accuracy + 1.6448536 * Math.sqrt(accuracy * (1 - accuracy) / n);
    return new Score(kind, n, accuracy, upper, chance / n);
  }

  /**
   * Items with the same options go into one fold, because what is right for one is wrong for the
   * others; where there are few sets of options, that tells nothing, and items are dealt singly.
   */
  private static List<List<Seen>> folds(List<Seen> items, long seed) {
    List<List<Seen>> folds = new ArrayList<>();
    for (int fold = 0; fold < FOLDS; fold++) {
      folds.add(new ArrayList<>());
    }
    Map<String, Integer> sets = new HashMap<>();
    items.forEach(item -> sets.merge(options(item), 1, Integer::sum));
    Map<String, Integer> foldOf = new HashMap<>();
    SplittableRandom random = new SplittableRandom(seed);
    for (Seen item : items) {
      int drawn = random.nextInt(FOLDS);
      boolean common = sets.getOrDefault(options(item), 0) > MANY;
      folds.get(common ? drawn : foldOf.computeIfAbsent(options(item), key -> drawn)).add(item);
    }
    return folds;
  }

  private static String options(Seen item) {
    return item.stratum() + item.options().stream().sorted().toList();
  }

  private interface Model {
    int choose(Seen item);
  }

  private static final class Majority implements Model {
    private final Map<String, Map<String, Integer>> counts = new TreeMap<>();

    Majority(List<Seen> train) {
      for (Seen item : train) {
        counts
            .computeIfAbsent(item.stratum(), key -> new TreeMap<>())
            .merge(item.options().get(item.right()), 1, Integer::sum);
      }
    }

    @Override
    public int choose(Seen item) {
      Map<String, Integer> seen = counts.getOrDefault(item.stratum(), Map.of());
      int best = 0;
      for (int i = 1; i < item.options().size(); i++) {
        if (seen.getOrDefault(item.options().get(i), 0)
            > seen.getOrDefault(item.options().get(best), 0)) {
          best = i;
        }
      }
      return best;
    }
  }

  private static final class Softmax implements Model {
    private final Kind kind;
    private final float[] weights = new float[BUCKETS];

    Softmax(Kind kind, List<Seen> train, SplittableRandom random) {
      this.kind = kind;
      List<int[][]> features = train.stream().map(this::features).toList();
      for (int epoch = 0; epoch < EPOCHS; epoch++) {
        float rate = 0.5f / (1 + epoch);
        for (int step = 0; step < train.size(); step++) {
          int at = random.nextInt(train.size());
          learn(features.get(at), train.get(at).right(), rate);
        }
      }
    }

    private void learn(int[][] options, int right, float rate) {
      double[] chances = chances(options);
      for (int i = 0; i < options.length; i++) {
        float change = (float) (rate * ((i == right ? 1 : 0) - chances[i]));
        for (int feature : options[i]) {
          weights[feature] += change - rate * 1e-4f * weights[feature];
        }
      }
    }

    private double[] chances(int[][] options) {
      double[] values = new double[options.length];
      double most = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < options.length; i++) {
        double norm = 1 / Math.sqrt(options[i].length + 1.0);
        for (int feature : options[i]) {
          values[i] += weights[feature] * norm;
        }
        most = Math.max(most, values[i]);
      }
      double sum = 0;
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.exp(values[i] - most);
        sum += values[i];
      }
      for (int i = 0; i < values.length; i++) {
        values[i] /= sum;
      }
      return values;
    }

    @Override
    public int choose(Seen item) {
      double[] chances = chances(features(item));
      int best = 0;
      for (int i = 1; i < chances.length; i++) {
        best = chances[i] > chances[best] ? i : best;
      }
      return best;
    }

    private int[][] features(Seen item) {
      int[][] all = new int[item.options().size()][];
      List<String> words =
          kind == Kind.NGRAMS ? List.copyOf(TellingWords.split(item.question())) : List.of();
      List<String> sorted =
          item.options().stream()
              .sorted(java.util.Comparator.comparingDouble(ShortcutLearner::magnitude))
              .toList();
      for (int i = 0; i < all.length; i++) {
        String option = item.options().get(i);
        List<String> names = new ArrayList<>();
        names.add("value " + option);
        if (kind == Kind.NGRAMS) {
          words.forEach(word -> names.add(word + " -> " + option));
        } else {
          int rank = sorted.indexOf(option);
          names.add("position " + i);
          names.add("length " + option.length());
          names.add("rank " + rank);
          if (rank > 0) {
            names.add("below " + gap(sorted.get(rank - 1), option));
          }
          if (rank + 1 < sorted.size()) {
            names.add("above " + gap(option, sorted.get(rank + 1)));
          }
          sorted.forEach(other -> names.add(other + " beside " + option));
        }
        all[i] =
            names.stream()
                .mapToInt(name -> Math.floorMod((item.stratum() + name).hashCode(), BUCKETS))
                .toArray();
      }
      return all;
    }
  }

  private static double magnitude(String option) {
    try {
      return Double.parseDouble(option.replace(':', '.'));
    } catch (NumberFormatException e) {
      return option.hashCode();
    }
  }

  private static long gap(String low, String high) {
    return Math.min(9, Math.round(Math.abs(magnitude(high) - magnitude(low))));
  }
}
