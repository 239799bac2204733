package dev.sightline.workflow.activity;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * A data set.
 *
 * @param dataset digest of what it is a function of
 * @param manifest digest of its manifest, empty until published
 * @param shards how many shards its candidates have; more after a publication that fell short
 * @param layout artifact with the shards' ranges; empty in histories before several families
 * @param runs whose shards they are, in shard order; empty in histories before several families
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DatasetReference(
    String dataset,
    String manifest,
    int shards,
    int train,
    int dev,
    int test,
    String layout,
    List<ShardRun> runs) {
  public DatasetReference {
    layout = layout == null ? "" : layout;
    runs = runs == null ? List.of() : List.copyOf(runs);
  }
}
