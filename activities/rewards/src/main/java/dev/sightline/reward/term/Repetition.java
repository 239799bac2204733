package dev.sightline.reward.term;

import dev.sightline.reward.AttemptReading;
import dev.sightline.reward.LowerCase;
import dev.sightline.reward.RawValue;
import dev.sightline.reward.RewardTerm;
import dev.sightline.reward.TermSetting;
import dev.sightline.reward.TermSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A penalty for repeated runs of words. */
public final class Repetition implements RewardTerm {
  @Override
  public String name() {
    return "repetition";
  }

  @Override
  public String doc() {
    return "Distinct runs of size words as a share of all, minus 1: 0 without repetition, down to -1.";
  }

  @Override
  public List<TermSetting> settings() {
    return List.of(TermSetting.whole("size", "Words of a run.", 6, 1, 100));
  }

  @Override
  public Range range(TermSettings settings) {
    return new Range(-1, 0);
  }

  @Override
  public RawValue score(AttemptReading attempt, TermSettings settings) {
    return RawValue.of(repetition(attempt.attempt().text(), (int) settings.whole("size")));
  }

  private static double repetition(String text, int size) {
    List<String> words = words(LowerCase.of(text));
    int runs = words.size() - size + 1;
    if (runs < 2) {
      return 0;
    }
    Map<String, Integer> numbers = new HashMap<>();
    StringBuilder all = new StringBuilder(); // two characters for a word
    for (String word : words) {
      int number = numbers.computeIfAbsent(word, unused -> numbers.size());
      all.append((char) (number >>> 16)).append((char) number);
    }
    Set<String> distinct = new HashSet<>();
    for (int i = 0; i < runs; i++) {
      distinct.add(all.substring(2 * i, 2 * (i + size)));
    }
    return (double) distinct.size() / runs - 1;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean gap = i == text.length() || Character.isWhitespace(text.charAt(i));
      if (gap && start >= 0) {
        words.add(text.substring(start, i));
        start = -1;
      } else if (!gap && start < 0) {
        start = i;
      }
    }
    return words;
  }
}
