package dev.sightline.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two arms' outcomes on the same items and seeds, in a fixed order: families, clusters, items and
 * seeds by name, so that equal inputs give equal numbers whatever order they came in.
 *
 * <p>Every statistic weighs families equally (science.md 7).
 */
public final class PairedOutcomes {
  private final List<Long> seeds;
  private final List<Family> families;

  PairedOutcomes(List<Long> seeds, List<Family> families) {
    this.seeds = seeds;
    this.families = families;
  }

  /** Differences [seed][item], with the items of cluster c at [starts[c], starts[c + 1]). */
  record Family(String name, int[] starts, double[][] first, double[][] second) {
    int items() {
      return first[0].length;
    }

    int clusters() {
      return starts.length - 1;
    }

    /** Items of a cluster. */
    int size(int cluster) {
      return starts[cluster + 1] - starts[cluster];
    }

    double difference(int seed, int item) {
      return first[seed][item] - second[seed][item];
    }

    /** Sums of differences, at [cluster * seeds + seed]. */
    double[] clusterSums(int seeds) {
      double[] sums = new double[clusters() * seeds];
      for (int c = 0; c < clusters(); c++) {
        for (int s = 0; s < seeds; s++) {
          for (int i = starts[c]; i < starts[c + 1]; i++) {
            sums[c * seeds + s] += difference(s, i);
          }
        }
      }
      return sums;
    }
  }

