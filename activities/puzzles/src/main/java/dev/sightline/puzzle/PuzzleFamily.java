package dev.sightline.puzzle;

import java.util.Map;

/** A kind of puzzle. Everything about it is a pure function of name, version and configuration. */
public interface PuzzleFamily {
  /** The name in specifications and records, lower-case with underscores. */
  String name();

  /** Raised whenever the same configuration and seed would give other scenes, texts or pixels. */
  int version();

  /** How a prompt names the grammar: the end of "Describe the board in ... as". */
  String descriptionHint();

  /**
   * Checks a raw configuration and fills in its defaults.
   *
   * @throws InvalidConfigException naming the first field that is unknown or wrong
   */
  ConfiguredFamily configure(Map<String, ?> raw);
}
