package dev.sightline.puzzle.checkermove;

import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.foreign.ForeignPuzzle;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.Map;
import java.util.Set;

/** AlgoPuzzleVQA's checker_move: rows as texts of G, R and _. */
final class CheckerReader implements ForeignReader {
  @Override
  public String fileName() {
    return "checker_move";
  }

  @Override
  public Set<String> inputs() {
    return Set.of("start_position", "end_position");
  }

  @Override
  public ForeignPuzzle read(String question, Map<String, ?> inputs) {
    CheckerScene scene =
        new CheckerScene(
            Fields.text(inputs, "start_position").strip(),
            Fields.text(inputs, "end_position").strip());
    Map<String, Object> config =
        Map.of("minimumLength", scene.squares(), "maximumLength", scene.squares());
    return new ForeignPuzzle(
        new CheckerMoveFamily().configure(config),
        new Puzzle(scene, Question.of(CheckerMoveFamily.MOVES)));
  }
}