  private record Key(String family, String item, long seed) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int byFamily = family.compareTo(other.family);
      if (byFamily != 0) {
        return byFamily;
      }
      int byItem = item.compareTo(other.item);
      return byItem != 0 ? byItem : Long.compare(seed, other.seed);
    }

    @Override
    public String toString() {
      return "(" + family + "/" + item + ", seed " + seed + ")";
    }
  }

  /**
   * @throws UnpairedException naming every (item, seed) that is missing or double on a side, or
   *     whose cluster differs
   */
  public static PairedOutcomes of(Collection<Outcome> first, Collection<Outcome> second) {
    List<String> problems = new ArrayList<>();
    SortedMap<Key, Outcome> left = index(first, "first", problems);
    SortedMap<Key, Outcome> right = index(second, "second", problems);
    SortedSet<Long> seeds = new TreeSet<>();
    // family -> cluster -> items
    SortedMap<String, SortedMap<String, SortedSet<String>>> layout = new TreeMap<>();
    Map<String, String> clusters = new HashMap<>();
    for (Map<Key, Outcome> side : List.of(left, right)) {
      side.forEach(
          (key, outcome) -> {
            seeds.add(key.seed());
            String before =
                clusters.putIfAbsent(key.family() + "\n" + key.item(), outcome.cluster());
            if (before != null && !before.equals(outcome.cluster())) {
              problems.add(key + " is in clusters " + before + " and " + outcome.cluster());
            } else if (before == null) {
              layout
                  .computeIfAbsent(key.family(), f -> new TreeMap<>())
                  .computeIfAbsent(outcome.cluster(), c -> new TreeSet<>())
                  .add(key.item());
            }
          });
    }
    if (layout.isEmpty()) {
      throw new UnpairedException(List.of("no rows at all"));
    }
    List<Family> families = new ArrayList<>();
    List<Long> seedOrder = List.copyOf(seeds);
    layout.forEach(
        (family, byCluster) ->
            families.add(matrix(family, byCluster, seedOrder, left, right, problems)));
    if (!problems.isEmpty()) {
      throw new UnpairedException(problems);
    }
    return new PairedOutcomes(seedOrder, families);
  }

  private static SortedMap<Key, Outcome> index(
      Collection<Outcome> outcomes, String side, List<String> problems) {
    SortedMap<Key, Outcome> byKey = new TreeMap<>();
    for (Outcome outcome : outcomes) {
      Key key = new Key(outcome.family(), outcome.item(), outcome.seed());
      if (byKey.put(key, outcome) != null) {
        problems.add(key + " is double on the " + side + " side");
      }
    }
    return byKey;
  }

  private static Family matrix(
      String family,
      SortedMap<String, SortedSet<String>> byCluster,
      List<Long> seeds,
      Map<Key, Outcome> left,
      Map<Key, Outcome> right,
      List<String> problems) {
    List<String> items = new ArrayList<>();
    int[] starts = new int[byCluster.size() + 1];
    int cluster = 0;
    for (SortedSet<String> members : byCluster.values()) {
      items.addAll(members);
      cluster++;
      starts[cluster] = items.size();
    }
    double[][] first = new double[seeds.size()][items.size()];
    double[][] second = new double[seeds.size()][items.size()];
    for (int s = 0; s < seeds.size(); s++) {
      for (int i = 0; i < items.size(); i++) {
        Key key = new Key(family, items.get(i), seeds.get(s));
        first[s][i] = value(left.get(key), key, "first", problems);
        second[s][i] = value(right.get(key), key, "second", problems);
      }
    }
    return new Family(family, starts, first, second);
  }

  private static double value(
      @Nullable Outcome outcome, Key key, String side, List<String> problems) {
    if (outcome == null) {
      problems.add(key + " is missing on the " + side + " side");
      return 0;
    }
    return outcome.value();
  }

  public List<Long> seeds() {
    return seeds;
  }

  /** Items over all families. */
  public int items() {
    return families.stream().mapToInt(Family::items).sum();
  }

  List<Family> families() {
    return families;
  }

  /** Names of the families, sorted. */
  public List<String> familyNames() {
    return families.stream().map(Family::name).toList();
  }

  /** The part of one family, with the same seeds. */
  public PairedOutcomes family(String name) {
    List<Family> found = families.stream().filter(family -> family.name().equals(name)).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException("no family " + name + "; there are " + familyNames());
    }
    return new PairedOutcomes(seeds, found);
  }

  /** Clusters of items over all families. */
  public int clusters() {
    return families.stream().mapToInt(Family::clusters).sum();
  }

  /** The first side's mean value; families weigh equally. */
  public double firstMean() {
    return families.stream().mapToDouble(family -> mean(family.first())).average().orElseThrow();
  }

  /** The second side's mean value; families weigh equally. */
  public double secondMean() {
    return families.stream().mapToDouble(family -> mean(family.second())).average().orElseThrow();
  }

  private static double mean(double[][] values) {
    return Arrays.stream(values).flatMapToDouble(Arrays::stream).average().orElseThrow();
  }

  /** Rows of the first side that are 1. For 0/1 values. */
  public int firstRight() {
    return right(Family::first);
  }

  /** Rows of the second side that are 1. For 0/1 values. */
  public int secondRight() {
    return right(Family::second);
  }

  private int right(Function<Family, double[][]> side) {
    return families.stream()
        .map(side)
        .flatMap(Arrays::stream)
        .mapToInt(row -> (int) Arrays.stream(row).filter(value -> value == 1).count())
        .sum();
  }

  /** First minus second for each seed, in the order of {@link #seeds()}. */
  public double[] seedDifferences() {
    double[] differences = new double[seeds.size()];
    for (int s = 0; s < differences.length; s++) {
      double sum = 0;
      for (Family family : families) {
        double inFamily = 0;
        for (int i = 0; i < family.items(); i++) {
          inFamily += family.difference(s, i);
        }
        sum += inFamily / family.items();
      }
      differences[s] = sum / families.size();
    }
    return differences;
  }

  /** Mean over seeds of {@link #seedDifferences()}. */
  public double difference() {
    return Intervals.mean(seedDifferences());
  }

  /** True when every value is 0 or 1, so that tests of yes/no metrics apply. */
  public boolean binary() {
    return families.stream()
        .flatMap(family -> Stream.of(family.first(), family.second()))
        .flatMap(Arrays::stream)
        .flatMapToDouble(Arrays::stream)
        .allMatch(value -> value == 0 || value == 1);
  }

  /** Pairs in which only the first side is 1, for the seed at a place. For 0/1 values. */
  public int onlyFirst(int seedIndex) {
    return count(seedIndex, 1);
  }

  /** Pairs in which only the second side is 1, for the seed at a place. For 0/1 values. */
  public int onlySecond(int seedIndex) {
    return count(seedIndex, -1);
  }

  private int count(int seedIndex, int difference) {
    int count = 0;
    for (Family family : families) {
      for (int i = 0; i < family.items(); i++) {
        if (family.difference(seedIndex, i) == difference) {
          count++;
        }
      }
    }
    return count;
  }

  /**
   * Each item's difference summed over seeds, for a test that flips whole items. For 0/1 values.
   */
  public int[] itemSums() {
    int[] sums = new int[items()];
    int at = 0;
    for (Family family : families) {
      for (int i = 0; i < family.items(); i++) {
        for (int s = 0; s < seeds.size(); s++) {
          sums[at] += (int) Math.round(family.difference(s, i));
        }
        at++;
      }
    }
    return sums;
  }
}
