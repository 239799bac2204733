package dev.sightline.worker.cli.dataset;

import dev.sightline.dataset.folder.DatasetFolder;
import dev.sightline.dataset.gallery.Gallery;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.worker.cli.ExitStatus;
import dev.sightline.worker.cli.Output;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "gallery",
    mixinStandardHelpOptions = true,
    description =
        "Write a page of pictures by family and level, with questions; answers and twins behind a"
            + " click. One file, no network.",
    footer = {
      "",
      "Examples:",
      "  sightline dataset gallery data/clock-3k --out gallery.html",
      "  sightline dataset gallery data/clock-3k --per-level 20 --out gallery.html"
    })
final class GalleryCommand implements Callable<Integer> {
  @ParentCommand private DatasetCommand dataset = new DatasetCommand();

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "Page to write.")
  private Path out = Path.of("");

  @Option(
      names = "--per-level",
      paramLabel = "N",
      description = "Most items for each family and level (default: 6).")
  private int perLevel = 6;

  @Parameters(index = "0", paramLabel = "DIR", description = "Data set.")
  private Path folder = Path.of("");

  @Override
  public Integer call() {
    if (perLevel < 1) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST, "--per-level: " + perLevel + " is too few; use 1 or more");
    }
    Output output = dataset.output();
    int items = Gallery.write(DatasetFolder.open(folder), perLevel, out);
    output.line(out + ": " + items + " items");
    output.result(Map.of("page", out.toString(), "items", items));
    return ExitStatus.DONE;
  }
}
