package dev.sightline.workflow.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.workflow.Progress;
import dev.sightline.workflow.StageState;
import dev.sightline.workflow.activity.ShardRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardProgressTest {
  @Test
  void countsTheShardsOfAPartWhereverTheyStand() {
    ShardProgress progress =
        new ShardProgress(
            List.of(new ShardRun("clock", 1), new ShardRun("maze", 2), new ShardRun("clock", 1)));

    assertThat(progress.lines(shard -> shard == 0 || shard == 1 || shard == 2))
        .containsExactly(
            new Progress.StageLine("clock", StageState.RUNNING, "1 of 2 shards"),
            new Progress.StageLine("maze", StageState.DONE, "2 of 2 shards"));
    assertThat(new ShardProgress(List.of()).lines(shard -> true)).isEmpty();
  }
}
