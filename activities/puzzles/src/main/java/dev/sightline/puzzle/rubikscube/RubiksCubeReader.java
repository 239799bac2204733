package dev.sightline.puzzle.rubikscube;

import dev.sightline.puzzle.Fields;
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

/** AlgoPuzzleVQA's rubiks_cube: the start is an input; turns and query stand in the text. */
final class RubiksCubeReader implements ForeignReader {
  private static final Pattern TURNS =
      Pattern.compile("sequence ['\"]?([FBRLUD][123]?(?:[ ,]+[FBRLUD][123]?)*)\\b");
  private static final Pattern QUERY =
      Pattern.compile(
          "(red|green|blue|yellow|orange|grey|gray|white) (?:squares|stickers|panels|tiles)? ?"
              + "(?:in|on) the (up|left|front|right|back|down) face",
          Pattern.CASE_INSENSITIVE);

  @Override
  public String fileName() {
    return "rubiks_cube";
  }

  @Override
  public Set<String> inputs() {
    return Set.of("start_position");
  }

  @Override
  public ForeignPuzzle read(String question, Map<String, ?> inputs) {
    Matcher turns = TURNS.matcher(question);
    Matcher query = QUERY.matcher(question);
    if (!turns.find() || !query.find()) {
      throw new IllegalArgumentException(
          "field 'question' lacks the sequence, or colour and face: " + question);
    }
    Map<String, Object> start = Fields.map(inputs, "start_position");
    StringBuilder stickers = new StringBuilder();
    for (CubeFace face : CubeFace.ALL) {
      stickers.append(face(start, face));
    }
    return new ForeignPuzzle(
        new RubiksCubeFamily().configure(Map.of()),
        new Puzzle(
            new RubiksCubeScene(stickers.toString()),
            Question.of(RubiksCubeFamily.COUNT)
                .with("turns", turns.group(1).replace(",", " ").replaceAll(" +", " "))
                .with("face", query.group(2).toLowerCase(Locale.ROOT))
                .with("colour", colour(query.group(1)).word())));
  }

  private static String face(Map<String, Object> start, CubeFace face) {
    StringBuilder letters = new StringBuilder();
    if (start.get(face.word()) instanceof List<?> rows) {
      for (Object row : rows) {
        if (row instanceof List<?> colours) {
          colours.forEach(colour -> letters.append(colour(String.valueOf(colour)).letter()));
        }
      }
    }
    if (letters.length() != 9) {
      throw new IllegalArgumentException(
          "field 'start_position." + face.word() + "' must be 3 rows of 3 colours");
    }
    return letters.toString();
  }

  private static CubeColour colour(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return CubeColour.of(lower.equals("gray") || lower.equals("white") ? "grey" : lower);
  }
}
