package dev.sightline.worker.cli.stats;

import dev.sightline.statistics.PairedOutcomes;
import dev.sightline.worker.cli.ExitStatus;
import dev.sightline.worker.cli.Output;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compare two arms on the same items and seeds: accuracies, the paired difference with its"
          + " interval, exact tests, categories adjusted by Holm, and what may be said.",
      "A line is {\"item\":\"clock/7\",\"category\":\"clock\",\"seed\":1,\"correct\":true}, with"
          + " \"cluster\" for items that share an image. Missing and double pairs are listed, exit"
          + " status 2. Differences are A minus B; categories weigh equally.",
      "1 seed speaks about these two runs only; a verdict on designs needs 5 seeds, and all that"
          + " were planned."
    },
    footer = {
      "",
      "Examples:",
      "  sightline stats compare --a mixture.jsonl --b only-accuracy.jsonl",
      "  sightline stats compare --a new.jsonl --b old.jsonl --delta 0.02 --planned-seeds 5 --json"
    })
final class CompareCommand implements Callable<Integer> {
  @ParentCommand private StatsCommand stats = new StatsCommand();

  @Option(names = "--a", required = true, paramLabel = "FILE", description = "The first arm.")
  private Path first = Path.of("");

  @Option(names = "--b", required = true, paramLabel = "FILE", description = "The second arm.")
  private Path second = Path.of("");

  @Option(
      names = "--delta",
      paramLabel = "RATE",
      description = "Differences inside +-RATE count as equivalent (default: never said).")
  private @Nullable Double delta;

  @Option(
      names = "--planned-seeds",
      paramLabel = "N",
      description =
          "Seeds that were planned; with fewer there is no verdict (default: those here).")
  private @Nullable Integer plannedSeeds;

  @Option(
      names = "--confidence",
      paramLabel = "RATE",
      description = "Of all intervals (default: ${DEFAULT-VALUE}).")
  private double confidence = 0.95;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      description = "Draws of the bootstrap (default: ${DEFAULT-VALUE}).")
  private int resamples = 10_000;

  @Option(
      names = "--bootstrap-seed",
      paramLabel = "N",
      description = "Equal seeds give equal intervals (default: ${DEFAULT-VALUE}).")
  private long bootstrapSeed = 1;

  @Override
  public Integer call() {
    Output output = stats.output();
    BadInput.share("--confidence", confidence);
    if (delta != null) {
      BadInput.share("--delta", delta);
    }
    if (resamples < 100 || resamples > 1_000_000) {
      throw BadInput.option("--resamples", resamples, "100 to 1000000");
    }
    try {
      PairedOutcomes pairs = OutcomeFile.pair(first, second);
      if (plannedSeeds != null && plannedSeeds < pairs.seeds().size()) {
        throw BadInput.option(
            "--planned-seeds",
            plannedSeeds,
            "at least the " + pairs.seeds().size() + " seeds here");
      }
      ComparisonView view =
          new ComparisonView(
              Comparison.of(
                  pairs,
                  new Comparison.Settings(
                      confidence, resamples, bootstrapSeed, delta, plannedSeeds)),
              confidence);
      if (!output.isJson()) {
        view.lines().forEach(output::line);
      }
      output.result(view.tree());
      return ExitStatus.DONE;
    } catch (BadInput wrong) {
      return wrong.print(output);
    }
  }
}
