package dev.sightline.activity.dataset;

import dev.sightline.activity.Catalog;
import dev.sightline.activity.Experiments;
import dev.sightline.activity.Heartbeat;
import dev.sightline.activity.Trees;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.dataset.Assembly;
import dev.sightline.puzzle.dataset.DatasetAssembler;
import dev.sightline.puzzle.dataset.DatasetPlan;
import dev.sightline.puzzle.dataset.DatasetVerifier;
import dev.sightline.puzzle.dataset.Shard;
import dev.sightline.puzzle.dataset.Split;
import dev.sightline.spec.ExperimentSpec;
import dev.sightline.spec.SpecDigest;
import dev.sightline.storage.ArtifactStore;
import dev.sightline.storage.DatasetStore;
import dev.sightline.storage.Stores;
import dev.sightline.workflow.activity.AssembleRequest;
import dev.sightline.workflow.activity.DatasetActivities;
import dev.sightline.workflow.activity.DatasetReference;
import dev.sightline.workflow.activity.ShardRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Generates shards as artifacts, then assembles, verifies and publishes. */
public final class DatasetActivitiesImpl implements DatasetActivities {
  private static final int PROBLEMS_SHOWN = 5;

  private final Stores stores;
  private final ArtifactStore artifacts;
  private final Experiments experiments;

  public DatasetActivitiesImpl(Stores stores, ArtifactStore artifacts, Experiments experiments) {
    this.artifacts = artifacts;
    this.stores = stores;
    this.experiments = experiments;
  }

  @Override
  public DatasetReference planShards(String experiment) {
    ExperimentSpec spec = experiments.load(experiment);
    DatasetPlan plan = Catalog.datasetPlan(spec);
    DatasetAssembler.check(plan)
        .ifPresent(
            problem -> {
              throw new SightlineException(FailureType.INVALID_SPEC, "spec: dataset." + problem);
            });
    Digest digest = Experiments.datasetDigest(spec);
    DatasetStore.Dataset row =
        stores
            .datasets()
            .open(
                digest,
                Trees.node(SpecDigest.datasetSpec(spec, Catalog.version(spec.dataset().family()))));
    return reference(row, DatasetAssembler.shardCount(plan));
  }

  @Override
  public String generateShard(ShardRequest request) {
    DatasetPlan plan = Catalog.datasetPlan(experiments.load(request.experiment()));
    Shard shard =
        Heartbeat.during(
            "shard " + request.shard(), () -> DatasetAssembler.generate(plan, request.shard()));
    return artifacts.put(Trees.bytes(shard.toMap())).hex();
  }

  @Override
  public DatasetReference publish(AssembleRequest request) {
    ExperimentSpec spec = experiments.load(request.experiment());
    DatasetPlan plan = Catalog.datasetPlan(spec);
    List<Shard> shards = new ArrayList<>();
    for (String digest : request.shards()) {
      Heartbeat.beat("reading shard " + shards.size());
      shards.add(Shard.fromMap(Trees.read(artifacts.get(new Digest(digest)))));
    }
    Assembly assembly =
        Heartbeat.during("assembling", () -> DatasetAssembler.assemble(plan, shards));
    List<String> problems =
        Heartbeat.during("verifying", () -> DatasetVerifier.verify(plan, assembly));
    if (!problems.isEmpty()) {
      throw new SightlineException(
          FailureType.DATASET_INVALID,
          problems.size()
              + " problems in the data set, the first: "
              + String.join("; ", problems.subList(0, Math.min(PROBLEMS_SHOWN, problems.size()))));
    }
    Map<Split, Digest> items = new LinkedHashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Split split : Split.values()) {
      Heartbeat.beat("storing " + split.wireName());
      items.put(split, artifacts.put(Datasets.bytes(assembly.of(split))));
      counts.put(split.wireName(), assembly.of(split).size());
    }
    DatasetManifest manifest =
        DatasetManifest.of(plan, plan.configuredFamily().space(), assembly, items);
    Digest manifestDigest = artifacts.put(Trees.bytes(manifest.toMap()));
    return reference(
        stores.datasets().publish(Experiments.datasetDigest(spec), manifestDigest, counts),
        shards.size());
  }

  private static DatasetReference reference(DatasetStore.Dataset row, int shards) {
    Digest manifest = row.manifestDigest();
    return new DatasetReference(
        row.digest().hex(),
        manifest == null ? "" : manifest.hex(),
        shards,
        row.counts().getOrDefault("train", 0),
        row.counts().getOrDefault("dev", 0),
        row.counts().getOrDefault("test", 0));
  }
}
