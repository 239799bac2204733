package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.PerceptionQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Perception questions: what stands at a place. First the value is drawn, then a place for it. */
final class Looks {
  private Looks() {}

  static PerceptionQuestion ask(Pattern pattern, PatternScene scene, Chooser chooser) {
    List<String> tables =
        pattern.lookedAt().stream()
            .filter(
                table -> scene.rows(table).stream().flatMap(List::stream).anyMatch(pattern::plain))
            .toList();
    String table = chooser.of(tables);
    TreeSet<String> values = new TreeSet<>();
    scene.rows(table).forEach(row -> row.stream().filter(pattern::plain).forEach(values::add));
    String value = chooser.of(List.copyOf(values));
    List<Place> places = new ArrayList<>();
    List<List<String>> rows = scene.rows(table);
    for (int r = 0; r < rows.size(); r++) {
      for (int c = 0; c < rows.get(r).size(); c++) {
        if (rows.get(r).get(c).equals(value)) {
          places.add(new Place(table, r, c));
        }
      }
    }
    String where = pattern.place(chooser.of(places));
    AnswerType type =
        value.chars().allMatch(Character::isDigit) ? AnswerType.INTEGER : AnswerType.WORD;
    return new PerceptionQuestion(text(table, where, type), value, type);
  }

  private static String text(String table, String where, AnswerType type) {
    return switch (table) {
      case Words.COLOURS, Words.SQUARES, Words.OVERLAPS, Words.HUES ->
          type == AnswerType.INTEGER
              ? "Which number does the picture show for %s?".formatted(where)
              : "Which colour does the picture show for %s? %s"
                  .formatted(where, Words.COLOUR_ANSWER);
      case Words.SIZES ->
          "Which size does the picture show for %s? %s".formatted(where, Words.SIZE_ANSWER);
      case Words.SHAPES ->
          "Which shape does the picture show for %s? %s".formatted(where, Words.SHAPE_ANSWER);
      case Words.SIDES -> "How many sides does %s have?".formatted(where);
      case Words.LENGTHS ->
          "How long is %s, if the shortest bar has length 1 and each next longer kind is one longer?"
              .formatted(where);
      default -> "Which number does the picture show for %s?".formatted(where);
    };
  }
}
