package dev.sightline.worker.cli.stats;

import dev.sightline.statistics.Power;
import dev.sightline.worker.cli.ExitStatus;
import dev.sightline.worker.cli.Output;
import dev.sightline.worker.cli.view.Columns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "power",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Say which differences a number of items and seeds can find, and what a difference needs.",
      "Items of one run: McNemar's test, by discordance (share of items on which the arms differ);"
          + " sizes by Connor's formula, power by the exact test. Seeds: paired t test, by the"
          + " standard deviation of per-seed differences."
    },
    footer = {
      "",
      "Examples:",
      "  sightline stats power --items 900 --seeds 5",
      "  sightline stats power --items 900 --seeds 5 --difference 0.0556",
      "  sightline stats power --items 256 --discordance 0.15 --seed-sd 0.03 --power 0.9 --json"
    })
final class PowerCommand implements Callable<Integer> {
  @ParentCommand private StatsCommand stats = new StatsCommand();

  @Option(
      names = "--items",
      paramLabel = "N",
      description = "Test items of each arm (default: ${DEFAULT-VALUE}).")
  private int items = 900;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Seeds of each arm (default: ${DEFAULT-VALUE}).")
  private int seeds = 5;

  @Option(
      names = "--difference",
      paramLabel = "RATE",
      description = "Also say what this difference needs, and how likely it is found.")
  private @Nullable Double difference;

  @Option(
      names = "--discordance",
      split = ",",
      paramLabel = "RATE",
      description = "Default: 0.1,0.2,0.3.")
  private List<Double> discordances = Power.DISCORDANCES;

  @Option(
      names = "--seed-sd",
      split = ",",
      paramLabel = "RATE",
      description = "Default: 0.01,0.02,0.04.")
  private List<Double> deviations = Power.SEED_DEVIATIONS;

  @Option(
      names = "--power",
      paramLabel = "RATE",
      description = "Chance to find the difference (default: ${DEFAULT-VALUE}).")
  private double power = Power.POWER;

  @Option(
      names = "--level",
      paramLabel = "RATE",
      description = "Two-sided level of the test (default: ${DEFAULT-VALUE}).")
  private double level = Power.LEVEL;

  @Override
  public Integer call() {
    Output output = stats.output();
    check();
    Power.Table table = Power.table(items, discordances, seeds, deviations, power, level);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("power", power);
    tree.put("level", level);
    tree.put("items", items);
    tree.put("seeds", seeds);
    tree.put("byItems", table.items().stream().map(this::tree).toList());
    tree.put("bySeeds", table.seeds().stream().map(this::tree).toList());
    tree.put("smallestSignFlip", table.smallestSignFlip());
    if (!output.isJson()) {
      lines(table).forEach(output::line);
    }
    output.result(tree);
    return ExitStatus.DONE;
  }

  private void check() {
    if (items < 1 || items > 1_000_000) {
      throw BadInput.option("--items", items, "1 to 1000000");
    }
    if (seeds < 1 || seeds > 10_000) {
      throw BadInput.option("--seeds", seeds, "1 to 10000");
    }
    if (difference != null) {
      BadInput.share("--difference", difference);
    }
    discordances.forEach(value -> BadInput.share("--discordance", value));
    deviations.forEach(value -> BadInput.share("--seed-sd", value));
    BadInput.share("--power", power);
    BadInput.share("--level", level);
    if (power <= level) {
      throw BadInput.option("--power", power, "more than the level, " + level);
    }
  }

  private Map<String, Object> tree(Power.ItemRow row) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("discordance", row.discordance());
    tree.put("smallestDifference", orNull(row.difference()));
    if (difference != null) {
      tree.put("powerOfDifference", orNull(powerOf(row)));
      tree.put("itemsForDifference", orNull(itemsFor(row)));
    }
    return tree;
  }

  private Map<String, Object> tree(Power.SeedRow row) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("deviation", row.deviation());
    tree.put("smallestDifference", orNull(row.difference()));
    if (difference != null) {
      tree.put("powerOfDifference", orNull(powerOf(row)));
      tree.put("seedsForDifference", orNull(seedsFor(row)));
    }
    return tree;
  }

  /** Empty where the arms differ on too few items for such a difference. */
  private OptionalDouble powerOf(Power.ItemRow row) {
    return difference == null || difference > row.discordance()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Power.itemPower(row.discordance(), difference, items, level));
  }

  private OptionalInt itemsFor(Power.ItemRow row) {
    return difference == null || difference > row.discordance()
        ? OptionalInt.empty()
        : OptionalInt.of(Power.items(row.discordance(), difference, power, level));
  }

  private OptionalDouble powerOf(Power.SeedRow row) {
    return difference == null || seeds < 2
        ? OptionalDouble.empty()
        : OptionalDouble.of(Power.studentPower(difference / row.deviation(), seeds, level));
  }

  private OptionalInt seedsFor(Power.SeedRow row) {
    return difference == null
        ? OptionalInt.empty()
        : Power.seeds(row.deviation(), difference, power, level);
  }

  private static @Nullable Double orNull(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }

  private static @Nullable Integer orNull(OptionalInt value) {
    return value.isPresent() ? (Integer) value.getAsInt() : null;
  }

  private List<String> lines(Power.Table table) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Smallest difference found with power "
            + power
            + " at level "
            + level
            + ", two-sided, in points:");
    String wanted = difference == null ? "" : "of " + ComparisonView.percent(difference);
    Columns byItems =
        new Columns("lrrr")
            .row(
                items + " items, 1 seed",
                "smallest",
                difference == null ? "" : "power " + wanted,
                difference == null ? "" : "items for it");
    for (Power.ItemRow row : table.items()) {
      byItems.row(
          "discordance " + row.discordance(),
          points(row.difference()),
          share(powerOf(row)),
          count(itemsFor(row)));
    }
    lines.addAll(byItems.lines("  "));
    Columns bySeeds =
        new Columns("lrrr")
            .row(
                seeds + (seeds == 1 ? " seed" : " seeds"),
                "smallest",
                difference == null ? "" : "power " + wanted,
                difference == null ? "" : "seeds for it");
    for (Power.SeedRow row : table.seeds()) {
      bySeeds.row(
          "seed SD " + ComparisonView.percent(row.deviation()),
          points(row.difference()),
          share(powerOf(row)),
          count(seedsFor(row)));
    }
    lines.addAll(bySeeds.lines("  "));
    lines.add(
        "A sign-flip test over "
            + seeds
            + (seeds == 1 ? " seed" : " seeds")
            + " cannot give p below "
            + table.smallestSignFlip()
            + ". A dash: not found, or not possible.");
    return lines;
  }

  private static String points(OptionalDouble value) {
    return value.isPresent() ? ComparisonView.percent(value.getAsDouble()) : "-";
  }

  private String share(OptionalDouble value) {
    return difference == null
        ? ""
        : value.isPresent() ? ComparisonView.rounded(value.getAsDouble()) : "-";
  }

  private String count(OptionalInt value) {
    return difference == null ? "" : value.isPresent() ? Integer.toString(value.getAsInt()) : "-";
  }
}
