package dev.sightline.reward;

import java.util.Arrays;

/**
 * Sentences of a text, as the paper's tag score counts them: lower case, cut at runs of {@code . !
 * ?} and line feeds, white space collapsed, empty ones dropped.
 *
 * @param distinct U
 * @param repeated D: all sentences minus the distinct ones
 */
public record Sentences(int distinct, int repeated) {
  private static final Sentences NONE = new Sentences(0, 0);

  /** tanh(U) - tanh(D), in (-1, 1); 0 without sentences. */
  public double score() {
    return Math.tanh(distinct) - Math.tanh(repeated);
  }

  /** Counts in linear time. White space is what {@link Character#isWhitespace(char)} says. */
  public static Sentences of(String text) {
    char[] chars = lowerCase(text);
    int[] starts = new int[8];
    int[] ends = new int[8];
    int count = 0;
    int to = 0; // sentences are written over the text that was read already
    int start = 0;
    boolean gap = false;
    for (int i = 0; i <= chars.length; i++) {
      char c = i == chars.length ? '\n' : chars[i];
      if (c == '.' || c == '!' || c == '?' || c == '\n') {
        if (to > start) {
          if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
          }
          starts[count] = start;
          ends[count] = to;
          count++;
          start = to;
        }
        gap = false;
      } else if (c <= ' ' || c >= 0x80 ? Character.isWhitespace(c) : false) {
        gap = to > start;
      } else {
        if (gap) {
          chars[to++] = ' ';
          gap = false;
        }
        chars[to++] = c;
      }
    }
    int distinct = distinct(chars, starts, ends, count);
    return count == 0 ? NONE : new Sentences(distinct, count - distinct);
  }

  private static char[] lowerCase(String text) {
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      char c = chars[i];
      if (c >= 0x80) { // some letters change their length, and sigma depends on its place
        return LowerCase.of(text).toCharArray();
      }
      if (c >= 'A' && c <= 'Z') {
        chars[i] = (char) (c + ('a' - 'A'));
      }
    }
    return chars;
  }

  private static int distinct(char[] chars, int[] starts, int[] ends, int count) {
    int size = Integer.highestOneBit(Math.max(4, count)) * 4;
    int[] slots = new int[size];
    long[] hashes = new long[count];
    int distinct = 0;
    for (int i = 0; i < count; i++) {
      hashes[i] = hash(chars, starts[i], ends[i]);
      int slot = (int) hashes[i] & (size - 1);
      boolean known = false;
      while (slots[slot] != 0 && !known) {
        int other = slots[slot] - 1;
        known =
            hashes[other] == hashes[i]
                && Arrays.equals(chars, starts[other], ends[other], chars, starts[i], ends[i]);
        slot = (slot + 1) & (size - 1);
      }
      if (!known) {
        slots[slot] = i + 1;
        distinct++;
      }
    }
    return distinct;
  }

  /** Mixed well: texts that are made to collide would cost quadratic time. */
  private static long hash(char[] chars, int start, int end) {
    long hash = end - start;
    for (int i = start; i < end; i++) {
      hash = (hash ^ chars[i]) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 29;
    }
    hash *= 0xbf58476d1ce4e5b9L;
    return hash ^ (hash >>> 32);
  }
}
