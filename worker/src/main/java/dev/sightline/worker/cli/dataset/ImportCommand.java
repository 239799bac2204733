package dev.sightline.worker.cli.dataset;

import dev.sightline.dataset.foreign.ForeignFiles;
import dev.sightline.dataset.foreign.ForeignImport;
import dev.sightline.puzzle.dataset.DatasetPlan.ImageSize;
import dev.sightline.worker.cli.ExitStatus;
import dev.sightline.worker.cli.Output;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Turn published items into a data set of ours: scene, text twin, our picture, with their"
          + " picture and question kept beside it.",
      "Items that cannot be read, or whose answer our solvers do not confirm, are listed with the"
          + " reason and left out (exit status 1 if there are any)."
    },
    footer = {
      "",
      "Examples:",
      "  sightline dataset import --format algopuzzlevqa AlgoPuzzleVQA --out data/algopuzzlevqa"
    })
final class ImportCommand implements Callable<Integer> {
  @ParentCommand private DatasetCommand dataset = new DatasetCommand();

  @Option(
      names = "--format",
      required = true,
      paramLabel = "NAME",
      description = "Whose items: algopuzzlevqa or puzzlevqa.")
  private String format = "";

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to make.")
  private Path out = Path.of("");

  @Option(
      names = "--image-size",
      paramLabel = "PIXELS",
      description = "Of our pictures: SIDE or WIDTHxHEIGHT (default: 448).")
  private String size = "448";

  @Parameters(
      index = "0",
      paramLabel = "DIR",
      description = "Folder of their JSON Lines files, or with them in data/.")
  private Path source = Path.of("");

  @Override
  public Integer call() {
    Output output = dataset.output();
    ImageSize pixels = PlanOptions.imageSize(size);
    ForeignImport.Outcome outcome;
    try (ProgressBar bar = new ProgressBar()) {
      outcome = ForeignImport.run(Formats.foreign(format), source, out, pixels, bar);
    }
    for (ForeignFiles.Unreadable left : outcome.left()) {
      output.problem(left.place() + ": " + left.reason());
    }
    output.line(
        "%s: %d items, %d with their picture, %d left out"
            .formatted(out, outcome.items(), outcome.pictures(), outcome.left().size()));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("folder", out.toString());
    document.put("items", outcome.items());
    document.put("theirPictures", outcome.pictures());
    document.put(
        "left",
        outcome.left().stream()
            .map(left -> Map.of("id", left.id(), "place", left.place(), "reason", left.reason()))
            .toList());
    output.result(document);
    return outcome.left().isEmpty() ? ExitStatus.DONE : ExitStatus.FAILED;
  }
}
