package dev.sightline.puzzle.foreign;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Other projects' data sets whose items become ours. */
public enum ForeignFormat {
  /** declare-lab/LLM-PuzzleTest, folder AlgoPuzzleVQA (arXiv 2403.03864). */
  ALGOPUZZLEVQA,
  /** declare-lab/LLM-PuzzleTest, folder PuzzleVQA (arXiv 2403.13315). */
  PUZZLEVQA;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ForeignFormat> byName(String name) {
    return Arrays.stream(values()).filter(format -> format.wireName().equals(name)).findFirst();
  }

  public static List<String> names() {
    return Arrays.stream(values()).map(ForeignFormat::wireName).toList();
  }
}
