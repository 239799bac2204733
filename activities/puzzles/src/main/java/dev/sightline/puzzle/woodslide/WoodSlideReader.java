package dev.sightline.puzzle.woodslide;

import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.foreign.ForeignPuzzle;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** AlgoPuzzleVQA's wood_slide: both boards are inputs, lines of digits that name blocks. */
final class WoodSlideReader implements ForeignReader {
  @Override
  public String fileName() {
    return "wood_slide";
  }

  @Override
  public Set<String> inputs() {
    return Set.of("start_position", "end_position");
  }

  @Override
  public ForeignPuzzle read(String question, Map<String, ?> inputs) {
    return new ForeignPuzzle(
        new WoodSlideFamily().configure(Map.of("blocks", "pennant")),
        new Puzzle(
            new WoodSlideScene(board(inputs, "start_position"), board(inputs, "end_position")),
            Question.of(WoodSlideFamily.MOVES)));
  }

  /** Forgets which block is which: a digit becomes the letter of its block's shape. */
  private static String board(Map<String, ?> inputs, String field) {
    List<String> rows = Fields.text(inputs, field).strip().lines().map(String::strip).toList();
    if (rows.size() != WoodSlideScene.ROWS
        || rows.stream().anyMatch(row -> !row.matches("\\d{" + WoodSlideScene.COLUMNS + "}"))) {
      throw new IllegalArgumentException("field '" + field + "' must be 5 lines of 4 digits");
    }
    String digits = String.join("", rows);
    char[] letters = new char[digits.length()];
    Arrays.fill(letters, '.');
    for (char block = '1'; block <= '9'; block++) {
      int first = digits.indexOf(block);
      if (first < 0) {
        continue;
      }
      int last = digits.lastIndexOf(block);
      int tall = last / WoodSlideScene.COLUMNS - first / WoodSlideScene.COLUMNS + 1;
      int wide = last % WoodSlideScene.COLUMNS - first % WoodSlideScene.COLUMNS + 1;
      char digit = block;
      long cells = digits.chars().filter(cell -> cell == digit).count();
      if (tall > 2 || wide < 1 || wide > 2 || cells != (long) tall * wide) {
        throw new IllegalArgumentException(
            "field '" + field + "': block " + block + " is no rectangle of 1 or 2 cells a side");
      }
      char letter = "SHVB".charAt((wide - 1) + 2 * (tall - 1));
      for (int cell = first; cell <= last; cell++) {
        letters[cell] = digits.charAt(cell) == block ? letter : letters[cell];
      }
    }
    return new String(letters);
  }
}
