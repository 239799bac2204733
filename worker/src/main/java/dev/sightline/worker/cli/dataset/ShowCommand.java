package dev.sightline.worker.cli.dataset;

import dev.sightline.dataset.folder.DatasetFolder;
import dev.sightline.dataset.folder.FolderFiles;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.choice.Choices;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.worker.cli.ExitStatus;
import dev.sightline.worker.cli.Output;
import dev.sightline.worker.cli.view.Columns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Show one item: question, options, answer, text twin, difficulty, picture file.",
    footer = {
      "",
      "Examples:",
      "  sightline dataset show data/clock-3k clock/test-17",
      "  sightline dataset show data/clock-3k clock/test-17 --out clock.png"
    })
final class ShowCommand implements Callable<Integer> {
  @ParentCommand private DatasetCommand dataset = new DatasetCommand();

  @Option(names = "--out", paramLabel = "PNG", description = "Copy the picture to this file.")
  private @Nullable Path out;

  @Parameters(index = "0", paramLabel = "DIR", description = "Data set.")
  private Path folder = Path.of("");

  @Parameters(index = "1", paramLabel = "ID", description = "Item, such as clock/test-17.")
  private String id = "";

  @Override
  public Integer call() throws IOException {
    Output output = dataset.output();
    DatasetFolder opened = DatasetFolder.open(folder);
    DatasetItem item =
        opened
            .find(id)
            .orElseThrow(
                () ->
                    new SightlineException(
                        FailureType.INVALID_REQUEST,
                        folder
                            + ": no item '"
                            + id
                            + "'; ids stand in items-*.jsonl, such as "
                            + example(opened)));
    Map<String, Object> document = new LinkedHashMap<>(item.toMap());
    if (opened.index().pictures()) {
      Path picture = opened.root().resolve(FolderFiles.picture(item.imageDigest()));
      document.put("picture", picture.toString());
    }
    if (out != null) {
      byte[] png =
          opened
              .picture(item)
              .orElseThrow(
                  () ->
                      new SightlineException(
                          FailureType.INVALID_REQUEST,
                          folder + ": is a data set of texts; it has no picture to copy"));
      Files.write(out, png);
      document.put("copied", out.toString());
    }
    opened.origin(item).ifPresent(origin -> document.put("theirQuestion", origin.question()));
    if (!output.isJson()) {
      print(output, item, document);
    }
    output.result(document);
    return ExitStatus.DONE;
  }

  private static String example(DatasetFolder opened) {
    try (var items = opened.read(opened.splits().getFirst())) {
      return items.next().id();
    }
  }

  private static void print(Output output, DatasetItem item, Map<String, Object> document) {
    output.line(item.id());
    block(output, "question", item.question());
    Choices choices = item.choices();
    if (choices != null) {
      for (int i = 0; i < choices.options().size(); i++) {
        output.line(
            "  %s  %c. %s  (%s)"
                .formatted(
                    i == choices.right() ? "*" : " ",
                    (char) ('A' + i),
                    choices.options().get(i),
                    choices.procedures().get(i)));
      }
    }
    block(output, "answer", item.answer());
    block(output, "text twin", item.textTwin());
    block(
        output,
        "perception",
        item.perceptionQuestion().text() + " " + item.perceptionQuestion().answer());
    block(
        output,
        "difficulty",
        "level "
            + item.level()
            + ": "
            + item.difficulty().measures().entrySet().stream()
                .map(measure -> measure.getKey() + " " + measure.getValue())
                .collect(Collectors.joining(", ")));
    Object picture = document.getOrDefault("copied", document.get("picture"));
    if (picture != null) {
      output.line("picture: " + picture);
    }
  }

  private static void block(Output output, String name, String text) {
    output.line(name + ":");
    text.lines().flatMap(line -> Columns.wrap("  ", line).stream()).forEach(output::line);
  }
}
