package dev.sightline.puzzle.choice;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the word of the questions that tells most about the answers: the one with the largest
 * mutual information, beyond what chance gives.
 */
final class TellingWords {
  /** Items with the word, and without it. */
  private static final int FEWEST_ITEMS = 8;

  private final Map<String, Set<String>> wordsOf = new HashMap<>();

  TellingWords(List<ChoiceItem> items) {
    for (ChoiceItem item : items) {
      wordsOf.put(item.key(), split(item.question()));
    }
  }

  boolean has(ChoiceItem item, String word) {
    return wordsOf.getOrDefault(item.key(), Set.of()).contains(word);
  }

  /** The word to split these items by; empty where none tells more than chance would. */
  Optional<String> best(List<ChoiceItem> items) {
    Map<String, Map<String, Integer>> withWord = new TreeMap<>();
    Map<String, Integer> answers = new TreeMap<>();
    for (ChoiceItem item : items) {
      answers.merge(item.answer(), 1, Integer::sum);
      for (String word : wordsOf.getOrDefault(item.key(), Set.of())) {
        withWord
            .computeIfAbsent(word, key -> new TreeMap<>())
            .merge(item.answer(), 1, Integer::sum);
      }
    }
    int total = items.size();
    String best = null;
    double most = 0;
    for (Map.Entry<String, Map<String, Integer>> entry : withWord.entrySet()) {
      int with = entry.getValue().values().stream().mapToInt(Integer::intValue).sum();
      if (with < FEWEST_ITEMS || total - with < FEWEST_ITEMS) {
        continue;
      }
      // Twice the likelihood ratio is about chi-square with answers - 1 degrees of freedom.
      double expected = answers.size() - 1.0;
      double excess =
          2 * total * information(entry.getValue(), with, answers, total)
              - expected
              - 1.5 * Math.sqrt(2 * expected);
      if (excess > most) {
        most = excess;
        best = entry.getKey();
      }
    }
    return Optional.ofNullable(best);
  }

  /** Words and pairs of neighbouring words, in lower case, sorted. */
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
