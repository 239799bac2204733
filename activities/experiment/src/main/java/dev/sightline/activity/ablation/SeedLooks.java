package dev.sightline.activity.ablation;

import dev.sightline.foundation.SeedTree;
import dev.sightline.spec.Ablation;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.PlannedStage.EvaluateArm;
import dev.sightline.statistics.Outcome;
import dev.sightline.statistics.PairedOutcomes;
import dev.sightline.statistics.SeedRule;
import dev.sightline.workflow.activity.RungRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Looks at the primary contrasts, and whether another seed is run. */
final class SeedLooks {
  private final ExperimentSpec spec;
  private final Decided before;
  private final Answered answered;
  private final List<Long> more;
  private final SeedRule rule;

  SeedLooks(ExperimentSpec spec, Decided before, Answered answered) {
    this.spec = spec;
    this.before = before;
    this.answered = answered;
    Ablation.AddSeedsUntil section = spec.addSeedsUntil().orElseThrow();
    this.more = section.moreSeeds();
    this.rule = rule(spec);
  }

  /** The rule that was declared: one look for every number of seeds that may be reached. */
  static SeedRule rule(ExperimentSpec spec) {
    Ablation.AddSeedsUntil section = spec.addSeedsUntil().orElseThrow();
    int fewest = spec.seeds().size();
    return new SeedRule(
        fewest,
        fewest + section.moreSeeds().size(),
        1 - spec.statistics().confidence(),
        spec.statistics().delta(),
        section.halfWidth());
  }

  LookDecision look(int number, RungRequest request) {
    List<Ablation.Contrast> open =
        number == 1 ? spec.contrasts() : before.looks().get(number - 2).open();
    List<LookDecision.Standing> standings =
        open.stream().map(contrast -> standing(contrast, number, request)).toList();
    boolean needed = standings.stream().anyMatch(s -> s.outcome() == LookDecision.Outcome.OPEN);
    return new LookDecision(
        number, rule.looks(), rule.confidence(), standings, needed ? more.get(number - 1) : null);
  }

  private LookDecision.Standing standing(
      Ablation.Contrast contrast, int number, RungRequest request) {
    if (stopped(contrast.arm()) || stopped(contrast.against())) {
      return LookDecision.Standing.uncompared(contrast, LookDecision.Outcome.STOPPED);
    }
    List<Long> seeds = new ArrayList<>(spec.seeds());
    seeds.addAll(more.subList(0, number - 1));
    List<Outcome> first = new ArrayList<>();
    List<Outcome> second = new ArrayList<>();
    for (long seed : seeds) {
      List<Outcome> left = answered.test(request.experiment(), spec, contrast.arm(), seed);
      List<Outcome> right = answered.test(request.experiment(), spec, contrast.against(), seed);
      if (left.isEmpty() || right.isEmpty()) {
        String arm = left.isEmpty() ? contrast.arm() : contrast.against();
        if (!skipped(arm, seed, request)) {
          throw Answered.missing(EvaluateArm.path(arm, seed));
        }
        return LookDecision.Standing.uncompared(contrast, LookDecision.Outcome.INCOMPLETE);
      }
      first.addAll(left);
      second.addAll(right);
    }
    PairedOutcomes pairs = PairedOutcomes.of(first, second);
    return LookDecision.Standing.of(
        contrast,
        pairs.seeds(),
        Arrays.stream(pairs.seedDifferences()).boxed().toList(),
        rule.decide(
            pairs,
            spec.evaluation().bootstrapSamples(),
            SeedTree.root(spec.seed()).child("bootstrap").seed()));
  }

  private boolean stopped(String arm) {
    return before.futility().stream()
        .flatMap(decision -> decision.arms().stream())
        .anyMatch(standing -> standing.arm().equals(arm) && standing.stop());
  }

  /** An operator skipped its training, up to a decision or whole, or its test. */
  private static boolean skipped(String arm, long seed, RungRequest request) {
    String path = arm + "/" + seed;
    return request.skipped().stream()
        .anyMatch(
            target ->
                target.equals("evaluate/" + path)
                    || target.equals("train/" + path)
                    || target.startsWith("train/" + path + "/"));
  }
}
