package dev.sightline.puzzle.description;

import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.Scene;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The description grammar of a family: sections {@code name: table} between semicolons, the bare
 * table where there is only one. Rows end with '/' or a line end (objects with ',' as well); a new
 * line may begin a section.
 *
 * <p>Reading is lenient in layout (case, blanks, line ends, order of sections, empty rows) and
 * strict in content: a word that is no cell makes the text unparsable. A section that is missing or
 * that the family cannot use is partial; a section given twice is contradictory where the two
 * differ and unparsable where they are equal, so that repeating never pays. Time is linear in the
 * text.
 */
public final class Grammar {
  /** Longer texts are unparsable: no description of any family comes near. */
  public static final int LONGEST = 20_000;

  private final List<Section> sections;

  public Grammar(Section... sections) {
    this.sections = List.copyOf(Arrays.asList(sections));
    if (sections.length == 0) {
      throw new IllegalArgumentException("a grammar has a section");
    }
  }

  public List<Section> sections() {
    return sections;
  }

  /** The canonical text. */
  public String write(Description description) {
    List<String> parts = new ArrayList<>();
    for (Section section : sections) {
      String body = writeBody(section, description.rows(section.name()));
      parts.add(sections.size() == 1 ? body : (section.name() + ": " + body).strip());
    }
    return String.join("; ", parts);
  }

  /** The canonical text of one section's table. */
  public String writeBody(Section section, List<List<String>> rows) {
    return switch (section.form()) {
      case CELLS -> String.join("/", rows.stream().map(row -> String.join("", row)).toList());
      case WORDS -> String.join("/", rows.stream().map(row -> String.join(" ", row)).toList());
      case OBJECTS ->
          String.join(", ", rows.stream().map(row -> String.join(" ", row)).sorted().toList());
    };
  }

  /** Reads one section's table, strictly in content. Empty where a word is no cell. */
  Optional<List<List<String>>> readBody(Section section, String body) {
    String rowEnds =
        switch (section.form()) {
          case CELLS, WORDS -> "[/\n\r]";
          case OBJECTS -> "[/,\n\r]";
        };
    List<List<String>> rows = new ArrayList<>();
    for (String line : body.split(rowEnds)) {
      List<String> row = new ArrayList<>();
      String[] tokens =
          section.form() == Section.Form.CELLS
              ? line.replaceAll("[ \t]", "").split("")
              : line.strip().split("[ \t]+");
      for (String token : tokens) {
        if (token.isEmpty()) {
          continue;
        }
        Optional<String> cell = section.spelling().apply(token);
        if (cell.isEmpty()) {
          return Optional.empty();
        }
        row.add(cell.get());
      }
      if (!row.isEmpty()) {
        rows.add(row);
      }
    }
    return Optional.of(rows);
  }

  /**
   * Reads a description.
   *
   * @param compose makes a scene of all sections; an IllegalArgumentException says that they do not
   *     give one (wrong sizes, something left out)
   */
  public DescriptionReading read(String text, Function<Description, ? extends Scene> compose) {
    if (text.isBlank()) {
      return new DescriptionReading.Missing();
    }
    if (text.length() > LONGEST) {
      return new DescriptionReading.Unparsable("longer than " + LONGEST + " characters");
    }
    Map<String, List<List<List<String>>>> said = new LinkedHashMap<>();
    int count = 0;
    for (Part part : parts(text)) {
      if (part.section() == null) {
        return new DescriptionReading.Unparsable(
            "'" + shortened(part.body()) + "' begins with none of " + names());
      }
      Optional<List<List<String>>> rows = readBody(part.section(), part.body());
      if (rows.isEmpty()) {
        return new DescriptionReading.Unparsable(
            part.section().name() + " has a word that means nothing: " + shortened(part.body()));
      }
      said.computeIfAbsent(part.section().name(), name -> new ArrayList<>()).add(rows.get());
      count += DescriptionFacts.count(part.section(), rows.get());
    }
    Said assertions = new Said(count, said);
    if (said.values().stream().anyMatch(tables -> tables.size() > 1)) {
      boolean differ =
          said.values().stream().anyMatch(tables -> tables.stream().distinct().count() > 1);
      return differ
          ? new DescriptionReading.Contradictory(assertions)
          : new DescriptionReading.Unparsable("a section stands there more than once");
    }
    Map<String, List<List<String>>> tables = new LinkedHashMap<>();
    for (Section section : sections) {
      List<List<List<String>>> table = said.get(section.name());
      if (table == null) {
        return new DescriptionReading.Partial(assertions);
      }
      tables.put(section.name(), table.getFirst());
    }
    try {
      return new DescriptionReading.Complete(compose.apply(new Description(tables)));
    } catch (IllegalArgumentException e) {
      return new DescriptionReading.Partial(assertions);
    }
  }

  private record Part(@org.jspecify.annotations.Nullable Section section, String body) {}

  private List<Part> parts(String text) {
    List<Part> parts = new ArrayList<>();
    if (sections.size() == 1) {
      Section only = sections.getFirst();
      for (String piece : text.split(";")) {
        if (!piece.isBlank()) {
          parts.add(new Part(only, withoutName(only, piece).orElse(piece)));
        }
      }
      return parts;
    }
    for (String piece : text.split(";")) {
      Section current = null;
      StringBuilder body = new StringBuilder();
      for (String line : piece.split("[\n\r]")) {
        if (line.isBlank()) {
          continue;
        }
        Section begun = null;
        String rest = line;
        for (Section section : sections) {
          Optional<String> after = withoutName(section, line);
          if (after.isPresent()) {
            begun = section;
            rest = after.get();
          }
        }
        if (begun != null && current != null) {
          parts.add(new Part(current, body.toString()));
          body.setLength(0);
        }
        if (begun == null && current == null) {
          return List.of(new Part(null, line));
        }
        current = begun != null ? begun : current;
        body.append(body.isEmpty() ? "" : "\n").append(rest);
      }
      if (current != null) {
        parts.add(new Part(current, body.toString()));
      }
    }
    return parts;
  }

  private static Optional<String> withoutName(Section section, String line) {
    String start = line.stripLeading();
    int colon = start.indexOf(':');
    return colon >= 0
            && start
                .substring(0, colon)
                .strip()
                .toLowerCase(Locale.ROOT)
                .equals(section.name().toLowerCase(Locale.ROOT))
        ? Optional.of(start.substring(colon + 1))
        : Optional.empty();
  }

  private List<String> names() {
    return sections.stream().map(section -> section.name() + ":").toList();
  }

  private static String shortened(String text) {
    String line = text.strip();
    return line.length() <= 60 ? line : line.substring(0, 60) + "...";
  }
}
