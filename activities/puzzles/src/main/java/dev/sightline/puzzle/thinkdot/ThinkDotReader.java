package dev.sightline.puzzle.thinkdot;

import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.foreign.ForeignPuzzle;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** AlgoPuzzleVQA's toys: faces and drops are fields, what is counted stands in the question. */
final class ThinkDotReader implements ForeignReader {
  private static final Pattern ASKED =
      Pattern.compile(
          "how many (blue|yellow)\\b.*?\\b(top|middle|bottom|all|total)\\b",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final ThinkDotFamily family;

  ThinkDotReader(ThinkDotFamily family) {
    this.family = family;
  }

  @Override
  public String fileName() {
    return "think_dot";
  }

  @Override
  public Set<String> inputs() {
    return Set.of("start_state", "moves");
  }

  @Override
  public ForeignPuzzle read(String question, Map<String, ?> inputs) {
    Matcher asked = ASKED.matcher(question);
    if (!asked.find()) {
      throw new IllegalArgumentException("the question does not say which faces: " + question);
    }
    String where = asked.group(2).toLowerCase(Locale.ROOT);
    Question counted =
        Question.of(where.equals("total") ? ThinkDotFamily.ALL : where)
            .with("colour", asked.group(1).toLowerCase(Locale.ROOT))
            .with("drops", drops(inputs));
    StringBuilder faces = new StringBuilder();
    if (inputs.get("start_state") instanceof List<?> rows) {
      for (Object row : rows) {
        if (row instanceof List<?> cells) {
          cells.forEach(cell -> faces.append(initial(cell)));
        }
      }
    }
    if (faces.length() != Disc.values().length) {
      throw new IllegalArgumentException(
          "field 'start_state' must hold eight faces in three rows, but is "
              + inputs.get("start_state"));
    }
    return new ForeignPuzzle(
        family.configure(Map.of()), new Puzzle(new ThinkDotScene(faces.toString()), counted));
  }

  private static String drops(Map<String, ?> inputs) {
    StringBuilder drops = new StringBuilder();
    if (inputs.get("moves") instanceof List<?> moves) {
      moves.forEach(move -> drops.append(initial(move)));
    }
    if (!drops.toString().matches("[LCR]+")) {
      throw new IllegalArgumentException(
          "field 'moves' must be a list of left, center and right, but is " + inputs.get("moves"));
    }
    return drops.toString();
  }

  private static char initial(Object word) {
    String text = String.valueOf(word).strip().toUpperCase(Locale.ROOT);
    return text.isEmpty() ? '?' : text.charAt(0);
  }
}
