package dev.sightline.report;

import dev.sightline.report.Decomposition.Edited;
import dev.sightline.report.Decomposition.ErrorSplit;
import dev.sightline.report.Decomposition.Estimate;
import dev.sightline.report.Decomposition.ModeRate;
import dev.sightline.report.Decomposition.Part;
import dev.sightline.report.Decomposition.Swapped;
import dev.sightline.report.ReportRequest.Arm;
import dev.sightline.report.ReportRequest.Comparing;
import dev.sightline.report.ReportRequest.Evaluation;
import dev.sightline.report.ReportRequest.Row;
import dev.sightline.statistics.CrossedBootstrap;
import dev.sightline.statistics.Outcome;
import dev.sightline.statistics.PairedOutcomes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Computes {@link Decomposition}s. Every number is a mean of a value of the item, so one bootstrap
 * over items (and seeds) serves all, with the same draws.
 */
final class Decompositions {
  static final String IMAGE = "image";
  static final String TRUE_DESCRIPTION = "true-description";
  static final String EDITED_DESCRIPTION = "edited-description";
  static final String SWAPPED = "swapped";

  /** The order in which modes are shown; others come behind by name. */
  private static final List<String> ORDER =
      List.of(
          IMAGE,
          "text",
          "image+text",
          TRUE_DESCRIPTION,
          "own-description",
          "blank",
          SWAPPED,
          EDITED_DESCRIPTION);

  private final Comparing comparing;

  private Decompositions(Comparing comparing) {
    this.comparing = comparing;
  }

  /** The start's and each arm's, under the comparing template, for each split with the image. */
  static List<Decomposition> of(ReportRequest request, List<Evaluation> evaluations) {
    Comparing comparing = request.experiment().comparing();
    Decompositions decompositions = new Decompositions(comparing);
    List<String> policies = new ArrayList<>(List.of(ReportRequest.BASELINE));
    request.arms().stream().map(Arm::name).forEach(policies::add);
    List<Decomposition> found = new ArrayList<>();
    for (String split : new TreeSet<>(evaluations.stream().map(Evaluation::split).toList())) {
      for (String policy : policies) {
        List<Evaluation> mine =
            evaluations.stream()
                .filter(
                    e ->
                        e.arm().equals(policy)
                            && e.split().equals(split)
                            && e.template().equals(comparing.template()))
                .toList();
        Decomposition one = decompositions.policy(policy, split, mine);
        if (one != null) {
          found.add(one);
        }
      }
    }
    return found;
  }

  /** Item rows of one seed by mode, then by item. */
  private record Run(long seed, Map<String, SortedMap<String, Row>> modes) {
    Map<String, Row> image() {
      return mode(IMAGE);
    }

    Map<String, Row> mode(String mode) {
      return modes.getOrDefault(mode, new TreeMap<>());
    }
  }

  private @Nullable Decomposition policy(String policy, String split, List<Evaluation> mine) {
    SortedMap<Long, Map<String, SortedMap<String, Row>>> bySeed = new TreeMap<>();
    for (Evaluation evaluation : mine) {
      SortedMap<String, Row> rows = new TreeMap<>();
      evaluation.rows().forEach(row -> rows.put(row.item(), row));
      bySeed.computeIfAbsent(seed(evaluation), s -> new HashMap<>()).put(evaluation.mode(), rows);
    }
    List<Run> runs = new ArrayList<>();
    bySeed.forEach((seed, modes) -> runs.add(new Run(seed, modes)));
    runs.removeIf(run -> run.image().isEmpty());
    if (runs.isEmpty()) {
      return null;
    }
    List<Part> parts = new ArrayList<>();
    Map<String, Set<String>> levels = new TreeMap<>();
    runs.getFirst()
        .image()
        .values()
        .forEach(
            row -> levels.computeIfAbsent(row.family(), f -> new TreeSet<>()).add(row.level()));
    levels.forEach(
        (family, ofFamily) -> {
          if (levels.size() > 1) {
            parts.add(part(runs, family, null));
          }
          if (ofFamily.size() > 1) {
            ofFamily.forEach(level -> parts.add(part(runs, family, level)));
          }
        });
    return new Decomposition(
        policy,
        comparing.template(),
        split,
        mine.stream().anyMatch(e -> e.seed() == null)
            ? List.of()
            : runs.stream().map(Run::seed).toList(),
        part(runs, null, null),
        parts);
  }

  private static long seed(Evaluation evaluation) {
    return evaluation.seed() == null ? 0 : evaluation.seed();
  }

  private Part part(List<Run> all, @Nullable String family, @Nullable String level) {
    Predicate<Row> here =
        row ->
            (family == null || row.family().equals(family))
                && (level == null || row.level().equals(level));
    List<Run> runs = all.stream().map(run -> only(run, here)).toList();
    Means means = new Means(runs, level == null);
    List<ModeRate> modes = new ArrayList<>();
    for (String mode : modes(runs)) {
      Estimate accuracy = means.of(mode, (image, row) -> right(row));
      Estimate minusImage =
          mode.equals(IMAGE) ? null : means.of(mode, (image, row) -> right(row) - right(image));
      if (accuracy != null) {
        modes.add(new ModeRate(mode, accuracy, minusImage));
      }
    }
    return new Part(
        family,
        level,
        (int) runs.getFirst().image().values().stream().map(Row::family).distinct().count(),
        runs.getFirst().image().size(),
        modes,
        errorSplit(means),
        edited(runs, means),
        swapped(runs, means));
  }

