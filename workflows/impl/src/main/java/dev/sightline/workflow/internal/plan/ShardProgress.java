package dev.sightline.workflow.internal.plan;

import dev.sightline.workflow.Progress;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.activity.ShardRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/** Which shards of which part are done, for people. */
public record ShardProgress(List<ShardRun> runs) {
  private record Count(int done, int total) {
    Count plus(int more, int of) {
      return new Count(done + more, total + of);
    }
  }

  public ShardProgress {
    runs = List.copyOf(runs);
  }

  /** One line for each part, in the order in which parts first appear. */
  public List<Progress.StageLine> lines(IntPredicate done) {
    Map<String, Count> counts = new LinkedHashMap<>();
    int shard = 0;
    for (ShardRun run : runs) {
      int finished = 0;
      for (int i = 0; i < run.shards(); i++, shard++) {
        finished += done.test(shard) ? 1 : 0;
      }
      Count before = counts.getOrDefault(run.part(), new Count(0, 0));
      counts.put(run.part(), before.plus(finished, run.shards()));
    }
    List<Progress.StageLine> lines = new ArrayList<>();
    counts.forEach(
        (part, count) ->
            lines.add(
                new Progress.StageLine(
                    part,
                    count.done() == count.total() ? StageState.DONE : StageState.RUNNING,
                    count.done() + " of " + count.total() + " shards")));
    return lines;
  }
}
