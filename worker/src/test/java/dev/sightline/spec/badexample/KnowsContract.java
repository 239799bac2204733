package dev.sightline.spec.badexample;

import dev.sightline.workflow.activity.ShardRequest;

/** Breaks an arrow on purpose: the contract stands on the spec, not the other way. */
public final class KnowsContract {
  private KnowsContract() {}

  public static int shard(ShardRequest request) {
    return request.shard();
  }
}
