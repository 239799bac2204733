package dev.sightline.puzzle.pattern;

import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.Fields;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.foreign.ForeignPuzzle;
import dev.sightline.puzzle.foreign.ForeignReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * Reads PuzzleVQA's items: the caption tells what the picture shows, as lists in square brackets.
 * Two of the twenty cannot be read: their captions do not tell what the answer follows from.
 *
 * <p>Where a caption leaves out an attribute that the rule is about (sizes of numbered circles,
 * sides of coloured polygons), kinds are told apart by the shown attribute, and the "?" gets the
 * kind that lacks its partner; the sizes and sides themselves are then ours, not theirs.
 */
final class PatternReader implements ForeignReader {
  private static final java.util.regex.Pattern LIST =
      java.util.regex.Pattern.compile("\\[([^\\[\\]]*)\\]");
  private static final java.util.regex.Pattern ITEM =
      java.util.regex.Pattern.compile("'([^']*)'|\"([^\"]*)\"|([\\w?]+)");
  private static final java.util.regex.Pattern PAIR =
      java.util.regex.Pattern.compile("\\(\\s*(\\d+)\\s*,\\s*'([^']*)'\\s*\\)");
  private static final java.util.regex.Pattern OVERLAP_COLOUR =
      java.util.regex.Pattern.compile("overlap is ([a-z?]+)");
  private static final java.util.regex.Pattern OVERLAP_NUMBER =
      java.util.regex.Pattern.compile("contains the number (\\d+|\\?)");
  private static final java.util.regex.Pattern SHAPE =
      java.util.regex.Pattern.compile("if it is an? ([a-z]+)");

  private static final Set<String> UNREADABLE = Set.of("polygon_sides_number", "shape_morph");

  private final PatternFamily family;
  private final String file;

  private PatternReader(PatternFamily family, String file) {
    this.family = family;
    this.file = file;
  }

  static Optional<PatternReader> of(PatternFamily family) {
    String file = family.name().substring("pattern.".length());
    return UNREADABLE.contains(file)
        ? Optional.empty()
        : Optional.of(new PatternReader(family, file));
  }

  @Override
  public String fileName() {
    return file;
  }

  @Override
  public Set<String> inputs() {
    return Set.of("caption");
  }

  @Override
  public ForeignPuzzle read(String question, Map<String, ?> inputs) {
    String caption = Fields.text(inputs, "caption");
    PatternScene scene;
    try {
      scene = scene(caption);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw odd(caption, e);
    }
    if (!family.pattern().fits(scene)) {
      throw odd(caption, null);
    }
    Question asked = Question.of(PatternFamily.MISSING);
    if (file.equals("shape_size_hexagon")) {
      Matcher shape = SHAPE.matcher(question);
      if (!shape.find()) {
        throw new IllegalArgumentException(
            "field 'question' does not name the missing shape: " + question);
      }
      asked = asked.with(ShapeRing.SHAPE, shape.group(1));
    }
    ConfiguredFamily configured = family.configure(Map.of());
    return new ForeignPuzzle(configured, new Puzzle(scene, asked));
  }

  private IllegalArgumentException odd(
      String caption, @org.jspecify.annotations.Nullable Throwable cause) {
    return new IllegalArgumentException(
        "field 'caption' is not one of " + file + ": " + caption, cause);
  }

  private PatternScene scene(String caption) {
    List<List<String>> lists = lists(caption);
    return switch (file) {
      case "circle_size_number" -> sizedNumbers(lists.get(0));
      case "color_grid" -> Pattern.scene(Words.COLOURS, lists);
      case "color_hexagon" -> Pattern.scene(Words.COLOURS, clockwise(lists.get(0)));
      case "color_number_hexagon" ->
          Pattern.scene(
              Words.NUMBERS, clockwise(lists.get(1)), Words.COLOURS, clockwise(lists.get(0)));
      case "color_overlap_squares" ->
          new PatternScene(
              Map.of(
                  Words.SQUARES,
                  List.of(lists.get(0)),
                  Words.OVERLAPS,
                  List.of(all(OVERLAP_COLOUR, caption)),
                  Words.STEPS,
                  List.of(Collections.nCopies(lists.get(0).size() - 1, "down"))));
      case "color_size_circle" -> shades(lists.get(0), lists.get(1));
      case "grid_number" -> Pattern.scene(Words.NUMBERS, lists);
      case "grid_number_color" -> pairs(caption);
      case "polygon_sides_color" -> sidedColours(lists);
      case "rectangle_height_color" ->
          Pattern.scene(Words.COLOURS, List.of(lists.get(1)), Words.LENGTHS, lengths(lists.get(0)));
      case "rectangle_height_number" ->
          Pattern.scene(Words.NUMBERS, List.of(lists.get(0)), Words.LENGTHS, lengths(lists.get(1)));
      case "shape_reflect" -> Pattern.scene(Words.SHAPES, lists);
      case "shape_size_grid" ->
          Pattern.scene(Words.SIZES, words(lists, 0), Words.SHAPES, words(lists, 1));
      case "shape_size_hexagon" ->
          new PatternScene(
              Map.of(
                  Words.SHAPES,
                  List.of(lists.get(0)),
                  Words.SIZES,
                  List.of(lists.get(1)),
                  Words.CENTRE,
                  List.of(List.of(Words.MISSING))));
      case "size_cycle", "size_grid" -> Pattern.scene(Words.SIZES, lists, Words.COLOURS, List.of());
      case "triangle" -> Pattern.scene(Words.NUMBERS, lists);
      case "venn" ->
          Pattern.scene(
              Words.NUMBERS,
              List.of(lists.get(0)),
              Words.OVERLAPS,
              List.of(all(OVERLAP_NUMBER, caption)));
      default -> throw new IllegalStateException("no reader of " + file);
    };
  }

