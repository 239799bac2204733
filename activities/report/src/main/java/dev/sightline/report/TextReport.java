package dev.sightline.report;

import java.util.ArrayList;
import java.util.List;

/** The tables for a terminal of 100 columns. */
public final class TextReport {
  private static final int WIDTH = 100;
  private static final String GAP = "  ";

  private TextReport() {}

  public static String write(Report report) {
    ReportRequest.Experiment experiment = report.request().experiment();
    StringBuilder out = new StringBuilder();
    out.append(experiment.title()).append('\n').append(experiment.id()).append('\n');
    for (String banner : Banners.of(report)) {
      wrap(banner, "! ", out);
    }
    table(Tables.headline(report), out);
    table(DecompositionTables.errors(report), out);
    table(DecompositionTables.modes(report), out);
    table(DecompositionTables.edited(report), out);
    table(Tables.differences(report), out);
    DecisionTables.decisions(report).forEach(decision -> table(decision, out));
    table(Tables.missing(report), out);
    table(Tables.power(report), out);
    table(InterruptionTables.runs(report), out);
    table(InterruptionTables.lengths(report), out);
    return out.toString();
  }

  private static void table(Table table, StringBuilder out) {
    if (table.rows().isEmpty()) {
      return;
    }
    out.append('\n');
    wrap(table.caption(), "", out);
    int[] widths = widths(table);
    line(table, table.columns(), widths, out);
    List<String> rule = new ArrayList<>();
    for (int width : widths) {
      rule.add("-".repeat(width));
    }
    line(table, rule, widths, out);
    table.rows().forEach(row -> line(table, row, widths, out));
    if (!table.note().isEmpty()) {
      wrap(table.note(), GAP, out);
    }
  }

  /** The widest cell of each column; the widest column of words gives way to fit the terminal. */
  private static int[] widths(Table table) {
    int columns = table.columns().size();
    int[] widths = new int[columns];
    int total = GAP.length() * (columns - 1);
    for (int c = 0; c < columns; c++) {
      widths[c] = table.columns().get(c).length();
      for (List<String> row : table.rows()) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
      total += widths[c];
    }
    while (total > WIDTH) {
      int widest = 0;
      for (int c = 1; c < table.textColumns(); c++) {
        widest = widths[c] > widths[widest] ? c : widest;
      }
      if (widths[widest] <= 12) {
        break;
      }
      widths[widest]--;
      total--;
    }
    return widths;
  }

  /** One row, on several lines where a cell of words is wider than its column. */
  private static void line(Table table, List<String> cells, int[] widths, StringBuilder out) {
    List<List<String>> wrapped = new ArrayList<>();
    int height = 1;
    for (int c = 0; c < cells.size(); c++) {
      wrapped.add(pieces(cells.get(c), widths[c]));
      height = Math.max(height, wrapped.getLast().size());
    }
    for (int i = 0; i < height; i++) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < cells.size(); c++) {
        List<String> parts = wrapped.get(c);
        String cell = i < parts.size() ? (i > 0 ? "  " : "") + parts.get(i) : "";
        String padding = " ".repeat(Math.max(0, widths[c] - cell.length()));
        line.append(c > 0 ? GAP : "");
        line.append(table.words(c) ? cell + padding : padding + cell);
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
  }

  /** Splits at spaces; later pieces are two narrower, since they are indented. */
  private static List<String> pieces(String text, int width) {
    if (text.length() <= width) {
      return List.of(text);
    }
    List<String> pieces = new ArrayList<>();
    String rest = text;
    int room = width;
    while (rest.length() > room) {
      int cut = rest.lastIndexOf(' ', room);
      cut = cut <= 0 ? room : cut;
      pieces.add(rest.substring(0, cut));
      rest = rest.substring(cut).stripLeading();
      room = width - 2;
    }
    pieces.add(rest);
    return pieces;
  }

  private static void wrap(String text, String indent, StringBuilder out) {
    String rest = text;
    int room = WIDTH - indent.length();
    while (rest.length() > room) {
      int cut = rest.lastIndexOf(' ', room);
      cut = cut <= 0 ? room : cut;
      out.append(indent).append(rest, 0, cut).append('\n');
      rest = rest.substring(cut).stripLeading();
    }
    out.append(indent).append(rest).append('\n');
  }
}
