package dev.sightline.spec;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean": the nearest known word, if it is near. */
final class Suggestion {
  private Suggestion() {}

  /** {@code did you mean 'x'?}, or the other text when nothing is near. */
  static String fix(String written, Collection<String> known, String otherwise) {
    return nearest(written, known).map(word -> "did you mean '" + word + "'?").orElse(otherwise);
  }

  private static Optional<String> nearest(String written, Collection<String> known) {
    String plain = plain(written);
    int reach = Math.max(1, plain.length() / 3);
    return known.stream()
        .filter(word -> !plain.isEmpty() && distance(plain, plain(word)) <= reach)
        .min(
            Comparator.comparingInt((String word) -> distance(plain, plain(word)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Spelling habits (group_size, group-size, GroupSize) are no distance. */
  private static String plain(String word) {
    return word.toLowerCase(Locale.ROOT).replaceAll("[_-]", "");
  }

  /** Levenshtein's distance, row by row. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
