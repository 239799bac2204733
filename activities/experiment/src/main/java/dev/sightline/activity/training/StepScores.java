package dev.sightline.activity.training;

import dev.sightline.activity.Trees;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SeedTree;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.reward.AdvantageKind;
import dev.sightline.reward.Advantages;
import dev.sightline.reward.Attempt;
import dev.sightline.reward.Clip;
import dev.sightline.reward.Recorded;
import dev.sightline.reward.RewardDesign;
import dev.sightline.reward.RewardItem;
import dev.sightline.reward.ScoredCompletion;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.triton.policy.RolloutResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Rewards and advantages of one step, as they are stored before the step is applied.
 *
 * @param advantages one for each completion, in the rollout's order
 * @param metrics what the step's row shows: mean reward, mean of each raw term, group counts,
 *     completion length
 * @param completions each completion's raw terms and judgement, for the record
 */
record StepScores(
    List<Double> advantages,
    Map<String, Object> metrics,
    List<Map<String, @Nullable Object>> completions) {

  /**
   * Scores a rollout. Groups are the completions of one prompt; a foreign or missing one is an
   * error.
   */
  static StepScores of(TrainingContext context, RolloutPlan plan, RolloutResult rollout, int step) {
    ExperimentSpec.Training training = context.spec().training();
    RewardDesign design = context.design();
    SeedTree draws = context.seeds().child("reward").child(step);
    List<ScoredCompletion> scored = new ArrayList<>();
    for (RolloutResult.Completion completion : rollout.completions()) {
      DatasetItem item =
          Objects.requireNonNull(
              plan.items().get(completion.prompt()),
              () -> "the rollout holds a completion of a prompt not asked: " + completion.prompt());
      scored.add(
          design.score(
              Attempt.of(
                      RewardItem.of(item, context.dataset().family(item), design.template().asks()),
                      completion.text())
                  .truncated(completion.finish() == RolloutResult.Finish.LENGTH)
                  .at(step, draws.child(completion.prompt()).child(completion.sample()))
                  .with(Recorded.ofTokens(completion.tokens().size()))));
    }
    int groups = plan.items().size();
    int size = training.groupSize();
    checkGroups(plan, rollout, groups, size);
    if (context.arm().shuffleRewards()) {
      scored = shuffled(scored, context.seeds().child("shuffle").child(step));
    }
    List<Advantages.TermValues> terms = terms(design, scored, groups, size);
    ExperimentSpec.Advantage advantage = training.advantage();
    Advantages.Rule rule =
        new Advantages.Rule(
            AdvantageKind.byName(context.arm().advantageKind(training).wire()).orElseThrow(),
            advantage.epsilon(),
            advantage.ddof());
    double[][] values =
        design.clipped()
            ? Advantages.of(rule, totals(scored, groups, size))
            : Advantages.of(rule, terms);
    return new StepScores(
        flat(values),
        metrics(rollout, scored, terms, values, groups, size),
        scored.stream().map(ScoredCompletion::toMap).toList());
  }

  private static void checkGroups(RolloutPlan plan, RolloutResult rollout, int groups, int size) {
    List<String> prompts = List.copyOf(plan.items().keySet());
    List<RolloutResult.Completion> completions = rollout.completions();
    if (completions.size() != groups * size) {
      throw new IllegalStateException(
          "the rollout has " + completions.size() + " completions, not " + groups * size);
    }
    for (int i = 0; i < completions.size(); i++) {
      if (!completions.get(i).prompt().equals(prompts.get(i / size))) {
        throw new IllegalStateException("completion " + i + " lies in a group of another prompt");
      }
    }
  }

  /** The control: which completion gets which reward is drawn by lot, over the whole step. */
  private static List<ScoredCompletion> shuffled(List<ScoredCompletion> scored, SeedTree seeds) {
    SplittableRandom random = seeds.random();
    List<ScoredCompletion> mixed = new ArrayList<>(scored);
    for (int i = mixed.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      ScoredCompletion kept = mixed.get(i);
      mixed.set(i, mixed.get(j));
      mixed.set(j, kept);
    }
    return mixed;
  }

  /** Raw values as they are paid, after their clip. */
  private static List<Advantages.TermValues> terms(
      RewardDesign design, List<ScoredCompletion> scored, int groups, int size) {
    List<Advantages.TermValues> terms = new ArrayList<>();
    List<ScoredCompletion.TermScore> names = scored.getFirst().terms();
    for (int t = 0; t < names.size(); t++) {
      Clip clip = design.terms().get(t).clip();
      double[][] raw = new double[groups][size];
      for (int i = 0; i < scored.size(); i++) {
        ScoredCompletion.TermScore score = scored.get(i).terms().get(t);
        Double value = score.raw();
        if (value == null) {
          throw new SightlineException(
              FailureType.INVALID_SPEC,
              "term " + score.name() + " does not apply: " + score.reason() + "; leave it out");
        }
        raw[i / size][i % size] = clip.of(value);
      }
      terms.add(new Advantages.TermValues(names.get(t).name(), names.get(t).weight(), raw));
    }
    return terms;
  }

  private static double[][] totals(List<ScoredCompletion> scored, int groups, int size) {
    double[][] totals = new double[groups][size];
    for (int i = 0; i < scored.size(); i++) {
      totals[i / size][i % size] = scored.get(i).total();
    }
    return totals;
  }

  private static List<Double> flat(double[][] values) {
    List<Double> all = new ArrayList<>();
    for (double[] group : values) {
      for (double value : group) {
        all.add(value);
      }
    }
    return all;
  }

  private static Map<String, Object> metrics(
      RolloutResult rollout,
      List<ScoredCompletion> scored,
      List<Advantages.TermValues> terms,
      double[][] advantages,
      int groups,
      int size) {
    boolean[][] right = new boolean[groups][size];
    double reward = 0;
    double tokens = 0;
    double described = 0;
    int truncated = 0;
    for (int i = 0; i < scored.size(); i++) {
      right[i / size][i % size] = scored.get(i).judgement().accurate();
      reward += scored.get(i).total();
      tokens += rollout.completions().get(i).tokens().size();
      described += Boolean.TRUE.equals(scored.get(i).judgement().perception()) ? 1 : 0;
      truncated += scored.get(i).judgement().truncated() ? 1 : 0;
    }
    int n = scored.size();
    Map<String, Object> means = new LinkedHashMap<>();
    for (Advantages.TermValues term : terms) {
      double sum = 0;
      for (double[] group : term.raw()) {
        for (double value : group) {
          sum += value;
        }
      }
      means.put(term.name(), sum / n);
    }
    Advantages.GroupCounts counts = Advantages.count(right);
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("reward", reward / n);
    metrics.put("terms", means);
    metrics.put("attribution", Advantages.attribution(terms, advantages));
    metrics.put("allWrong", counts.allWrong());
    metrics.put("allRight", counts.allRight());
    metrics.put("mixed", counts.mixed());
    metrics.put("completionTokens", tokens / n);
    metrics.put("perception", described / n);
    metrics.put("truncated", (double) truncated / n);
    return metrics;
  }

  byte[] bytes() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("advantages", advantages);
    map.put("metrics", metrics);
    map.put("completions", completions);
    return Trees.bytes(map);
  }

  @SuppressWarnings("unchecked") // reads what bytes() wrote
  static StepScores read(byte[] json) {
    Map<String, Object> map = Trees.read(json);
    return new StepScores(
        ((List<Number>) Objects.requireNonNull(map.get("advantages")))
            .stream().map(Number::doubleValue).toList(),
        (Map<String, Object>) Objects.requireNonNull(map.get("metrics")),
        (List<Map<String, @Nullable Object>>) Objects.requireNonNull(map.get("completions")));
  }
}
