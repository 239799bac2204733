package dev.sightline.report;

import static dev.sightline.report.JsonReport.object;

import dev.sightline.report.ReportRequest.Decisions;
import dev.sightline.report.ReportRequest.SeedLooks;
import dev.sightline.report.ReportRequest.Tuning;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON form of what was decided on the way. */
final class DecisionJson {
  private DecisionJson() {}

  static Map<String, @Nullable Object> decisions(Decisions decisions) {
    return object(
        "tuning", tuning(decisions.tuning()),
        "futility",
            decisions.futility().stream()
                .map(
                    look ->
                        object(
                            "number", look.number(),
                            "step", look.step(),
                            "metric", look.metric(),
                            "leastGain", look.leastGain(),
                            "alpha", look.alpha(),
                            "looks", look.looks(),
                            "arms",
                                look.arms().stream()
                                    .map(
                                        arm ->
                                            object(
                                                "arm", arm.arm(),
                                                "difference", arm.difference(),
                                                "upper", arm.upper(),
                                                "stopped", arm.stopped()))
                                    .toList()))
                .toList(),
        "seeds", seeds(decisions.seeds()));
  }

  private static @Nullable Map<String, @Nullable Object> tuning(@Nullable Tuning tuning) {
    return tuning == null
        ? null
        : object(
            "seed", tuning.seed(),
            "step", tuning.step(),
            "metric", tuning.metric(),
            "arms",
                tuning.arms().stream()
                    .map(
                        arm ->
                            object(
                                "arm", arm.arm(),
                                "chosen", arm.chosen(),
                                "tried",
                                    arm.rates().stream()
                                        .map(
                                            rate ->
                                                object(
                                                    "learningRate", rate.learningRate(),
                                                    "dev", rate.dev()))
                                        .toList()))
                    .toList());
  }

  private static @Nullable Map<String, @Nullable Object> seeds(@Nullable SeedLooks looks) {
    return looks == null
        ? null
        : object(
            "looksDeclared", looks.declared(),
            "looksUsed", looks.used(),
            "confidence", looks.confidence(),
            "halfWidth", looks.halfWidth(),
            "byArm", looks.byArm(),
            "contrasts",
                looks.contrasts().stream()
                    .map(
                        contrast ->
                            object(
                                "arm", contrast.arm(),
                                "against", contrast.against(),
                                "seeds", contrast.seeds(),
                                "low", contrast.low(),
                                "high", contrast.high(),
                                "outcome", contrast.outcome()))
                    .toList());
  }
}
