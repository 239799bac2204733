package dev.sightline.puzzle.choice;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The words of the questions that tell most about the answers: those with the largest mutual
 * information, beyond what chance gives. Items with the same of them are alike.
 */
final class TellingWords {
  private static final int MOST_WORDS = 5;
  private static final int FEWEST_ITEMS = 40;

  private final List<String> words;
  private final Map<String, Set<String>> wordsOf;

  private TellingWords(List<String> words, Map<String, Set<String>> wordsOf) {
    this.words = List.copyOf(words);
    this.wordsOf = wordsOf;
  }

  static TellingWords of(Collection<ChoiceItem> items) {
    Map<String, Set<String>> wordsOf = new HashMap<>();
    Map<String, Map<String, Integer>> withWord = new TreeMap<>();
    Map<String, Integer> answers = new TreeMap<>();
    for (ChoiceItem item : items) {
      Set<String> words = split(item.question());
      wordsOf.put(item.key(), words);
      answers.merge(item.answer(), 1, Integer::sum);
      for (String word : words) {
        withWord
            .computeIfAbsent(word, key -> new TreeMap<>())
            .merge(item.answer(), 1, Integer::sum);
      }
    }
    record Weighed(String word, double excess) {}
    List<Weighed> weighed = new ArrayList<>();
    int total = items.size();
    withWord.forEach(
        (word, counts) -> {
          int with = counts.values().stream().mapToInt(Integer::intValue).sum();
          if (with >= FEWEST_ITEMS && total - with >= FEWEST_ITEMS) {
            // Twice the likelihood ratio is chi-square with answers - 1 degrees of freedom.
            double expected = answers.size() - 1.0;
            double excess =
                2 * total * information(counts, with, answers, total)
                    - expected
                    - 3 * Math.sqrt(2 * expected);
            if (excess > 0) {
              weighed.add(new Weighed(word, excess));
            }
          }
        });
    weighed.sort(
        Comparator.comparingDouble(Weighed::excess).reversed().thenComparing(Weighed::word));
    return new TellingWords(
        weighed.stream().limit(MOST_WORDS).map(Weighed::word).toList(), wordsOf);
  }

  String signature(ChoiceItem item) {
    Set<String> own = wordsOf.getOrDefault(item.key(), Set.of());
    StringBuilder out = new StringBuilder();
    words.forEach(word -> out.append(own.contains(word) ? '1' : '0'));
    return out.toString();
  }

  static Set<String> split(String text) {
    Set<String> words = new LinkedHashSet<>();
    String before = "";
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
      if (!word.isEmpty()) {
        words.add(word);
        words.add(before + " " + word);
        before = word;
      }
    }
    return new TreeSet<>(words);
  }

  /** Mutual information of "has the word" and the answer, in nats. */
  private static double information(
      Map<String, Integer> withWord, int with, Map<String, Integer> answers, int total) {
    double sum = 0;
    for (Map.Entry<String, Integer> answer : answers.entrySet()) {
      int both = withWord.getOrDefault(answer.getKey(), 0);
      sum += term(both, with, answer.getValue(), total);
      sum += term(answer.getValue() - both, total - with, answer.getValue(), total);
    }
    return sum;
  }

  private static double term(int both, int row, int column, int total) {
    return both == 0
        ? 0
        : (double) both / total * StrictMath.log((double) both * total / ((double) row * column));
  }
}
