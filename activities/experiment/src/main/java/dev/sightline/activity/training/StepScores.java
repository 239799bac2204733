package dev.sightline.activity.training;

import dev.sightline.activity.Trees;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SeedTree;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.reward.AdvantageKind;
import dev.sightline.reward.Advantages;
import dev.sightline.reward.Attempt;
import dev.sightline.reward.Attribution;
import dev.sightline.reward.GroupCounts;
import dev.sightline.reward.RewardDesign;
import dev.sightline.reward.RewardItem;
import dev.sightline.reward.ScoredCompletion;
import dev.sightline.reward.StepRewards;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.triton.policy.RolloutResult;
import java.util.ArrayList;
import java.util.HashMap;
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
 * @param metrics what the step's row shows: mean reward, mean of each raw term, which terms the
 *     advantages come from, groups by answer and by term, completion length
 * @param completions each completion's raw terms and judgement, for the record
 */
record StepScores(
    List<Double> advantages,
    Map<String, Object> metrics,
    List<Map<String, @Nullable Object>> completions) {

  /**
   * Scores a rollout.
   *
   * @param sampled the rollout, and what else was sampled for it
   * @throws SightlineException GROUP_MIXED where a completion is missing, foreign or in the group
   *     of another prompt
   */
  static StepScores of(TrainingContext context, RolloutPlan plan, Sampled sampled, int step) {
    RolloutResult rollout = sampled.rollout();
    ReaderPlan readers = new ReaderPlan(context);
    ExperimentSpec.Training training = context.spec().training();
    RewardDesign design = context.design();
    SeedTree draws = context.seeds().child("reward").child(step);
    List<ScoredCompletion> scored = new ArrayList<>();
    for (RolloutResult.Completion completion : rollout.completions()) {
      DatasetItem item = plan.item(completion.prompt());
      scored.add(
          design.score(
              Attempt.of(
                      RewardItem.of(item, context.dataset().family(item), design.template().asks()),
                      completion.text())
                  .truncated(completion.finish() == RolloutResult.Finish.LENGTH)
                  .at(step, draws(draws, sampled.redraws(), completion))
                  .with(readers.recorded(item, completion, sampled.readings()))));
    }
    int groups = plan.items().size();
    int size = training.groupSize();
    if (scored.size() != groups * size) {
      throw new SightlineException(
          FailureType.GROUP_MIXED,
          "the rollout has " + scored.size() + " completions, not " + groups * size);
    }
    if (context.arm().shuffleRewards()) {
      scored = shuffled(scored, context.seeds().child("shuffle").child(step));
    }
    StepRewards rewards = StepRewards.of(size, rows(plan, rollout, design, scored));
    ExperimentSpec.Advantage advantage = training.advantage();
    Advantages.Rule rule =
        new Advantages.Rule(
            AdvantageKind.byName(context.arm().advantageKind(training).wire()).orElseThrow(),
            advantage.epsilon(),
            advantage.ddof());
    double[][] values = Advantages.of(rule, rewards);
    List<Double> advantages = flat(values);
    Map<String, Object> metrics = metrics(rollout, scored, rewards, values, size);
    if (!sampled.redraws().waves().isEmpty()) {
      metrics.put("resampled", sampled.redraws().metrics(rollout, advantages));
    }
    if (Reader.asked(design)) {
      metrics.put("readers", sampled.readings().metrics());
    }
    return new StepScores(
        advantages, metrics, scored.stream().map(ScoredCompletion::toMap).toList());
  }

  /** A group that is sampled again is rewarded by new lots too. */
  private static SeedTree draws(
      SeedTree step, Redraws redraws, RolloutResult.Completion completion) {
    int wave = redraws.wave(completion.prompt());
    SeedTree draws = wave == 0 ? step : step.child("again").child(wave);
    return draws.child(completion.prompt()).child(completion.sample());
  }

  private static List<StepRewards.Row> rows(
      RolloutPlan plan, RolloutResult rollout, RewardDesign design, List<ScoredCompletion> scored) {
    Map<String, Digest> prompts = new HashMap<>();
    plan.payload().prompts().forEach(prompt -> prompts.put(prompt.id(), prompt.digest()));
    List<StepRewards.Row> rows = new ArrayList<>();
    for (int i = 0; i < scored.size(); i++) {
      rows.add(
          new StepRewards.Row(
              Objects.requireNonNull(prompts.get(rollout.completions().get(i).prompt())),
              scored.get(i).total(),
              parts(design, scored.get(i).terms())));
    }
    return rows;
  }

  /** Raw values as they are paid, after their clip. */
  private static List<StepRewards.Part> parts(
      RewardDesign design, List<ScoredCompletion.TermScore> scores) {
    List<StepRewards.Part> parts = new ArrayList<>();
    for (int t = 0; t < scores.size(); t++) {
      Double raw = scores.get(t).raw();
      Double paid = raw == null ? null : (Double) design.terms().get(t).clip().of(raw);
      parts.add(new StepRewards.Part(scores.get(t).name(), scores.get(t).weight(), paid));
    }
    return parts;
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
      StepRewards rewards,
      double[][] advantages,
      int size) {
    int n = scored.size();
    boolean[][] right = new boolean[n / size][size];
    double reward = 0;
    double tokens = 0;
    double described = 0;
    int truncated = 0;
    for (int i = 0; i < n; i++) {
      right[i / size][i % size] = scored.get(i).judgement().accurate();
      reward += scored.get(i).total();
      tokens += rollout.completions().get(i).tokens().size();
      described += Boolean.TRUE.equals(scored.get(i).judgement().perception()) ? 1 : 0;
      truncated += scored.get(i).judgement().truncated() ? 1 : 0;
    }
    GroupCounts answers = GroupCounts.of(right);
    Attribution attribution = Attribution.of(rewards, advantages);
    Map<String, Object> byTerm = new LinkedHashMap<>();
    GroupCounts.byTerm(rewards).forEach((name, counts) -> byTerm.put(name, counts.toMap()));
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("reward", reward / n);
    metrics.put("terms", rewards.means());
    metrics.put("attribution", attribution.alone());
    metrics.put("attributionSeveral", attribution.several());
    metrics.put("allWrong", answers.allWrong());
    metrics.put("allRight", answers.allRight());
    metrics.put("mixed", answers.mixed());
    metrics.put("degenerate", rewards.degenerate());
    metrics.put("termGroups", byTerm);
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
