package dev.sightline.puzzle.foreign;

import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.Puzzle;

/** A foreign item in our terms; its configuration is the one that it would have here. */
public record ForeignPuzzle(ConfiguredFamily family, Puzzle puzzle) {}