  private static Run only(Run run, Predicate<Row> here) {
    Map<String, SortedMap<String, Row>> modes = new HashMap<>();
    run.modes()
        .forEach(
            (mode, rows) -> {
              SortedMap<String, Row> kept = new TreeMap<>(rows);
              kept.values().removeIf(here.negate());
              modes.put(mode, kept);
            });
    return new Run(run.seed(), modes);
  }

  /** Those that every seed has, in the order of showing. */
  private static List<String> modes(List<Run> runs) {
    List<String> modes = new ArrayList<>(ORDER);
    new TreeSet<>(runs.getFirst().modes().keySet())
        .stream().filter(mode -> !ORDER.contains(mode)).forEach(modes::add);
    modes.removeIf(mode -> runs.stream().anyMatch(run -> run.mode(mode).isEmpty()));
    return modes;
  }

  private @Nullable ErrorSplit errorSplit(Means means) {
    Estimate none = means.of(IMAGE, (image, row) -> right(image));
    Estimate perceived = means.of(TRUE_DESCRIPTION, (image, row) -> right(row));
    Estimate reasoned = means.of(IMAGE, (image, row) -> solved(image));
    Estimate perception =
        means.of(
            TRUE_DESCRIPTION,
            (image, row) -> ((right(row) - right(image)) + (1 - solved(image))) / 2);
    Estimate reasoning =
        means.of(
            TRUE_DESCRIPTION,
            (image, row) -> ((solved(image) - right(image)) + (1 - right(row))) / 2);
    if (none == null
        || perceived == null
        || reasoned == null
        || perception == null
        || reasoning == null) {
      return null;
    }
    double error = 1 - none.value();
    boolean enough = error >= Decomposition.LEAST_ERROR;
    return new ErrorSplit(
        none,
        perceived,
        reasoned,
        perception,
        reasoning,
        enough ? (Double) (perception.value() / error) : null,
        enough ? (Double) (reasoning.value() / error) : null);
  }

  private static double right(Row row) {
    return row.strictCorrect() ? 1 : 0;
  }

  /** Whether the solver's answer to the described scene is right; 0 where there is none. */
  private static double solved(Row row) {
    return row.goldAnswer().equals(row.describedAnswer()) ? 1 : 0;
  }

  private @Nullable Edited edited(List<Run> runs, Means means) {
    Value follow = (image, row) -> yes(row.otherCorrect());
    Value stay = (image, row) -> row.otherCorrect() == null ? null : (Double) right(row);
    Value other =
        (image, row) ->
            row.otherCorrect() == null
                ? null
                : (Double) (row.otherCorrect() || row.strictCorrect() ? 0.0 : 1.0);
    Estimate followed = means.of(EDITED_DESCRIPTION, follow);
    Estimate stayed = means.of(EDITED_DESCRIPTION, stay);
    Estimate neither = means.of(EDITED_DESCRIPTION, other);
    return followed == null || stayed == null || neither == null
        ? null
        : new Edited(
            count(runs, EDITED_DESCRIPTION, row -> row.otherCorrect() != null),
            followed,
            stayed,
            neither);
  }

  private @Nullable Swapped swapped(List<Run> runs, Means means) {
    Estimate shown = means.of(SWAPPED, (image, row) -> yes(row.otherPerceived()));
    Estimate asked =
        means.of(
            SWAPPED, (image, row) -> row.otherPerceived() == null ? null : yes(row.perceived()));
    Estimate answers =
        means.of(
            SWAPPED, (image, row) -> row.otherPerceived() == null ? null : (Double) right(row));
    return shown == null || asked == null || answers == null
        ? null
        : new Swapped(
            count(runs, SWAPPED, row -> row.otherPerceived() != null),
            shown,
            asked,
            means.of(SWAPPED, (image, row) -> yes(row.otherCorrect())),
            answers);
  }

  private static @Nullable Double yes(@Nullable Boolean value) {
    return value == null ? null : (Double) (value ? 1.0 : 0.0);
  }

  private static int count(List<Run> runs, String mode, Predicate<Row> wanted) {
    return (int) runs.getFirst().mode(mode).values().stream().filter(wanted).count();
  }

  /** A value of an item from its row with the image and its row in a mode; null to leave it out. */
  @FunctionalInterface
  private interface Value {
    @Nullable Double of(Row image, Row row);
  }

  /** Means over the items of some runs. */
  private final class Means {
    private final List<Run> runs;
    private final boolean intervals;

    Means(List<Run> runs, boolean intervals) {
      this.runs = runs;
      this.intervals = intervals;
    }

    /** Null where a seed lacks the mode or no item has the value. */
    @Nullable Estimate of(String mode, Value value) {
      List<Outcome> outcomes = new ArrayList<>();
      List<Outcome> zeros = new ArrayList<>();
      for (Run run : runs) {
        if (run.mode(mode).isEmpty()) {
          return null;
        }
        for (Map.Entry<String, Row> entry : run.mode(mode).entrySet()) {
          Row row = entry.getValue();
          Row image = run.image().get(entry.getKey());
          Double one = image == null ? null : value.of(image, row);
          if (one != null) {
            outcomes.add(new Outcome(row.item(), row.cluster(), row.family(), run.seed(), one));
            zeros.add(new Outcome(row.item(), row.cluster(), row.family(), run.seed(), 0));
          }
        }
      }
      if (outcomes.isEmpty()) {
        return null;
      }
      PairedOutcomes pairs = PairedOutcomes.of(outcomes, zeros);
      return new Estimate(
          pairs.difference(),
          intervals
              ? CrossedBootstrap.interval(
                  pairs, comparing.resamples(), comparing.confidence(), comparing.bootstrapSeed())
              : null);
    }
  }
}
