package dev.sightline.dataset.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * VLMEvalKit's tables: all items as open questions, and those with options as multiple choice (it
 * takes one kind a file). Fields with a tab, quote or line end stand in quotes.
 */
final class VlmEvalWriter implements ExportWriter {
  private static final int LETTERS = 4;

  private final Path folder;
  private final String name;
  private @Nullable BufferedWriter open;
  private @Nullable BufferedWriter choice;
  private int index;

  VlmEvalWriter(Path folder, String name) {
    this.folder = folder;
    this.name = name;
  }

  @Override
  public void add(ExportItem item) throws IOException {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("index", String.valueOf(index++));
    byte[] picture = item.picture().orElse(null);
    if (picture != null) {
      row.put("image", Base64.getEncoder().encodeToString(picture));
    }
    row.put("question", item.question());
    if (!item.options().isEmpty()) {
      Map<String, String> multiple = new LinkedHashMap<>(row);
      for (int i = 0; i < Math.max(LETTERS, item.options().size()); i++) {
        multiple.put(ExportItem.letter(i), i < item.options().size() ? item.options().get(i) : "");
      }
      multiple.put("answer", item.right());
      choice = write(choice, "_MCQ.tsv", about(multiple, item));
    }
    row.put("answer", item.answer());
    open = write(open, "_VQA.tsv", about(row, item));
  }

  private static Map<String, String> about(Map<String, String> row, ExportItem item) {
    row.put("category", item.family());
    row.put("l2-category", item.kind());
    row.put("split", item.split());
    row.put("id", item.id());
    row.put("level", item.level());
    row.put("answer_type", item.answerType());
    row.put("cluster", item.cluster());
    return row;
  }

  private BufferedWriter write(
      @Nullable BufferedWriter table, String ending, Map<String, String> row) throws IOException {
    BufferedWriter lines = table;
    if (lines == null) {
      lines = Files.newBufferedWriter(folder.resolve(name + ending));
      line(lines, new ArrayList<>(row.keySet()));
    }
    line(lines, new ArrayList<>(row.values()));
    return lines;
  }

  private static void line(BufferedWriter out, List<String> fields) throws IOException {
    for (int i = 0; i < fields.size(); i++) {
      out.write(i == 0 ? "" : "\t");
      String field = fields.get(i);
      boolean plain = field.chars().noneMatch(c -> c == '\t' || c == '"' || c == '\n' || c == '\r');
      out.write(plain ? field : '"' + field.replace("\"", "\"\"") + '"');
    }
    out.write('\n');
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
    }
    if (choice != null) {
      choice.close();
    }
  }
}
