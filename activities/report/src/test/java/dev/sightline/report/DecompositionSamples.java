package dev.sightline.report;

import dev.sightline.report.ReportRequest.Dataset;
import dev.sightline.report.ReportRequest.Description;
import dev.sightline.report.ReportRequest.Evaluation;
import dev.sightline.report.ReportRequest.Kind;
import dev.sightline.report.ReportRequest.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Requests with every mode, two families of unequal size and two levels, drawn from a seed. */
final class DecompositionSamples {
  static final List<String> MODES =
      List.of(
          "image",
          "text",
          "image+text",
          "true-description",
          "own-description",
          "blank",
          "swapped",
          "edited-description");

  private DecompositionSamples() {}

  static ReportRequest of(int seeds, int items, List<String> modes) {
    ReportRequest plain = SampleRequests.of(new SampleRequests.Shape(seeds, 1, null, true, true));
    List<Evaluation> evaluations = new ArrayList<>();
    int policy = 0;
    for (String arm : List.of("baseline", "only_accuracy", "format_accuracy", "perception_facts")) {
      double skill = 0.35 + 0.15 * policy;
      for (long seed : arm.equals("baseline") ? List.of(0L) : plain.seeds()) {
        for (String mode : modes) {
          evaluations.add(
              new Evaluation(
                  arm,
                  arm.equals("baseline") ? null : (Long) seed,
                  arm + "/" + seed,
                  SampleRequests.DIGEST,
                  SampleRequests.DIGEST,
                  "probe",
                  mode,
                  "test",
                  rows(mode, items, skill, 97L * policy + 7 * seed)));
        }
      }
      policy++;
    }
    return new ReportRequest(
        plain.experiment(),
        plain.environment(),
        plain.amendments(),
        plain.seeds(),
        plain.arms(),
        plain.missing(),
        plain.decisions(),
        plain.blind(),
        List.of(
            new Dataset(
                "rotting_kiwi",
                "test",
                items,
                "2,114",
                "2",
                0.41,
                0.004,
                List.of(new Kind("minutes", "2", 4))),
            new Dataset(
                "maze",
                "test",
                2 * items,
                "10 or more",
                "1",
                0.2,
                0.0,
                List.of(new Kind("turns", "1", 5), new Kind("exits", "3", 2)))),
        evaluations,
        plain.training(),
        plain.development(),
        plain.failures(),
        plain.provenance());
  }

  /** Two levels of each family; every other maze item shares its scene with the one before. */
  private static List<Row> rows(String mode, int items, double skill, long salt) {
    SplittableRandom random = new SplittableRandom(salt * 31 + mode.hashCode());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 3 * items; i++) {
      boolean maze = i >= items;
      String gold = Integer.toString(i % 4);
      boolean described = mode.equals("image") || mode.equals("blank") || mode.equals("swapped");
      boolean complete = random.nextDouble() < 0.9;
      boolean seen = complete && random.nextDouble() < (mode.equals("blank") ? 0.05 : skill);
      String solved = seen ? gold : Integer.toString(random.nextInt(4));
      double help = mode.equals("true-description") ? 0.3 : mode.equals("blank") ? -0.2 : 0;
      boolean correct = random.nextDouble() < skill + help;
      String answer = correct ? gold : Integer.toString((i + 1) % 4);
      Boolean agrees = seen ? correct : answer.equals(solved);
      boolean edit = mode.equals("edited-description") && i % 7 != 0;
      boolean swap = mode.equals("swapped") && i % 11 != 0;
      boolean follows = !correct && random.nextBoolean();
      rows.add(
          new Row(
              Integer.toString(1000 + i),
              "scene-" + (maze ? i / 2 : i),
              maze ? "maze" : "rotting_kiwi",
              Integer.toString(1 + i % 2),
              maze ? i % 3 == 0 ? "exits" : "turns" : "minutes",
              gold,
              answer,
              described && complete ? solved : null,
              correct,
              correct,
              !described ? null : complete ? Description.COMPLETE : Description.UNPARSABLE,
              described ? (Boolean) seen : null,
              null,
              mode.equals("image") ? (Double) (random.nextBoolean() ? 1.0 : 0.0) : null,
              described && complete ? agrees : null,
              described && complete ? (Double) 0.25 : null,
              false,
              described ? (Double) (seen ? 1.0 : 0.4) : null,
              swap ? (Boolean) (!seen && random.nextBoolean()) : null,
              other(edit, swap && i % 5 != 0, follows)));
    }
    return rows;
  }

  private static @Nullable Boolean other(boolean edit, boolean swap, boolean follows) {
    return edit || swap ? (Boolean) follows : null;
  }
}