  private static List<List<String>> lists(String caption) {
    List<List<String>> lists = new ArrayList<>();
    Matcher list = LIST.matcher(caption);
    while (list.find()) {
      List<String> items = new ArrayList<>();
      Matcher item = ITEM.matcher(list.group(1));
      while (item.find()) {
        String quoted = item.group(1) != null ? item.group(1) : item.group(2);
        items.add(quoted != null ? quoted : item.group(3));
      }
      lists.add(items);
    }
    return lists;
  }

  private static List<String> all(java.util.regex.Pattern pattern, String caption) {
    List<String> found = new ArrayList<>();
    Matcher matcher = pattern.matcher(caption);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  /** Their sectors are listed anti-clockwise, ours clockwise. */
  private static List<List<String>> clockwise(List<String> sectors) {
    List<String> turned = new ArrayList<>(sectors.reversed());
    Collections.rotate(turned, 1);
    return List.of(turned);
  }

  private static List<List<String>> lengths(List<String> words) {
    List<String> names = List.of("short", "medium", "long");
    return List.of(words.stream().map(word -> Integer.toString(names.indexOf(word) + 1)).toList());
  }

  /** The first or second word of "small star"; a lone "?" stays. */
  private static List<List<String>> words(List<List<String>> rows, int which) {
    return rows.stream()
        .map(
            row ->
                row.stream()
                    .map(cell -> cell.equals(Words.MISSING) ? cell : cell.split(" ", -1)[which])
                    .toList())
        .toList();
  }

  private static PatternScene pairs(String caption) {
    List<String> numbers = new ArrayList<>();
    List<String> colours = new ArrayList<>();
    Matcher pair = PAIR.matcher(caption);
    while (pair.find()) {
      numbers.add(pair.group(1));
      colours.add(pair.group(2));
    }
    int side = (int) Math.round(Math.sqrt(numbers.size()));
    return Pattern.scene(
        Words.COLOURS,
        Tables.grid(side, side, (r, c) -> colours.get(r * side + c)),
        Words.NUMBERS,
        Tables.grid(side, side, (r, c) -> numbers.get(r * side + c)));
  }

  private static PatternScene shades(List<String> sizes, List<String> colours) {
    List<String> largestFirst = List.of("extra large", "large", "medium", "small");
    List<String> row = new ArrayList<>();
    String hue = "";
    for (String size : largestFirst) {
      String colour = colours.get(sizes.indexOf(size));
      int end = colour.lastIndexOf(' ');
      row.add(end < 0 ? colour : colour.substring(0, end).replace(' ', '-'));
      hue = end < 0 ? hue : colour.substring(end + 1);
    }
    return Pattern.scene(Words.SHADES, List.of(row), Words.HUES, List.of(List.of(hue)));
  }

  /** Each number stands there twice: the "?" is as large as the one that stands alone. */
  private static PatternScene sizedNumbers(List<String> numbers) {
    List<Integer> kinds =
        numbers.stream()
            .filter(number -> !number.equals(Words.MISSING))
            .map(Integer::parseInt)
            .distinct()
            .sorted()
            .toList();
    String alone = alone(numbers);
    return Pattern.scene(
        Words.NUMBERS,
        List.of(numbers),
        Words.SIZES,
        Tables.row(
            numbers.stream()
                .map(number -> number.equals(Words.MISSING) ? alone : number)
                .map(number -> kinds.indexOf(Integer.parseInt(number)) + 1)
                .toList()));
  }

  private static PatternScene sidedColours(List<List<String>> rows) {
    List<String> cells = rows.stream().flatMap(List::stream).toList();
    List<String> kinds = cells.stream().filter(c -> !c.equals(Words.MISSING)).distinct().toList();
    String alone = alone(cells);
    return Pattern.scene(
        Words.COLOURS,
        rows,
        Words.SIDES,
        rows.stream()
            .map(
                row ->
                    row.stream()
                        .map(cell -> cell.equals(Words.MISSING) ? alone : cell)
                        .map(cell -> Polygons.SIDES.get(kinds.indexOf(cell)))
                        .toList())
            .toList());
  }

  /** The value that stands there once; an IndexOutOfBoundsException where none does. */
  private static String alone(List<String> cells) {
    return cells.stream()
        .filter(cell -> !cell.equals(Words.MISSING) && Collections.frequency(cells, cell) == 1)
        .toList()
        .get(0);
  }
}
