package dev.sightline.report;

import java.util.List;

/** Pieces of HTML. */
final class Html {
  private Html() {}

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** A card with the table in it; nothing when it has no rows. */
  static String card(Table table, String kind) {
    return table.rows().isEmpty() ? "" : "<div class=\"card\">" + table(table, kind) + "</div>\n";
  }

  static String table(Table table, String kind) {
    StringBuilder out = new StringBuilder();
    out.append("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"")
        .append(escape(table.caption()))
        .append("\"><table class=\"")
        .append(kind)
        .append("\"><caption><span>")
        .append(escape(table.caption()))
        .append("</span></caption><thead><tr>");
    List<String> columns = table.columns();
    for (int c = 0; c < columns.size(); c++) {
      out.append("<th scope=\"col\"").append(table.words(c) ? ">" : " class=\"n\">");
      out.append(escape(columns.get(c))).append("</th>");
    }
    out.append("</tr></thead><tbody>\n");
    for (List<String> row : table.rows()) {
      out.append("<tr><th scope=\"row\">").append(escape(row.getFirst())).append("</th>");
      for (int c = 1; c < row.size(); c++) {
        out.append(table.words(c) ? "<td>" : "<td class=\"n\">");
        out.append(table.words(c) ? escape(row.get(c)) : number(row.get(c))).append("</td>");
      }
      out.append("</tr>\n");
    }
    out.append("</tbody></table></div>\n");
    if (!table.note().isEmpty()) {
      out.append("<p class=\"note\">").append(escape(table.note())).append("</p>\n");
    }
    return out.toString();
  }

  /** What follows the number in brackets is set small. */
  private static String number(String cell) {
    int space = cell.indexOf(' ');
    boolean bracket = space > 0 && "[(".indexOf(cell.charAt(space + 1)) >= 0;
    return bracket
        ? escape(cell.substring(0, space))
            + " <small>"
            + escape(cell.substring(space + 1))
            + "</small>"
        : escape(cell);
  }

  static String figure(String caption, String svg) {
    return "<figure class=\"card\"><figcaption>"
        + escape(caption)
        + "</figcaption>"
        + svg
        + "</figure>\n";
  }
}
