package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.AnswerType;
import dev.sightline.puzzle.DifficultyScale;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import dev.sightline.puzzle.description.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A pattern: layout of cells, rule, drawing and brush. A new one gives its sections, draws scenes
 * for each level, tells whether the rule holds for a picture whose "?" is filled in, and paints;
 * solving, texts, keys, facts, spaces and perception questions follow.
 */
abstract class Pattern {
  private final String name;
  private final String subject;
  private final String hint;
  private final DifficultyScale scale;
  private final List<Section> sections;

  /**
   * @param hint the form of a description, at most about 15 words
   * @param sections the tables; the first has a cell for each object of the picture
   */
  Pattern(String name, String subject, String hint, DifficultyScale scale, Section... sections) {
    this.name = "pattern." + name;
    this.subject = subject;
    this.hint = hint;
    this.scale = scale;
    this.sections = List.of(sections);
  }

  final String name() {
    return name;
  }

  /** Raised whenever a configuration and a seed would give other puzzles or pictures. */
  int version() {
    return 1;
  }

  final String subject() {
    return subject;
  }

  final String hint() {
    return hint;
  }

  final DifficultyScale scale() {
    return scale;
  }

  final List<Section> sections() {
    return sections;
  }

  /** The tables in which the "?" that is asked for may stand. */
  abstract List<String> asked();

  /** A scene for a level, or null where the choices give none. */
  abstract @Nullable PatternScene draw(int level, Chooser chooser);

  /** Whether the tables have the sizes of this layout, whatever stands in them. */
  abstract boolean fits(PatternScene scene);

  /** What may stand at a place: all values out of which the rule must choose one. */
  abstract List<String> candidates(PatternScene scene, Place missing);

  /**
   * The rule, for the whole picture.
   *
   * @param filled a scene that fits, without the "?" that is asked for
   */
  abstract boolean holds(PatternScene filled, Question question);

  /** The question's text, with the form of the answer. */
  abstract String ask(Place missing, Question question);

  /** Such as "the circle in row 2, column 3". */
  abstract String place(Place place);

  abstract void paint(PatternScene scene, Brush brush);

  /** A question about a scene; only few patterns say more than where the "?" is. */
  Question question(PatternScene scene, Chooser chooser) {
    return Question.of(PatternFamily.MISSING);
  }

  /** The same problem seen in mirrors and turned; the scene itself among them or not. */
  List<PatternScene> images(PatternScene scene) {
    return List.of(scene);
  }

  AnswerType answerType() {
    return AnswerType.WORD;
  }

  /** The answer for a value at the missing place. */
  String answer(PatternScene scene, String value) {
    return value;
  }

  /** Mistakes of this pattern alone, beside those of every pattern. */
  List<WrongAnswer> mistakes(PatternScene scene, Place missing, Question question) {
    return List.of();
  }

  /** The least side in pixels at which the fullest pictures can be read: more with numbers. */
  final int smallestPicture() {
    return sections.stream()
            .map(Section::name)
            .anyMatch(table -> table.equals(Words.NUMBERS) || table.equals(Words.SIDES))
        ? 168
        : 112;
  }

  /** The tables whose cells perception questions are about. */
  List<String> lookedAt() {
    return sections.stream().filter(section -> !section.given()).map(Section::name).toList();
  }

  /** Whether a perception question may ask for this value. */
  boolean plain(String value) {
    return !value.equals(Words.MISSING);
  }

  /** The one missing place; empty where there is none or more than one. */
  final Optional<Place> missing(PatternScene scene) {
    List<Place> found = new ArrayList<>();
    for (String table : asked()) {
      List<List<String>> rows = scene.rows(table);
      for (int r = 0; r < rows.size(); r++) {
        for (int c = 0; c < rows.get(r).size(); c++) {
          if (rows.get(r).get(c).equals(Words.MISSING)) {
            found.add(new Place(table, r, c));
          }
        }
      }
    }
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  /**
   * The one value for which the rule holds everywhere; empty where there is none or more than one.
   */
  final Optional<String> solve(PatternScene scene, Question question) {
    Optional<Place> missing = missing(scene);
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    String only = null;
    for (String value : candidates(scene, missing.get())) {
      if (holds(Tables.with(scene, missing.get(), value), question)) {
        if (only != null) {
          return Optional.empty();
        }
        only = value;
      }
    }
    return Optional.ofNullable(only).map(value -> answer(scene, value));
  }

  /** Whether the tables all have the same rows of the same lengths. */
  static boolean alike(PatternScene scene, String... tables) {
    List<List<String>> first = scene.rows(tables[0]);
    for (String table : tables) {
      List<List<String>> rows = scene.rows(table);
      if (rows.size() != first.size()) {
        return false;
      }
      for (int r = 0; r < rows.size(); r++) {
        if (rows.get(r).size() != first.get(r).size()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether a table is one row of so many cells. */
  static boolean line(PatternScene scene, String table, int least, int greatest) {
    List<List<String>> rows = scene.rows(table);
    return rows.size() == 1
        && rows.getFirst().size() >= least
        && rows.getFirst().size() <= greatest;
  }

  /** Whether a table is a rectangle with so many rows and columns. */
  static boolean rectangle(PatternScene scene, String table, int least, int greatest) {
    List<List<String>> rows = scene.rows(table);
    if (rows.size() < least || rows.size() > greatest) {
      return false;
    }
    int columns = rows.getFirst().size();
    return columns >= least
        && columns <= greatest
        && rows.stream().allMatch(row -> row.size() == columns);
  }

  static int number(List<String> row, int column) {
    return Integer.parseInt(row.get(column));
  }

  private static final List<String> NUMBERS =
      IntStream.rangeClosed(1, 400).mapToObj(Integer::toString).toList();

  /** The numbers from 1 to at most 400. */
  static List<String> upTo(int greatest) {
    return NUMBERS.subList(0, greatest);
  }

  static PatternScene scene(String table, List<List<String>> rows) {
    return new PatternScene(Map.of(table, rows));
  }

  static PatternScene scene(
      String table, List<List<String>> rows, String second, List<List<String>> others) {
    return new PatternScene(Map.of(table, rows, second, others));
  }
}
