package dev.sightline.puzzle.description;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a scene shows as tables of cells by section: rows from top to bottom, cells from left to
 * right. Rows may differ in length. A section with nothing in it has no rows.
 */
public record Description(Map<String, List<List<String>>> sections) {
  public Description {
    Map<String, List<List<String>>> copy = new LinkedHashMap<>();
    sections.forEach((name, rows) -> copy.put(name, rows.stream().map(List::copyOf).toList()));
    sections = Collections.unmodifiableMap(copy);
  }

  /** Starts a description. */
  public static Builder builder() {
    return new Builder();
  }

  public List<List<String>> rows(String section) {
    List<List<String>> rows = sections.get(section);
    if (rows == null) {
      throw new IllegalArgumentException("the description has no " + section);
    }
    return rows;
  }

  /** The one cell of a section. */
  public String word(String section) {
    List<List<String>> rows = rows(section);
    if (rows.size() != 1 || rows.getFirst().size() != 1) {
      throw new IllegalArgumentException(section + " must be one word, but is " + rows);
    }
    return rows.getFirst().getFirst();
  }

  /** The one integer of a section. */
  public int number(String section) {
    return Integer.parseInt(word(section));
  }

  /**
   * The rows of a section of characters, each as one text; all equally long.
   *
   * @throws IllegalArgumentException where there is no row or one is longer than another
   */
  public List<String> board(String section) {
    List<String> lines = rows(section).stream().map(row -> String.join("", row)).toList();
    if (lines.isEmpty() || lines.stream().anyMatch(l -> l.length() != lines.getFirst().length())) {
      throw new IllegalArgumentException("the rows of " + section + " must be equally long");
    }
    return lines;
  }

  /**
   * As {@link #board}, of a section that is one line.
   *
   * @throws IllegalArgumentException where it is not
   */
  public String line(String section) {
    List<String> lines = board(section);
    if (lines.size() != 1) {
      throw new IllegalArgumentException(section + " must be one line");
    }
    return lines.getFirst();
  }

  /** Collects sections in the order of the grammar. */
  public static final class Builder {
    private final Map<String, List<List<String>>> sections = new LinkedHashMap<>();

    private Builder() {}

    public Builder rows(String section, List<List<String>> rows) {
      sections.put(section, rows);
      return this;
    }

    /** Rows given as texts of single characters. */
    public Builder board(String section, List<String> lines) {
      List<List<String>> rows = new ArrayList<>();
      for (String line : lines) {
        List<String> row = new ArrayList<>(line.length());
        for (int i = 0; i < line.length(); i++) {
          row.add(line.substring(i, i + 1));
        }
        rows.add(row);
      }
      return rows(section, rows);
    }

    public Builder word(String section, Object value) {
      return rows(section, List.of(List.of(String.valueOf(value))));
    }

    public Description build() {
      return new Description(sections);
    }
  }
}
