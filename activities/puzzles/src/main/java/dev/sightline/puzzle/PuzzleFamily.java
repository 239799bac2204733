package dev.sightline.puzzle;

import dev.sightline.puzzle.foreign.ForeignFormat;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A kind of puzzle. Everything about it is a pure function of name, version and configuration. */
public interface PuzzleFamily {
  /** The name in specifications and records, lower-case with underscores; "pattern." first. */
  String name();

  /** Raised whenever the same configuration and seed would give other scenes, texts or pixels. */
  int version();

  /** What a prompt asks to describe: the noun in "Describe the board in ... as". */
  default String subject() {
    return "board";
  }

  /** How a prompt names the grammar: the end of "Describe the board in ... as". */
  String descriptionHint();

  /** The kinds of question, the most usual first. */
  List<String> questionKinds();

  DifficultyScale difficultyScale();

  /** The levels that {@code level: ...} may ask for; all five unless the family is too simple. */
  default List<Integer> configurableLevels() {
    return List.of(1, 2, 3, 4, 5);
  }

  /**
   * Checks a raw configuration and fills in its defaults. All families know the keys of {@link
   * Selection}: level, measures, questions, rendering.
   *
   * @throws InvalidConfigException naming the first field that is unknown or wrong
   */
  ConfiguredFamily configure(Map<String, ?> raw);

  /** Reads this family's items out of another project's files, where it has them. */
  default Optional<ForeignReader> reader(ForeignFormat format) {
    return Optional.empty();
  }
}
