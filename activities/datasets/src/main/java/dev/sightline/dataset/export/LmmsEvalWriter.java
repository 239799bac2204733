package dev.sightline.dataset.export;

import dev.sightline.foundation.CanonicalJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A task folder of lmms-eval: {@code utils.py}, Parquet files, one task a split with open answers,
 * and one with options where items have them.
 */
final class LmmsEvalWriter implements ExportWriter {
  private final Path folder;
  private final Path target;
  private final String name;
  private final ParquetWriter data;
  private final TreeMap<String, Boolean> splits = new TreeMap<>();

  /**
   * @param folder where to write
   * @param target where the folder will lie in the end; the tasks name it
   * @param name of the tasks, without the split
   */
  LmmsEvalWriter(
      Path folder, Path target, String name, boolean pictures, ParquetWriter.Bounds bounds)
      throws IOException {
    this.folder = folder;
    this.target = target;
    this.name = name;
    this.data = new ParquetWriter(folder, pictures, bounds);
  }

  @Override
  public void add(ExportItem item) throws IOException {
    splits.merge(item.split(), !item.options().isEmpty(), Boolean::logicalOr);
    data.add(item);
  }

  @Override
  public void close() throws IOException {
    data.close();
    try (InputStream utils =
        Objects.requireNonNull(LmmsEvalWriter.class.getResourceAsStream("utils.py"), "utils.py")) {
      Files.write(folder.resolve("utils.py"), utils.readAllBytes());
    }
    for (String split : new TreeSet<>(splits.keySet())) {
      write(split, false);
      if (splits.getOrDefault(split, false)) {
        write(split, true);
      }
    }
  }

  private void write(String split, boolean options) throws IOException {
    String task = name + "_" + split + (options ? "_options" : "");
    String suffix = options ? "_options" : "";
    String files = target.resolve("data").resolve(split + "-*.parquet").toString();
    Files.writeString(
        folder.resolve(task + ".yaml"),
        """
        # Moved the folder? Change the path of data_files.
        task: %s
        dataset_path: parquet
        dataset_kwargs:
          data_files:
            %s: %s
        test_split: %s
        %soutput_type: generate_until
        doc_to_visual: !function utils.doc_to_visual
        doc_to_text: !function utils.doc_to_text%s
        doc_to_target: %s
        generation_kwargs:
          max_new_tokens: 2048
          temperature: 0
          top_p: 1.0
          num_beams: 1
          do_sample: false
        process_results: !function utils.process_results%s
        metric_list:
          - metric: exact_answer
            aggregation: mean
            higher_is_better: true
        metadata:
          - version: 1.0
        """
            .formatted(
                task,
                split,
                CanonicalJson.text(files),
                split,
                options ? "process_docs: !function utils.with_options\n" : "",
                suffix,
                options ? "right_option" : "answer",
                suffix));
  }
}
