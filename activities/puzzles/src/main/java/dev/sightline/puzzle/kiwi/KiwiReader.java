package dev.sightline.puzzle.kiwi;

import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamily;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.foreign.ForeignPuzzle;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the boards of AlgoPuzzleVQA: numbers by row, 0 empty, 1 fresh, 2 rotten. */
final class KiwiReader implements ForeignReader {
  private static final String FIELD = "timestep.minute_0";

  private final PuzzleFamily family;

  KiwiReader(PuzzleFamily family) {
    this.family = family;
  }

  @Override
  public String fileName() {
    return "rotting_kiwi";
  }

  @Override
  public Set<String> inputs() {
    return Set.of(FIELD);
  }

  @Override
  public ForeignPuzzle read(String question, Map<String, ?> inputs) {
    if (!(Fields.map(inputs, "timestep").get("minute_0") instanceof List<?> rows)
        || rows.isEmpty()
        || !(rows.getFirst() instanceof List<?> first)) {
      throw odd(inputs);
    }
    StringBuilder cells = new StringBuilder();
    for (Object row : rows) {
      if (!(row instanceof List<?> numbers) || numbers.size() != first.size()) {
        throw odd(inputs);
      }
      for (Object number : numbers) {
        Integer value = Fields.asInteger(number);
        if (value == null || value < 0 || value > 2) {
          throw odd(inputs);
        }
        cells.append("-FR".charAt(value));
      }
    }
    KiwiScene scene = new KiwiScene(rows.size(), first.size(), cells.toString());
    Map<String, Object> config =
        Map.of(
            "rows",
            scene.rows(),
            "columns",
            scene.columns(),
            "rotten",
            scene.count(KiwiScene.ROTTEN) == 1 ? "one" : "one-or-more");
    return new ForeignPuzzle(
        family.configure(config), new Puzzle(scene, Question.of(KiwiFamily.MINUTES)));
  }

  private static IllegalArgumentException odd(Map<String, ?> inputs) {
    return new IllegalArgumentException(
        "field '" + FIELD + "' must be equally long rows of 0, 1 or 2, but is " + inputs);
  }
}
