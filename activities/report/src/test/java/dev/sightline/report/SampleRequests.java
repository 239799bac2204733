package dev.sightline.report;

import dev.sightline.report.ReportRequest.Arm;
import dev.sightline.report.ReportRequest.Comparing;
import dev.sightline.report.ReportRequest.Dataset;
import dev.sightline.report.ReportRequest.Description;
import dev.sightline.report.ReportRequest.DevelopmentCurve;
import dev.sightline.report.ReportRequest.DevelopmentPoint;
import dev.sightline.report.ReportRequest.Evaluation;
import dev.sightline.report.ReportRequest.Experiment;
import dev.sightline.report.ReportRequest.Failure;
import dev.sightline.report.ReportRequest.MissingReason;
import dev.sightline.report.ReportRequest.MissingRun;
import dev.sightline.report.ReportRequest.Row;
import dev.sightline.report.ReportRequest.TrainingCurve;
import dev.sightline.report.ReportRequest.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Requests of the shape that the quickstart makes, drawn from stated rates. */
final class SampleRequests {
  static final String DIGEST = "ab".repeat(32);
  private static final List<String> ARMS =
      List.of("only_accuracy", "format_accuracy", "perception_facts");
  private static final double[] PERCEPTION = {0.05, 0.10, 0.98};

  private SampleRequests() {}

  /**
   * @param skip an arm without results; null for none
   * @param start whether the start was evaluated
   * @param perceive whether P, Q and S exist
   */
  record Shape(int seeds, int items, @Nullable String skip, boolean start, boolean perceive) {}

  static ReportRequest of(Shape shape) {
    List<Long> seeds = LongStream.range(0, shape.seeds()).boxed().toList();
    List<Evaluation> evaluations = new ArrayList<>();
    List<TrainingCurve> training = new ArrayList<>();
    List<DevelopmentCurve> development = new ArrayList<>();
    if (shape.start()) {
      for (String mode : List.of("image", "text")) {
        evaluations.add(evaluation(shape, ReportRequest.BASELINE, null, mode, 0.71, 0.47, 7));
      }
      training.add(curve(ReportRequest.WARM_START, 0, 450));
    }
    for (int a = 0; a < ARMS.size(); a++) {
      String arm = ARMS.get(a);
      if (arm.equals(shape.skip())) {
        continue;
      }
      for (long seed : seeds) {
        for (String mode : List.of("image", "text")) {
          evaluations.add(
              evaluation(shape, arm, seed, mode, PERCEPTION[a], 0.46 + 0.01 * a, 31 * a + seed));
        }
        training.add(curve(arm, seed, 40));
        development.add(development(arm, seed, PERCEPTION[a]));
      }
    }
    return new ReportRequest(
        new Experiment(
            "quickstart-" + DIGEST.substring(0, 12),
            "quickstart",
            "Reward ablation on rotting kiwis, 3 x 3",
            DIGEST,
            Map.of("name", "quickstart", "model", Map.of("kind", "tiny-vl", "seed", 1)),
            true,
            Comparing.defaults("only_accuracy", 11)),
        Map.of("torch", "2.9.1", "device", "cpu", "threads", 2),
        List.of(),
        seeds,
        List.of(
            new Arm("only_accuracy", "describe", Map.of("accuracy", 1.0), 0),
            new Arm("format_accuracy", "describe", Map.of("format", 0.2), 20),
            new Arm("perception_facts", "describe", Map.of("facts", 0.5), 0)),
        shape.skip() == null
            ? List.of()
            : List.of(new MissingRun(shape.skip(), null, MissingReason.SKIPPED, "by the operator")),
        ReportRequest.Decisions.NONE,
        List.of(),
        List.of(
            new Dataset(
                "rotting_kiwi",
                "test",
                shape.items(),
                "2,114 canonical scenes",
                "2",
                0.41,
                0.004,
                List.of(new ReportRequest.Kind("minutes", "2", 5)))),
        evaluations,
        training,
        development,
        List.of(new Failure("train/only_accuracy/0", "POLICY_STUB_DEAD", "stub killed", 2)),
        Map.of("startedAt", "2026-01-01T00:00:00Z", "host", "somewhere"));
  }

