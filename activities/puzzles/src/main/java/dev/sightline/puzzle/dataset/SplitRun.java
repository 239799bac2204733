package dev.sightline.puzzle.dataset;

import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/** One pass through the candidates of a portion's split. */
final class SplitRun {
  private final DatasetPlan plan;
  private final ShardLayout layout;
  private final Portion portion;
  private final Split split;
  private final Deduplication seen;
  private final Map<DropReason, Integer> drops = new EnumMap<>(DropReason.class);
  private int kept;
  private int end;

  /** Further candidates. */
  record Range(int from, int count) {}

  SplitRun(DatasetPlan plan, ShardLayout layout, Portion portion, Split split, Deduplication seen) {
    this.plan = plan;
    this.layout = layout;
    this.portion = portion;
    this.split = split;
    this.seen = seen;
  }

  void take(IntFunction<Shard> shards, Consumer<DatasetItem> sink) {
    for (int index : inOrder()) {
      ShardTask task = layout.tasks().get(index);
      end = task.end();
      if (kept == needed()) {
        continue;
      }
      for (DatasetItem candidate : checked(task, shards.apply(index))) {
        if (kept == needed()) {
          break;
        }
        Optional<DropReason> drop = seen.take(candidate, layout.rule(portion.index()));
        if (drop.isPresent()) {
          drops.merge(drop.get(), 1, Integer::sum);
        } else {
          kept++;
          sink.accept(candidate);
        }
      }
    }
  }

  private int needed() {
    return portion.counts().of(split);
  }

  private List<Integer> inOrder() {
    List<Integer> mine = new ArrayList<>();
    for (int i = 0; i < layout.tasks().size(); i++) {
      ShardTask task = layout.tasks().get(i);
      if (task.portion() == portion.index() && task.split() == split) {
        mine.add(i);
      }
    }
    mine.sort(Comparator.comparingInt(i -> layout.tasks().get(i).from()));
    return mine;
  }

  private List<DatasetItem> checked(ShardTask task, Shard shard) {
    List<DatasetItem> candidates = shard.candidates();
    boolean fits = candidates.size() == task.count();
    for (int i = 0; fits && i < candidates.size(); i++) {
      fits = candidates.get(i).id().equals(portion.itemId(split, task.from() + i));
    }
    if (!fits) {
      throw new SightlineException(
          FailureType.DATASET_INVALID,
          "shard %d must hold %s to %s, but holds %d other candidates; make it again"
              .formatted(
                  shard.index(),
                  portion.itemId(split, task.from()),
                  portion.itemId(split, task.end() - 1),
                  candidates.size()));
    }
    return candidates;
  }

  PortionOutcome.Tally tally() {
    return new PortionOutcome.Tally(kept, drops);
  }

  /**
   * The candidates still to be made.
   *
   * @throws SightlineException SPACE_EXHAUSTED where there are no more
   */
  Optional<Range> missing() {
    int missing = needed() - kept;
    if (missing == 0) {
      return Optional.empty();
    }
    int limit = new Candidates(plan, portion, layout.rule(portion.index())).limit(split);
    if (end >= limit) {
      String place = plan.parts().size() == 1 ? "" : "parts[" + portion.part() + "].";
      throw new SightlineException(
          FailureType.SPACE_EXHAUSTED,
          "dataset.%scounts.%s: asked for %d items of %s, found %d among %d candidates (dropped: %s); use at most %d or a larger board"
              .formatted(
                  place, split.wireName(), needed(), portion.label(), kept, end, drops, kept));
    }
    return Optional.of(new Range(end, (int) Math.min(limit - end, 2L * missing + 64)));
  }
}
