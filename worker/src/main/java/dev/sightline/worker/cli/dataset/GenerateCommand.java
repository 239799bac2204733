package dev.sightline.worker.cli.dataset;

import dev.sightline.dataset.folder.DatasetFolder;
import dev.sightline.dataset.generation.FolderVerification;
import dev.sightline.dataset.generation.LocalGeneration;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.dataset.DatasetManifest;
import dev.sightline.puzzle.dataset.DatasetPlan;
import dev.sightline.puzzle.dataset.PortionManifest;
import dev.sightline.puzzle.dataset.Split;
import dev.sightline.worker.cli.ExitStatus;
import dev.sightline.worker.cli.Output;
import dev.sightline.worker.cli.view.Columns;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Make a data set in this process, on all cores: pictures, questions, answers, twins, splits"
          + " without leaks, options, a manifest; then verify it.",
      "Killed? The same command goes on where it was. Equal plans give equal bytes."
    },
    footer = {
      "",
      "Examples:",
      "  sightline dataset generate --family clock --count 1000 --out data/clock",
      "  sightline dataset generate --family clock,maze --level 1,2,3 --split 800/100/100 --seed 7"
          + " --out data/two",
      "  sightline dataset generate --family rotting_kiwi --config rows=4 --config columns=4"
          + " --count 500 --image-size 224 --out data/kiwi",
      "  sightline dataset generate --spec my-data.yaml --out data/mine"
    })
final class GenerateCommand implements Callable<Integer> {
  @ParentCommand private DatasetCommand dataset = new DatasetCommand();

  @Mixin private PlanOptions options = new PlanOptions();

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to make.")
  private Path out = Path.of("");

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "At the same time (default: one for each core).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--no-verify", description = "Do not verify it afterwards.")
  private boolean unverified;

  @Override
  public Integer call() {
    if (threads < 1 || threads > 1024) {
      throw new SightlineException(
          FailureType.INVALID_REQUEST, "--threads: " + threads + "; use 1 to 1024");
    }
    Output output = dataset.output();
    DatasetPlan plan = options.plan();
    long begun = System.nanoTime();
    LocalGeneration.Made made;
    List<String> problems = List.of();
    double making;
    double all;
    try (ProgressBar bar = new ProgressBar()) {
      made = LocalGeneration.run(plan, out, threads, bar);
      making = (System.nanoTime() - begun) / 1e9;
      if (!unverified && made.shards() > 0) {
        problems = FolderVerification.verify(DatasetFolder.open(out), threads, bar);
      }
      all = (System.nanoTime() - begun) / 1e9;
    }
    problems.forEach(output::problem);
    print(output, made, making, all, problems);
    return problems.isEmpty() ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private void print(
      Output output, LocalGeneration.Made made, double making, double all, List<String> problems) {
    DatasetManifest manifest = made.manifest();
    long items = manifest.plan().counts().total();
    if (made.shards() == 0) {
      output.line(out + ": was finished already");
    } else if (made.shardsMade() < made.shards()) {
      output.line(
          "went on with %d of %d shards"
              .formatted(made.shards() - made.shardsMade(), made.shards()));
    }
    table(manifest).forEach(output::line);
    output.line(
        String.format(
            Locale.ROOT,
            "%s: %,d items in %.1f s (%,.0f/s)%s, digest %s",
            out,
            items,
            making,
            items / Math.max(making, 1e-3),
            unverified || made.shards() == 0
                ? ""
                : String.format(
                    Locale.ROOT,
                    ", verified in %.1f s%s",
                    all - making,
                    problems.isEmpty() ? "" : ": " + problems.size() + " problems"),
            manifest.digest().shortForm()));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("folder", out.toString());
    document.put("items", items);
    document.put("digest", manifest.digest().hex());
    document.put("planDigest", manifest.plan().digest().hex());
    document.put("shards", made.shards());
    document.put("shardsMade", made.shardsMade());
    document.put("seconds", making);
    document.put("itemsPerSecond", items / Math.max(making, 1e-3));
    document.put("verified", !unverified && made.shards() > 0 && problems.isEmpty());
    document.put("problems", problems);
    output.result(document);
  }

  private static List<String> table(DatasetManifest manifest) {
    Columns columns =
        new Columns("lrrrllr")
            .row("part", "train", "dev", "test", "splits by", "levels", "constant answer");
    for (PortionManifest portion : manifest.portions()) {
      Map<String, Integer> levels = new java.util.TreeMap<>();
      portion
          .levels()
          .values()
          .forEach(counts -> counts.forEach((level, n) -> levels.merge(level, n, Integer::sum)));
      double constant =
          portion.kinds().stream()
              .flatMap(kind -> java.util.stream.Stream.ofNullable(kind.constantAnswer()))
              .mapToDouble(answer -> answer.rate())
              .max()
              .orElse(0);
      columns.row(
          portion.portion().label(),
          count(portion, Split.TRAIN),
          count(portion, Split.DEV),
          count(portion, Split.TEST),
          portion.rule().name().toLowerCase(Locale.ROOT).replace('_', ' '),
          levels.toString().replaceAll("[{}]", "").replace('=', ':'),
          String.format(Locale.ROOT, "%.0f %%", 100 * constant));
    }
    return columns.lines("");
  }

  private static String count(PortionManifest portion, Split split) {
    return String.format(Locale.ROOT, "%,d", portion.portion().counts().of(split));
  }
}
