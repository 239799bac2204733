package dev.sightline.puzzle.chainlink;

import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.foreign.ForeignPuzzle;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the chains of AlgoPuzzleVQA: of the steps only the first, [open rings, segments of one
 * ring, of two ...]; the later ones are the solution.
 */
final class ChainLinkReader implements ForeignReader {
  private final PuzzleFamily family;

  ChainLinkReader(PuzzleFamily family) {
    this.family = family;
  }

  @Override
  public String fileName() {
    return "chain_link";
  }

  @Override
  public Set<String> inputs() {
    return Set.of("steps", "each_cut_time", "each_join_time");
  }

  @Override
  public ForeignPuzzle read(String question, Map<String, ?> inputs) {
    if (!(inputs.get("steps") instanceof List<?> steps)
        || steps.isEmpty()
        || !(steps.getFirst() instanceof List<?> start)
        || start.isEmpty()) {
      throw odd(inputs);
    }
    List<Integer> counts = new ArrayList<>();
    for (Object count : start) {
      Integer value = Fields.asInteger(count);
      if (value == null || value < 0) {
        throw odd(inputs);
      }
      counts.add(value);
    }
    List<Integer> lengths = new ArrayList<>();
    for (int length = 1; length < counts.size(); length++) {
      lengths.addAll(Collections.nCopies(counts.get(length), length));
    }
    ChainLinkScene scene = new ChainLinkScene(counts.getFirst(), lengths);
    Question asked =
        Question.of(ChainLinkFamily.TIME)
            .with("cut", Fields.integer(inputs, "each_cut_time"))
            .with("weld", Fields.integer(inputs, "each_join_time"));
    return new ForeignPuzzle(
        family.configure(Map.of("segments", lengths.size())), new Puzzle(scene, asked));
  }

  private static IllegalArgumentException odd(Map<String, ?> inputs) {
    return new IllegalArgumentException(
        "field 'steps' must begin with counts of open rings and of segments by length, but is "
            + inputs.get("steps"));
  }
}
