package dev.sightline.puzzle.dataset;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.InvalidConfigException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;

/**
 * Makes data sets. Every candidate is a pure function of plan, portion, split and index; shards are
 * runs of candidates, so neither the number of workers nor their order changes anything.
 *
 * <p>{@code layout}, then {@code generate} each shard anywhere, then {@code assemble}; where that
 * is short, make the shards that its longer layout adds and assemble again.
 */
public final class DatasetAssembler {
  /** Most candidates in a shard. */
  public static final int SHARD_SIZE = 1000;

  /** Test goes first, as what is there is kept out of dev and train. */
  static final List<Split> ORDER = List.of(Split.TEST, Split.DEV, Split.TRAIN);

  private DatasetAssembler() {}

  /** What is wrong with the plan, as one line with the fix; empty if it can be assembled. */
  public static Optional<String> check(DatasetPlan plan) {
    for (Portion portion : plan.portions()) {
      Optional<String> problem = configProblem(plan, portion);
      if (problem.isPresent()) {
        return problem.map(text -> place(plan, portion) + text);
      }
    }
    if (plan.counts().total() == 0) {
      return Optional.of("counts: are all 0; use at least 1 item");
    }
    return spaceProblem(plan, SplitRules.of(plan));
  }

  private static Optional<String> configProblem(DatasetPlan plan, Portion portion) {
    ConfiguredFamily family;
    try {
      family = portion.configured();
    } catch (InvalidConfigException e) {
      String field = e.field().equals("family") ? "family" : "config." + e.field();
      return Optional.of(field + ": " + e.problem() + "; " + e.fix());
    }
    if (plan.imageSize().none()) {
      return Optional.empty();
    }
    return family
        .imageSizeProblem(plan.imageSize().width(), plan.imageSize().height())
        .map(problem -> "imageSize: " + problem);
  }

  /** With one part its fields are the plan's own. */
  private static String place(DatasetPlan plan, Portion portion) {
    return plan.parts().size() == 1 ? "" : "parts[" + portion.part() + "].";
  }

  private static Optional<String> spaceProblem(DatasetPlan plan, List<SplitRule> rules) {
    for (Portion portion : plan.portions()) {
      Optional<String> problem = SplitRules.problem(plan, portion, rules.get(portion.index()));
      if (problem.isPresent()) {
        return problem.map(text -> place(plan, portion) + text);
      }
    }
    return Optional.empty();
  }

  /**
   * Cuts the plan into its first shards.
   *
   * @throws SightlineException SPACE_EXHAUSTED or INVALID_SPEC where {@link #check} finds a problem
   */
  public static ShardLayout layout(DatasetPlan plan) {
    List<SplitRule> rules;
    try {
      rules = SplitRules.of(plan);
    } catch (InvalidConfigException e) {
      throw new SightlineException(FailureType.INVALID_SPEC, "dataset.config." + e.getMessage(), e);
    }
    spaceProblem(plan, rules)
        .ifPresent(
            problem -> {
              throw new SightlineException(FailureType.SPACE_EXHAUSTED, "dataset." + problem);
            });
    List<ShardTask> tasks = new ArrayList<>();
    for (Split split : ORDER) {
      for (Portion portion : plan.portions()) {
        int needed = portion.counts().of(split);
        int count =
            rules.get(portion.index()) == SplitRule.RESERVED_BLOCKS || needed == 0
                ? needed
                : needed + needed / 16 + 8;
        tasks.addAll(cut(portion, split, 0, count));
      }
    }
    return new ShardLayout(rules, tasks);
  }

  private static List<ShardTask> cut(Portion portion, Split split, int from, int count) {
    List<ShardTask> tasks = new ArrayList<>();
    for (int done = 0; done < count; done += SHARD_SIZE) {
      tasks.add(
          new ShardTask(portion.index(), split, from + done, Math.min(SHARD_SIZE, count - done)));
    }
    return tasks;
  }

  /** The candidates of one shard. */
  public static Shard generate(DatasetPlan plan, ShardLayout layout, int shardIndex) {
    return generate(plan, layout, shardIndex, done -> {});
  }

