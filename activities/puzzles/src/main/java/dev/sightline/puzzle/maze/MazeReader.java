package dev.sightline.puzzle.maze;

import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.foreign.ForeignPuzzle;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** AlgoPuzzleVQA's maze: the grid is an input, the query is the last sentence of the text. */
final class MazeReader implements ForeignReader {
  @Override
  public String fileName() {
    return "maze";
  }

  @Override
  public Set<String> inputs() {
    return Set.of("maze");
  }

  @Override
  public ForeignPuzzle read(String question, Map<String, ?> inputs) {
    return new ForeignPuzzle(
        new MazeFamily().configure(Map.of()), new Puzzle(scene(inputs), kind(question)));
  }

  private static Question kind(String question) {
    String text = question.strip().toLowerCase(Locale.ROOT);
    String query = text.substring(text.lastIndexOf(". ") + 1);
    boolean left = query.contains("left");
    boolean right = query.contains("right");
    MazeKind kind;
    if (left && right) {
      kind = MazeKind.TURNS;
    } else if (left) {
      kind = MazeKind.LEFT_TURNS;
    } else if (right) {
      kind = MazeKind.RIGHT_TURNS;
    } else if (query.contains("cells")) {
      kind = MazeKind.CELLS;
    } else {
      throw new IllegalArgumentException(
          "field 'question' asks neither for turns nor cells: " + query);
    }
    return Question.of(kind.wireName());
  }

  /** The entry is on the left border, the exit is the other gap in the border. */
  private static MazeScene scene(Map<String, ?> inputs) {
    if (!(inputs.get("maze") instanceof List<?> rows)
        || rows.isEmpty()
        || !(rows.getFirst() instanceof List<?> firstRow)) {
      throw new IllegalArgumentException("field 'maze' must be a list of rows");
    }
    int columns = firstRow.size();
    StringBuilder cells = new StringBuilder();
    for (Object row : rows) {
      if (!(row instanceof List<?> numbers) || numbers.size() != columns) {
        throw new IllegalArgumentException("field 'maze' must have equally long rows");
      }
      for (Object number : numbers) {
        Integer wall = Fields.asInteger(number);
        cells.append(wall != null && wall == 0 ? MazeScene.OPEN : MazeScene.WALL);
      }
    }
    List<Integer> gaps = new ArrayList<>();
    for (int i = 0; i < cells.length(); i++) {
      boolean border =
          i % columns == 0
              || i % columns == columns - 1
              || i / columns == 0
              || i / columns == rows.size() - 1;
      if (border && cells.charAt(i) == MazeScene.OPEN) {
        gaps.add(i);
      }
    }
    int entry = gaps.stream().filter(at -> at % columns == 0).findFirst().orElse(-1);
    if (gaps.size() != 2 || entry < 0) {
      throw new IllegalArgumentException(
          "field 'maze' must have two gaps in its border, one on the left, but has " + gaps);
    }
    int exit = gaps.get(0) == entry ? gaps.get(1) : gaps.get(0);
    cells.setCharAt(entry, MazeScene.ENTRY);
    cells.setCharAt(exit, MazeScene.EXIT);
    return new MazeScene(rows.size(), columns, cells.toString());
  }
}
