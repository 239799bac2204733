package dev.sightline.puzzle.foreign;

import java.util.Map;
import java.util.Set;

/** Turns one family's items of a foreign format into ours, without seeing their answers. */
public interface ForeignReader {
  /** The name of their file, without its ending. */
  String fileName();

  /**
   * The fields that a solver may read, as dotted paths; the caller removes all others: of the
   * line's {@code solution} for AlgoPuzzleVQA ("timestep.minute_0"), of the line itself for
   * PuzzleVQA ("caption").
   */
  Set<String> inputs();

  /**
   * @param question their question text
   * @param inputs only the fields of {@link #inputs}, nested as they were
   * @throws IllegalArgumentException naming the field that is missing or odd
   */
  ForeignPuzzle read(String question, Map<String, ?> inputs);

  /** Their answer in our form: "0:37" becomes "12:37". */
  default String answer(String theirs) {
    return theirs.strip();
  }
}
