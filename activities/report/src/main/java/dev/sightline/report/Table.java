package dev.sightline.report;

import java.util.List;

/**
 * A table that every writer can lay out.
 *
 * @param caption one sentence
 * @param columns headings; the first column names the row
 * @param textColumns how many columns from the left hold words; the others hold numbers
 * @param rows as many cells as columns
 * @param note below the table; empty for none
 */
record Table(
    String caption, List<String> columns, int textColumns, List<List<String>> rows, String note) {
  Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException("row " + row + " does not fit columns " + columns);
      }
    }
  }

  boolean words(int column) {
    return column < textColumns;
  }
}