  /**
   * The candidates of one shard.
   *
   * @param progress told the number of candidates made, after each
   * @throws SightlineException SPACE_EXHAUSTED where a split's share holds hardly any scene
   */
  public static Shard generate(
      DatasetPlan plan, ShardLayout layout, int shardIndex, IntConsumer progress) {
    return generate(plan, layout, shardIndex, progress, (digest, png) -> {});
  }

  /**
   * The candidates of one shard, with their pictures.
   *
   * @param progress told the number of candidates made, after each
   * @param pictures takes the PNG bytes of each candidate, also of those that become no item
   * @throws SightlineException SPACE_EXHAUSTED where a split's share holds hardly any scene
   */
  public static Shard generate(
      DatasetPlan plan,
      ShardLayout layout,
      int shardIndex,
      IntConsumer progress,
      BiConsumer<Digest, byte[]> pictures) {
    ShardTask task = layout.tasks().get(shardIndex);
    Portion portion = plan.portions().get(task.portion());
    Candidates candidates = new Candidates(plan, portion, layout.rule(task.portion()), pictures);
    List<DatasetItem> items = new ArrayList<>(task.count());
    for (int index = task.from(); index < task.end(); index++) {
      items.add(candidates.item(task.split(), index));
      progress.accept(items.size());
    }
    return new Shard(shardIndex, items);
  }

  /**
   * Goes through all candidates once, in index order (test, dev, train; portion by portion), and
   * keeps what is new. Holds one shard and the keys of the items in memory.
   *
   * @param shards gives a shard of the layout by its index
   * @param sink takes the items in order; what it got is void where the outcome is short
   * @throws SightlineException SPACE_EXHAUSTED with the largest count that fits; DATASET_INVALID
   *     where a shard is not the layout's
   */
  public static AssemblyOutcome assemble(
      DatasetPlan plan, ShardLayout layout, IntFunction<Shard> shards, Consumer<DatasetItem> sink) {
    Deduplication seen = new Deduplication();
    List<Map<Split, PortionOutcome.Tally>> tallies = new ArrayList<>();
    plan.portions().forEach(portion -> tallies.add(new EnumMap<>(Split.class)));
    List<ShardTask> more = new ArrayList<>();
    for (Split split : ORDER) {
      for (Portion portion : plan.portions()) {
        SplitRun run = new SplitRun(plan, layout, portion, split, seen);
        run.take(shards, sink);
        tallies.get(portion.index()).put(split, run.tally());
        run.missing()
            .ifPresent(range -> more.addAll(cut(portion, split, range.from(), range.count())));
      }
      seen.endSplit(split);
    }
    if (!more.isEmpty()) {
      return new AssemblyOutcome.Short(layout.plus(more));
    }
    List<PortionOutcome> outcomes = new ArrayList<>();
    for (Portion portion : plan.portions()) {
      outcomes.add(
          new PortionOutcome(portion, layout.rule(portion.index()), tallies.get(portion.index())));
    }
    return new AssemblyOutcome.Complete(outcomes);
  }

  /**
   * Makes a whole data set here and now, in memory.
   *
   * @throws SightlineException as {@link #layout} and {@link #assemble}
   */
  public static Assembly make(DatasetPlan plan) {
    ShardLayout layout = layout(plan);
    List<Shard> shards = new ArrayList<>();
    while (true) {
      while (shards.size() < layout.tasks().size()) {
        shards.add(generate(plan, layout, shards.size()));
      }
      List<DatasetItem> train = new ArrayList<>();
      List<DatasetItem> dev = new ArrayList<>();
      List<DatasetItem> test = new ArrayList<>();
      AssemblyOutcome outcome =
          assemble(
              plan,
              layout,
              shards::get,
              item -> {
                switch (item.split()) {
                  case TRAIN -> train.add(item);
                  case DEV -> dev.add(item);
                  case TEST -> test.add(item);
                }
              });
      switch (outcome) {
        case AssemblyOutcome.Short(ShardLayout longer) -> layout = longer;
        case AssemblyOutcome.Complete(List<PortionOutcome> portions) -> {
          ChoiceStep choices = new ChoiceStep(plan);
          List.of(train, dev, test).forEach(items -> items.forEach(choices::add));
          return new Assembly(
              portions,
              train.stream().map(choices::finish).toList(),
              dev.stream().map(choices::finish).toList(),
              test.stream().map(choices::finish).toList());
        }
      }
    }
  }
}
