package dev.sightline.worker.cli.dataset;

import dev.sightline.dataset.export.ExportFormat;
import dev.sightline.dataset.export.Exports;
import dev.sightline.dataset.export.FolderItems;
import dev.sightline.dataset.folder.DatasetFolder;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.dataset.Split;
import dev.sightline.worker.cli.ExitStatus;
import dev.sightline.worker.cli.Output;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Write a data set in the format of a trainer or an evaluation harness:",
      "  jsonl       a folder a split: metadata.jsonl and PNG files (Hugging Face imagefolder)",
      "  parquet     Hugging Face's image layout: load_dataset(\"DIR\") decodes the pictures",
      "  vlmeval     TSV files of VLMEvalKit: open questions, and multiple choice",
      "  webdataset  tar shards of id.png and id.json",
      "  lmms-eval   a task folder for lmms-eval --include_path"
    },
    footer = {
      "",
      "Examples:",
      "  sightline dataset export data/clock-3k --format parquet --out clock-parquet",
      "  sightline dataset export data/clock-3k --format lmms-eval --split test --out clock-task"
    })
final class ExportCommand implements Callable<Integer> {
  @ParentCommand private DatasetCommand dataset = new DatasetCommand();

  @Option(
      names = "--format",
      required = true,
      paramLabel = "NAME",
      description = "jsonl, parquet, vlmeval, webdataset or lmms-eval.")
  private String format = "";

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder to make; must not hold anything.")
  private Path out = Path.of("");

  @Option(
      names = "--split",
      split = ",",
      paramLabel = "NAME",
      description = "Only these: train, dev, test (default: all).")
  private List<String> splits = List.of("train", "dev", "test");

  @Option(
      names = "--name",
      paramLabel = "WORD",
      description = "What tables and tasks are called (default: the data set's folder).")
  private @Nullable String name;

  @Parameters(index = "0", paramLabel = "DIR", description = "Data set.")
  private Path folder = Path.of("");

  @Override
  public Integer call() {
    Output output = dataset.output();
    ExportFormat wanted =
        ExportFormat.byName(format)
            .orElseThrow(
                () ->
                    bad(
                        "--format: no format '"
                            + format
                            + "'; use one of "
                            + ExportFormat.names()));
    List<Split> chosen = new ArrayList<>();
    for (String split : splits) {
      try {
        chosen.add(Split.ofWireName(split));
      } catch (IllegalArgumentException e) {
        throw bad("--split: " + e.getMessage());
      }
    }
    DatasetFolder opened = DatasetFolder.open(folder);
    String called =
        name == null
            ? String.valueOf(opened.root().toAbsolutePath().normalize().getFileName())
            : name;
    long begun = System.nanoTime();
    long items;
    try (ProgressBar bar = new ProgressBar();
        FolderItems source = new FolderItems(opened, chosen, bar)) {
      items = Exports.write(wanted, source, opened.index().pictures(), out, called);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    output.line(
        String.format(
            Locale.ROOT, "%s: %,d items as %s (%.1f s)", out, items, wanted.wireName(), seconds));
    output.result(
        Map.of(
            "folder",
            out.toString(),
            "format",
            wanted.wireName(),
            "items",
            items,
            "seconds",
            seconds));
    return ExitStatus.DONE;
  }

  private static SightlineException bad(String message) {
    return new SightlineException(FailureType.INVALID_REQUEST, message);
  }
}