  private static Evaluation evaluation(
      Shape shape,
      String arm,
      @Nullable Long seed,
      String mode,
      double perception,
      double accuracy,
      long salt) {
    boolean image = mode.equals("image");
    SplittableRandom random = new SplittableRandom(1000 + salt + (image ? 0 : 500));
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < shape.items(); i++) {
      boolean right = random.nextDouble() < perception;
      boolean complete = right || random.nextDouble() < 0.9;
      int gold = i % 4;
      boolean correct = random.nextDouble() < accuracy;
      boolean read = shape.perceive();
      // P = 1 and an answer present implies S = A.
      boolean consistent = right ? correct : random.nextDouble() < 0.3;
      String answer = Integer.toString(correct ? gold : (gold + 1) % 4);
      rows.add(
          new Row(
              Integer.toString(10_000 + i),
              "scene-" + i,
              "rotting_kiwi",
              "3x3",
              "minutes",
              Integer.toString(gold),
              answer,
              complete && read ? (consistent ? answer : "9") : null,
              correct,
              correct,
              complete ? Description.COMPLETE : Description.UNPARSABLE,
              image && read ? (Boolean) right : null,
              !image && read ? (Boolean) right : null,
              image && read ? (Double) (random.nextDouble() < perception ? 1.0 : 0.0) : null,
              complete && read ? (Boolean) consistent : null,
              complete && read ? (Double) (0.01 * (i % 50)) : null,
              random.nextDouble() < 0.01,
              image && read ? (Double) (right ? 1.0 : 0.5) : null,
              null,
              null));
    }
    return new Evaluation(
        arm,
        seed,
        arm + "/" + (seed == null ? "start" : seed) + "/40",
        DIGEST,
        DIGEST,
        "probe",
        mode,
        "test",
        rows);
  }

  private static TrainingCurve curve(String arm, long seed, int steps) {
    SplittableRandom random = new SplittableRandom(arm.hashCode() + seed);
    boolean supervised = arm.equals(ReportRequest.WARM_START);
    return new TrainingCurve(
        arm,
        seed,
        IntStream.rangeClosed(1, steps)
            .mapToObj(
                step ->
                    new TrainingStep(
                        step,
                        supervised
                            ? null
                            : (Double) (0.45 + 0.004 * step + 0.05 * random.nextDouble()),
                        Map.of("accuracy", 0.5),
                        supervised ? 3 * Math.exp(-step / 90.0) + 0.05 * random.nextDouble() : 0.01,
                        1.2,
                        supervised ? null : (Double) (0.4 - 0.006 * step),
                        supervised ? null : signal(step),
                        supervised ? null : (Double) (20.0 + random.nextInt(3)),
                        supervised
                            ? null
                            : new ReportRequest.Ratios(1.0, 1.5, 0.125, 0.25, 0.02, null)))
            .toList());
  }

  /** 16 groups; the first step has no advantages. */
  private static ReportRequest.Signal signal(int step) {
    boolean taught = step > 1;
    return new ReportRequest.Signal(
        new ReportRequest.Groups(3, 5, 0, 8),
        Map.of("accuracy", new ReportRequest.Groups(3, 5, 0, 8)),
        taught ? 4 : 16,
        Map.of("accuracy", taught ? 0.75 : 0.0),
        taught ? 0.25 : 0,
        !taught,
        step == 3 ? new ReportRequest.Resampled(6, 8, 2, 0.25) : null);
  }

  private static DevelopmentCurve development(String arm, long seed, double end) {
    return new DevelopmentCurve(
        arm,
        seed,
        IntStream.rangeClosed(0, 4)
            .mapToObj(
                i -> new DevelopmentPoint(10 * i, 0.46 + 0.005 * i, 0.71 + (end - 0.71) * i / 4))
            .toList());
  }
}
