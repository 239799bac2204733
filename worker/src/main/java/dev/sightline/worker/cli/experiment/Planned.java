package dev.sightline.worker.cli.experiment;

import dev.sightline.spec.Ablation;
import dev.sightline.spec.Catalogs;
import dev.sightline.spec.DatasetParts;
import dev.sightline.spec.ExperimentPlan;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.FamilyCatalog;
import dev.sightline.spec.PlanEstimate;
import dev.sightline.spec.PlannedStage;
import dev.sightline.spec.Planner;
import dev.sightline.spec.SpecWriter;
import dev.sightline.spec.Trainable;
import dev.sightline.spec.Work;
import dev.sightline.statistics.Power;
import dev.sightline.worker.cli.view.Columns;
import dev.sightline.worker.cli.view.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment would do: stages, work, time, and which effects it could show.
 *
 * @param defaulted paths of the fields that were filled from defaults
 */
public record Planned(
    ExperimentSpec spec,
    List<String> defaulted,
    List<ExperimentSpec.Part> parts,
    ExperimentPlan plan,
    PlanEstimate estimate,
    Power.Table power) {
  /** Mixture minus the untrained model in arXiv 2601.00215, Table 2, as a share. */
  private static final double PAPERS_GAIN = 0.0556;

  public Planned {
    parts = List.copyOf(parts);
    defaulted = List.copyOf(defaulted);
  }

  public static Planned of(ExperimentSpec spec, List<String> defaulted, Catalogs catalogs) {
    ExperimentPlan plan = Planner.plan(spec, catalogs);
    List<ExperimentSpec.Part> parts =
        DatasetParts.need(spec.dataset(), Objects.requireNonNull(catalogs.families()));
    return new Planned(
        spec,
        defaulted,
        parts,
        plan,
        PlanEstimate.of(plan, PlanEstimate.Rates.of(spec.policy().model())),
        Power.table(DatasetParts.counts(parts).test(), spec.testedSeeds().size()));
  }

  /** Lines of at most 100 columns. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(spec.title().isEmpty() ? spec.name() : spec.name() + " - " + spec.title());
    ExperimentSpec.Counts counts = DatasetParts.counts(parts);
    Columns head =
        new Columns("ll")
            .row("experiment", plan.experiment())
            .row("digest", plan.spec().hex())
            .row(
                "data set",
                "%s version %s: %s train, %s dev, %s test"
                    .formatted(
                        spec.dataset().title(),
                        plan.familyVersion(),
                        Words.count(counts.train()),
                        Words.count(counts.dev()),
                        Words.count(counts.test())));
    FamilyCatalog.@Nullable SpaceSize space = plan.space();
    if (space != null) {
      head.row(
          "space",
          "%s%s scenes, %s canonical forms"
              .formatted(
                  space.exact() ? "" : "at least ",
                  Words.count(space.scenes()),
                  Words.count(space.canonicalForms())));
    }
    if (parts.size() > 1) {
      parts.forEach(part -> head.row("", partWords(part)));
    }
    lines.addAll(head.lines("  "));
    lines.add("");
    lines.add("Resolved experiment");
    lines.addAll(new ResolvedText(defaulted).lines(SpecWriter.tree(spec), "  "));
    lines.add("");
    lines.addAll(stageLines());
    lines.add("");
    lines.addAll(powerLines());
    List<String> missing = Trainable.missing(spec);
    if (!missing.isEmpty()) {
      lines.add("");
      lines.add("Cannot be submitted yet");
      missing.forEach(line -> lines.addAll(Columns.wrap("  ", line)));
    }
    lines.add("");
    lines.add("Nothing was started.");
    return lines;
  }

  private static String partWords(ExperimentSpec.Part part) {
    return "%s%s: %s train, %s dev, %s test"
        .formatted(
            part.family(),
            part.levels() == null ? "" : " levels " + part.levels(),
            Words.count(part.counts().train()),
            Words.count(part.counts().dev()),
            Words.count(part.counts().test()));
  }

  private List<String> stageLines() {
    Columns table = new Columns("lrrrrr");
    table.row("stage", "items", "steps", "rollouts", "answers", "about");
    for (int i = 0; i < plan.stages().size(); i++) {
      PlannedStage stage = plan.stages().get(i);
      row(table, stage.target(), stage.work(), estimate.stages().get(i).seconds());
    }
    row(table, "all", plan.work(), estimate.totalSeconds());
    List<String> lines = new ArrayList<>();
    lines.add("Stages and estimates");
    lines.addAll(table.lines("  "));
    lines.addAll(Columns.wrap("  ", sizeWords()));
    lines.addAll(
        Columns.wrap(
            "  ",
            "At most "
                + Words.count(plan.work().tokensUpperBound())
                + " tokens are generated. Times are by rates of "
                + estimate.basis()
                + "; other models and machines differ."));
    return lines;
  }

  private String sizeWords() {
    String size =
        "%s arms, %s runs, %s%s optimizer steps"
            .formatted(
                Words.count(spec.arms().size()),
                runWords(),
                decides() ? "at most " : "",
                Words.count(plan.work().optimizerSteps()));
    return spec.policy().model().random()
        ? size + "."
        : size
            + ", about "
            + Words.count(Math.round(estimate.totalSeconds() / 3600))
            + " GPU hours.";
  }

  /** Training runs that there are in any case: tries, arms that choose, arms that are tested. */
  private long leastRuns() {
    long tries =
        spec.tuning()
            .map(tuning -> (long) tuning.learningRates().size() * spec.arms().size())
            .orElse(0L);
    long fresh =
        spec.halving()
            .map(halving -> (long) kept(halving) * halving.freshSeeds().size())
            .orElse(0L);
    return tries + (long) spec.arms().size() * spec.seeds().size() + fresh;
  }

  /** The most: a reference that stays beside the best, and every seed that may be added. */
  private long mostRuns() {
    long reference = spec.halving().map(halving -> (long) halving.freshSeeds().size()).orElse(0L);
    long more =
        spec.addSeedsUntil()
            .map(add -> (long) add.moreSeeds().size() * Planner.armsOfContrasts(spec).size())
            .orElse(0L);
    return leastRuns() + reference + more;
  }

  private static int kept(Ablation.Halving halving) {
    return halving.rungs().getLast().keep();
  }

  /** Whether decisions on the way may end runs early or add some. */
  private boolean decides() {
    return spec.halving().isPresent()
        || spec.futility().isPresent()
        || spec.addSeedsUntil().isPresent();
  }

  private String runWords() {
    return leastRuns() == mostRuns()
        ? Words.count(mostRuns())
        : Words.count(leastRuns()) + " to " + Words.count(mostRuns());
  }

  private static void row(Columns table, String stage, Work work, double seconds) {
    table.row(
        stage,
        amount(work.items()),
        amount(work.optimizerSteps()),
        amount(work.rolledOutCompletions()),
        amount(work.evaluatedCompletions()),
        Words.duration(seconds));
  }

  private static String amount(long amount) {
    return amount == 0 ? "" : Words.count(amount);
  }

  private List<String> powerLines() {
    List<String> lines = new ArrayList<>();
    lines.add("Smallest effects that this experiment can show (power 0.8, level 0.05)");
    Columns items = new Columns("rl");
    for (Power.ItemRow row : power.items()) {
      items.row(
          "%d%%".formatted(Math.round(100 * row.discordance())),
          "of the test items differ between two checkpoints: " + effect(row.difference()));
    }
    lines.addAll(items.lines("  "));
    if (spec.testedSeeds().size() < 2) {
      lines.add("  between designs: nothing, for that takes 2 seeds or more");
    } else {
      Columns seeds = new Columns("rl");
      for (Power.SeedRow row : power.seeds()) {
        seeds.row(
            Words.points(row.deviation()),
            "standard deviation of the seeds' differences: " + effect(row.difference()));
      }
      lines.addAll(seeds.lines("  "));
      lines.add(
          String.format(
              Locale.ROOT,
              "  a sign-flip test over %d seeds can give no p below %.4f",
              spec.testedSeeds().size(),
              power.smallestSignFlip()));
    }
    warning().ifPresent(words -> lines.addAll(Columns.wrap("  ", words)));
    return lines;
  }

  /** Whether a difference as large as the paper's best could be missed. */
  private Optional<String> warning() {
    List<String> blind = new ArrayList<>();
    for (Power.ItemRow row : power.items()) {
      if (misses(row.difference())) {
        blind.add("%d%% of the items differ".formatted(Math.round(100 * row.discordance())));
      }
    }
    if (spec.testedSeeds().size() < 2) {
      blind.add("designs are compared, for there is one seed");
    } else {
      for (Power.SeedRow row : power.seeds()) {
        if (misses(row.difference())) {
          blind.add("the seeds' standard deviation is " + Words.points(row.deviation()));
        }
      }
    }
    return blind.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Warning: a difference of 5.56 points, the paper's best gain, could not be seen where "
                + String.join(", or ", blind)
                + ".");
  }

  private static boolean misses(OptionalDouble difference) {
    return difference.isEmpty() || difference.getAsDouble() > PAPERS_GAIN;
  }

  private static String effect(OptionalDouble difference) {
    return difference.isPresent() ? Words.points(difference.getAsDouble()) : "none can be shown";
  }

  /** The same as a JSON tree. */
  @SuppressWarnings("NullAway") // a JSON tree holds nulls, which Map<String, Object> cannot say
  public Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("valid", true);
    tree.put("experiment", plan.experiment());
    tree.put("digest", plan.spec().hex());
    tree.put("spec", SpecWriter.tree(spec));
    tree.put("defaulted", defaulted);
    tree.put("missing", Trainable.missing(spec));
    tree.put("plan", plan.toMap());
    Map<String, Object> seconds = new LinkedHashMap<>();
    estimate.stages().forEach(stage -> seconds.put(stage.target(), stage.seconds()));
    tree.put(
        "estimate",
        Map.of(
            "basis",
            estimate.basis(),
            "totalSeconds",
            estimate.totalSeconds(),
            "stageSeconds",
            seconds));
    Map<String, Object> effects = new LinkedHashMap<>();
    effects.put("power", Power.POWER);
    effects.put("level", Power.LEVEL);
    effects.put(
        "items",
        power.items().stream()
            .map(row -> effect("discordance", row.discordance(), row.items(), row.difference()))
            .toList());
    effects.put(
        "seeds",
        power.seeds().stream()
            .map(row -> effect("deviation", row.deviation(), row.seeds(), row.difference()))
            .toList());
    effects.put("smallestSignFlip", power.smallestSignFlip());
    tree.put("minimumDetectableEffect", effects);
    tree.put("arms", spec.arms().size());
    tree.put("runs", mostRuns());
    tree.put("leastRuns", leastRuns());
    tree.put("gpuHours", spec.policy().model().random() ? null : estimate.totalSeconds() / 3600);
    tree.put("warning", warning().orElse(null));
    return tree;
  }

  @SuppressWarnings("NullAway") // a difference that cannot be found is JSON's null
  private static Map<String, Object> effect(
      String name, double value, int n, OptionalDouble difference) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put(name, value);
    tree.put("n", n);
    tree.put("difference", difference.isPresent() ? difference.getAsDouble() : null);
    return tree;
  }
}
