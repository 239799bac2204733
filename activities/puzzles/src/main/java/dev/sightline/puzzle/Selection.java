package dev.sightline.puzzle;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which puzzles a configuration wants and how they are drawn: the keys that all families share.
 *
 * @param level wanted level, 1 to 5, or null for any
 * @param measures wanted least and greatest value by measure, both included
 * @param questions wanted question kinds
 * @param varied whether rendering varies from item to item
 */
public record Selection(
    @Nullable Integer level, Map<String, Range> measures, Set<String> questions, boolean varied) {
  /** Least and greatest, both included. */
  public record Range(int least, int greatest) {
    boolean holds(int value) {
      return value >= least && value <= greatest;
    }

    /** Whether no value lies in it. */
    public boolean isEmpty() {
      return least > greatest;
    }
  }

  public Selection {
    measures = java.util.Collections.unmodifiableMap(new TreeMap<>(measures));
    questions = java.util.Collections.unmodifiableSet(new TreeSet<>(questions));
  }

  /** The level, where one is wanted. */
  public Optional<Integer> wantedLevel() {
    return Optional.ofNullable(level);
  }

  /** The wanted level, or where any is wanted one drawn evenly. */
  public int level(SplittableRandom random) {
    return level != null ? level : random.nextInt(1, Difficulty.LEVELS + 1);
  }

  /** Whether a puzzle of this difficulty is wanted. */
  public boolean wants(Difficulty difficulty) {
    if (level != null && difficulty.level() != level) {
      return false;
    }
    for (Map.Entry<String, Range> wanted : measures.entrySet()) {
      Integer value = difficulty.measures().get(wanted.getKey());
      if (value == null || !wanted.getValue().holds(value)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The wanted values of the measure that decides the level, so that a generator can aim at them.
   *
   * @param level the wanted one, or one that was drawn where any is wanted
   * @param least the smallest value that the family has
   * @param greatest the largest
   */
  public Range aim(DifficultyScale scale, int level, int least, int greatest) {
    Range range = scale.range(level, least, greatest);
    Range asked = measures.get(scale.measure());
    return asked == null
        ? range
        : new Range(Math.max(range.least, asked.least), Math.min(range.greatest, asked.greatest));
  }

  /** Whether questions of this kind are wanted. */
  public boolean wants(Question question) {
    return questions.contains(question.kind());
  }

  /**
   * Reads {@code level}, {@code measures} ({@code {pushes: [3, 8]}}), {@code questions} (a list of
   * kinds) and {@code rendering} (plain or varied).
   *
   * @param measureNames the measures that the family's {@link Difficulty} has
   */
  public static Selection read(ConfigFields fields, PuzzleFamily family, Set<String> measureNames) {
    Integer level = fields.optionalInteger("level", 1, Difficulty.LEVELS).orElse(null);
    Map<String, Range> measures = fields.ranges("measures", measureNames);
    Set<String> questions = fields.subset("questions", family.questionKinds());
    boolean varied =
        fields.choice("rendering", "plain", java.util.List.of("plain", "varied")).equals("varied");
    return new Selection(level, measures, questions, varied);
  }
}
