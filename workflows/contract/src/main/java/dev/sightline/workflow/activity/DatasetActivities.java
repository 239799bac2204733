package dev.sightline.workflow.activity;

import io.temporal.activity.ActivityInterface;

/** Makes data sets. Queue: compute. */
@ActivityInterface(namePrefix = "Dataset_")
public interface DatasetActivities {
  /**
   * The data set of an experiment: how many shards it has, and its manifest where it is published
   * already.
   */
  DatasetReference planShards(String experiment);

  /** Makes one shard of candidates and answers its artifact digest. */
  String generateShard(ShardRequest request);

  /**
   * Deduplicates in index order, splits, verifies with the second solver, and publishes the
   * manifest. Where too many candidates were dropped, answers a longer layout and no manifest.
   */
  DatasetReference publish(AssembleRequest request);
}
