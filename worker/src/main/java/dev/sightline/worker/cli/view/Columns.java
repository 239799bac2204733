package dev.sightline.worker.cli.view;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells as aligned lines. A column of numbers is set to the right. */
public final class Columns {
  /** Widest line that the commands print. */
  public static final int WIDTH = 100;

  private static final String GAP = "  ";

  private final String rightAligned;
  private final List<List<String>> rows = new ArrayList<>();

  /**
   * @param alignment one letter a column: {@code l} or {@code r}
   */
  public Columns(String alignment) {
    this.rightAligned = alignment;
  }

  /** Adds a row with one cell for each column. */
  public Columns row(String... cells) {
    if (cells.length != rightAligned.length()) {
      throw new IllegalArgumentException("a row needs " + rightAligned.length() + " cells");
    }
    rows.add(List.of(cells));
    return this;
  }

  /** The lines, each indented, without trailing blanks, none longer than {@link #WIDTH}. */
  public List<String> lines(String indent) {
    int[] widths = new int[rightAligned.length()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(indent);
      for (int i = 0; i < widths.length; i++) {
        String padding = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? "" : GAP);
        line.append(rightAligned.charAt(i) == 'r' ? padding + row.get(i) : row.get(i) + padding);
      }
      lines.add(cut(line.toString().stripTrailing(), WIDTH));
    }
    return lines;
  }

  /** The text, or its beginning with three dots. */
  public static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 3) + "...";
  }

  /** A text as lines of at most {@link #WIDTH}, cut at blanks; words are never cut. */
  public static List<String> wrap(String indent, String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(indent);
    for (String word : text.strip().split("\\s+")) {
      if (line.length() > indent.length() && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line = new StringBuilder(indent);
      }
      line.append(line.length() > indent.length() ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
