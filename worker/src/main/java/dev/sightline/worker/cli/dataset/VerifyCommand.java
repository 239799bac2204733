package dev.sightline.worker.cli.dataset;

import dev.sightline.dataset.folder.DatasetFolder;
import dev.sightline.dataset.generation.FolderVerification;
import dev.sightline.worker.cli.ExitStatus;
import dev.sightline.worker.cli.Output;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Check a data set, trusting none of what made it: solve every item again by both solvers,"
          + " read twins back, draw pictures again, look for leaks between splits, compare all files"
          + " with their digests.",
      "Exit status 1 when something is wrong."
    },
    footer = {
      "",
      "Examples:",
      "  sightline dataset verify data/clock-3k",
      "  sightline dataset verify data/clock-3k --json"
    })
final class VerifyCommand implements Callable<Integer> {
  private static final int LINES = 20;

  @ParentCommand private DatasetCommand dataset = new DatasetCommand();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "At the same time (default: one for each core).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Parameters(index = "0", paramLabel = "DIR", description = "Data set.")
  private Path folder = Path.of("");

  @Override
  public Integer call() {
    DatasetFolder opened = DatasetFolder.open(folder);
    long begun = System.nanoTime();
    List<String> problems;
    try (ProgressBar bar = new ProgressBar()) {
      problems = FolderVerification.verify(opened, threads, bar);
    }
    print(dataset.output(), opened, problems, (System.nanoTime() - begun) / 1e9);
    return problems.isEmpty() ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  static void print(Output output, DatasetFolder opened, List<String> problems, double seconds) {
    int items = opened.index().items();
    problems.stream().limit(LINES).forEach(output::problem);
    if (problems.size() > LINES) {
      output.problem("... and " + (problems.size() - LINES) + " more; --json lists all");
    }
    output.line(
        String.format(
            Locale.ROOT,
            "%s: %,d items, %s (%.1f s, %,.0f/s)",
            opened.root(),
            items,
            problems.isEmpty()
                ? "all right"
                : problems.size() + (problems.size() == 1 ? " problem" : " problems"),
            seconds,
            items / Math.max(seconds, 1e-3)));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("folder", opened.root().toString());
    document.put("items", items);
    document.put("valid", problems.isEmpty());
    document.put("problems", problems);
    document.put("seconds", seconds);
    output.result(document);
  }
}
