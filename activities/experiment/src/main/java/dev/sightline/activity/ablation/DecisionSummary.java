package dev.sightline.activity.ablation;

import dev.sightline.report.ReportRequest;
import dev.sightline.spec.Ablation;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.TuningArms;
import dev.sightline.statistics.SeedRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An experiment's decisions as the report tells them. */
record DecisionSummary(ExperimentSpec spec, Decided decided) {

  boolean isTry(String arm) {
    return TuningArms.of(spec).stream().anyMatch(its -> its.name().equals(arm));
  }

  /** The seeds that are tested in any case, and those that looks added to some arm. */
  List<Long> testedSeeds() {
    return Stream.concat(
            spec.testedSeeds().stream(),
            decided.looks().stream()
                .map(LookDecision::add)
                .flatMap(add -> add == null ? Stream.of() : Stream.of(add)))
        .toList();
  }

  /** Arms that a decision stopped, and runs that were skipped before one. */
  List<ReportRequest.MissingRun> stopped() {
    List<ReportRequest.MissingRun> missing = new ArrayList<>();
    for (RungDecision decision : decided.rungs()) {
      for (ExperimentSpec.Arm arm : spec.arms()) {
        if (decision.stops(arm.name())) {
          missing.add(stopped(arm.name(), decision.words(arm.name())));
        }
      }
    }
    for (FutilityDecision decision : decided.futility()) {
      for (FutilityDecision.Standing standing : decision.arms()) {
        if (standing.stop()) {
          missing.add(stopped(standing.arm(), decision.words(standing)));
        }
      }
    }
    if (!decided.futility().isEmpty()) {
      decided
          .left(spec)
          .forEach(
              (arm, seeds) ->
                  spec.seeds().stream()
                      .filter(seed -> !seeds.contains(seed))
                      .forEach(
                          seed ->
                              missing.add(
                                  new ReportRequest.MissingRun(
                                      arm,
                                      seed,
                                      ReportRequest.MissingReason.SKIPPED,
                                      "an operator skipped it"))));
    }
    return missing;
  }

  private static ReportRequest.MissingRun stopped(String arm, String why) {
    return new ReportRequest.MissingRun(arm, null, ReportRequest.MissingReason.STOPPED, why);
  }

  ReportRequest.Decisions decisions() {
    return new ReportRequest.Decisions(
        decided.tuning().map(DecisionSummary::tuning).orElse(null),
        decided.futility().stream().map(DecisionSummary::futility).toList(),
        seeds());
  }

  private static ReportRequest.Tuning tuning(TuningDecision decision) {
    return new ReportRequest.Tuning(
        decision.seed(),
        decision.step(),
        decision.metric(),
        decision.arms().stream()
            .map(
                tried ->
                    new ReportRequest.TunedArm(
                        tried.arm(),
                        tried.rates().stream()
                            .map(
                                rate ->
                                    new ReportRequest.TriedRate(rate.learningRate(), rate.dev()))
                            .toList(),
                        tried.chosen()))
            .toList());
  }

  private static ReportRequest.FutilityLook futility(FutilityDecision decision) {
    return new ReportRequest.FutilityLook(
        decision.number(),
        decision.step(),
        decision.metric(),
        decision.leastGain(),
        decision.alpha(),
        decision.looks(),
        decision.arms().stream()
            .map(
                standing ->
                    new ReportRequest.FutilityArm(
                        standing.arm(), standing.difference(), standing.upper(), standing.stop()))
            .toList());
  }

  /** Declared looks count from the first one on, so the rule is told even before any. */
  private ReportRequest.@Nullable SeedLooks seeds() {
    if (spec.addSeedsUntil().isEmpty()) {
      return null;
    }
    SeedRule rule = SeedLooks.rule(spec);
    Map<Ablation.Contrast, LookDecision.Standing> last = new LinkedHashMap<>();
    for (LookDecision look : decided.looks()) {
      for (LookDecision.Standing standing : look.contrasts()) {
        last.put(new Ablation.Contrast(standing.arm(), standing.against()), standing);
      }
    }
    Map<String, List<Long>> byArm = new LinkedHashMap<>();
    for (ExperimentSpec.Arm arm : spec.arms()) {
      byArm.put(
          arm.name(),
          Stream.concat(spec.seeds().stream(), decided.added(arm.name()).stream()).toList());
    }
    return new ReportRequest.SeedLooks(
        rule.looks(),
        decided.looks().size(),
        rule.confidence(),
        rule.halfWidth(),
        byArm,
        last.values().stream().map(DecisionSummary::lookedAt).toList());
  }

  private static ReportRequest.LookedAt lookedAt(LookDecision.Standing standing) {
    return new ReportRequest.LookedAt(
        standing.arm(),
        standing.against(),
        standing.seeds(),
        standing.low(),
        standing.high(),
        words(standing.outcome()));
  }

  private static String words(LookDecision.Outcome outcome) {
    return switch (outcome) {
      case OPEN -> "open";
      case BETTER -> "better";
      case WORSE -> "worse";
      case EQUIVALENT -> "equivalent";
      case NARROW_ENOUGH -> "narrow enough";
      case NO_SEEDS_LEFT -> "no seeds left";
      case INCOMPLETE -> "incomplete: a run was skipped";
      case STOPPED -> "an arm was stopped for futility";
    };
  }
}
