package dev.sightline.puzzle.numberslide;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** AlgoPuzzleVQA's number_slide: the grid is an input, the query stands in the text. */
final class NumberSlideReader implements ForeignReader {
  private static final Pattern MOVES = Pattern.compile("exactly (\\d+) moves?");
  private static final Pattern PATH =
      Pattern.compile("sequence: ?((?:(?:left|right|up|down)[, ]*)+)");
  private static final Pattern OUTER =
      Pattern.compile("\\b(left|right|top|bottom)[ -]?most (?:row|column)");
  private static final Pattern EXTREME = Pattern.compile("\\b(minimum|maximum)\\b");

  @Override
  public String fileName() {
    return "number_slide";
  }

  @Override
  public Set<String> inputs() {
    return Set.of("starting_grid");
  }

  @Override
  public ForeignPuzzle read(String text, Map<String, ?> inputs) {
    String question = text.toLowerCase(Locale.ROOT);
    NumberSlideScene scene = scene(inputs);
    return new ForeignPuzzle(
        new NumberSlideFamily().configure(Map.of("size", scene.size())),
        new Puzzle(scene, question(question)));
  }

  private static Question question(String text) {
    Matcher path = PATH.matcher(text);
    Matcher extreme = EXTREME.matcher(text);
    boolean bounded = extreme.find();
    if (path.find()) {
      // The query is the last sentence: earlier ones speak of rows and columns too.
      String query = text.substring(path.end());
      return Question.of(NumberSlideKind.AFTER_MOVES.wireName())
          .with("path", String.join(" ", path.group(1).strip().split("[, ]+")))
          .with("line", query.contains("column") ? "column" : "row")
          .with(
              "value",
              !bounded ? "sum" : extreme.group(1).equals("minimum") ? "least" : "greatest");
    }
    Matcher moves = MOVES.matcher(text);
    if (!moves.find()) {
      throw new IllegalArgumentException("field 'question' names no number of moves: " + text);
    }
    if (!bounded) {
      return Question.of(NumberSlideKind.POSITIONS.wireName()).with("moves", moves.group(1));
    }
    Matcher outer = OUTER.matcher(text);
    if (!outer.find()) {
      throw new IllegalArgumentException("field 'question' names no outer row or column: " + text);
    }
    String side = outer.group(1);
    String line = side + (side.equals("left") || side.equals("right") ? "-column" : "-row");
    NumberSlideKind kind =
        extreme.group(1).equals("minimum")
            ? NumberSlideKind.LEAST_SUM
            : NumberSlideKind.GREATEST_SUM;
    return Question.of(kind.wireName()).with("moves", moves.group(1)).with("line", line);
  }

  private static NumberSlideScene scene(Map<String, ?> inputs) {
    if (!(inputs.get("starting_grid") instanceof List<?> rows)) {
      throw new IllegalArgumentException("field 'starting_grid' must be a list of rows");
    }
    List<Integer> cells = new ArrayList<>();
    for (Object row : rows) {
      if (!(row instanceof List<?> numbers) || numbers.size() != rows.size()) {
        throw new IllegalArgumentException("field 'starting_grid' must be square: " + rows);
      }
      for (Object number : numbers) {
        Integer value = Fields.asInteger(number);
        if (value == null) {
          throw new IllegalArgumentException("field 'starting_grid' holds no number: " + number);
        }
        cells.add(value);
      }
    }
    return new NumberSlideScene(rows.size(), cells);
  }
}
