package dev.sightline.workflow.internal.fake;

import dev.sightline.foundation.Digest;
import dev.sightline.workflow.activity.AssembleRequest;
import dev.sightline.workflow.activity.DatasetActivities;
import dev.sightline.workflow.activity.DatasetReference;
import dev.sightline.workflow.activity.ShardRequest;
import dev.sightline.workflow.activity.ShardRun;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A data set of twenty shards. */
public final class FakeDataset implements DatasetActivities {
  public static final String DATASET = Digest.ofText("dataset").hex();
  public static final int SHARDS = 20;

  private final Faults faults;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private volatile boolean published;
  private volatile int topUp;
  private volatile @Nullable AssembleRequest assembled;

  public FakeDataset(Faults faults) {
    this.faults = faults;
  }

  public void publishedBefore() {
    published = true;
  }

  /** Lets the first publication fall short by so many shards. */
  public void shortBy(int shards) {
    topUp = shards;
  }

  @Override
  public DatasetReference planShards(String experiment) {
    faults.call("planShards", "");
    return reference(published ? "manifest" : "");
  }

  @Override
  public String generateShard(ShardRequest request) {
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    try {
      faults.call("generateShard", Integer.toString(request.shard()));
      return "shard-" + request.shard();
    } finally {
      inFlight.decrementAndGet();
    }
  }

  @Override
  public DatasetReference publish(AssembleRequest request) {
    faults.call("publishDataset", "");
    assembled = request;
    return request.shards().size() < SHARDS + topUp
        ? reference("", SHARDS + topUp, "longer layout")
        : reference("manifest");
  }

  private static DatasetReference reference(String manifest) {
    return reference(manifest, SHARDS, "layout");
  }

  private static DatasetReference reference(String manifest, int shards, String layout) {
    return new DatasetReference(
        DATASET,
        manifest,
        shards,
        400,
        16,
        32,
        layout,
        List.of(new ShardRun("rotting_kiwi", 3), new ShardRun("clock", shards - 3)));
  }

  public @Nullable AssembleRequest assembled() {
    return assembled;
  }

  public int mostInFlight() {
    return mostInFlight.get();
  }
}
