package dev.sightline.activity.dataset;

import dev.sightline.activity.Catalog;
import dev.sightline.activity.Experiments;
import dev.sightline.activity.Heartbeat;
import dev.sightline.activity.Recovery;
import dev.sightline.activity.Trees;
import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.dataset.AssemblyOutcome;
import dev.sightline.puzzle.dataset.ChoiceStep;
import dev.sightline.puzzle.dataset.DatasetAssembler;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.DatasetManifest;
import dev.sightline.puzzle.dataset.DatasetPlan;
import dev.sightline.puzzle.dataset.DatasetVerifier;
import dev.sightline.puzzle.dataset.ManifestBuilder;
import dev.sightline.puzzle.dataset.Portion;
import dev.sightline.puzzle.dataset.PortionOutcome;
import dev.sightline.puzzle.dataset.Shard;
import dev.sightline.puzzle.dataset.ShardLayout;
import dev.sightline.puzzle.dataset.ShardTask;
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
import dev.sightline.workflow.activity.ShardRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Generates shards as artifacts, then assembles, verifies and publishes. */
public final class DatasetActivitiesImpl implements DatasetActivities {
  private static final int PROBLEMS_SHOWN = 5;

  private final Stores stores;
  private final ArtifactStore artifacts;
  private final Experiments experiments;
  private final Recovery recovery;

  public DatasetActivitiesImpl(Stores stores, ArtifactStore artifacts, Experiments experiments) {
    this.artifacts = artifacts;
    this.stores = stores;
    this.experiments = experiments;
    this.recovery = new Recovery(artifacts, stores.attempts());
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
            .open(digest, Trees.node(SpecDigest.datasetSpec(spec, Catalog.version(spec))));
    ShardLayout layout = Heartbeat.during("planning shards", () -> DatasetAssembler.layout(plan));
    return reference(plan, row, layout, artifacts.put(Trees.bytes(layout.toMap())).hex());
  }

  @Override
  public String generateShard(ShardRequest request) {
    ExperimentSpec spec = experiments.load(request.experiment());
    DatasetPlan plan = Catalog.datasetPlan(spec);
    ShardLayout layout = layout(spec, plan, request.layout());
    int wanted = layout.tasks().get(request.shard()).count();
    AtomicInteger done = new AtomicInteger();
    Shard shard =
        Heartbeat.during(
            () -> done.get() + " of " + wanted + " items",
            () -> DatasetAssembler.generate(plan, layout, request.shard(), done::set));
    return artifacts.put(Trees.bytes(shard.toMap())).hex();
  }

  private ShardLayout layout(ExperimentSpec spec, DatasetPlan plan, String hex) {
    Digest digest = new Digest(hex);
    return ShardLayout.fromMap(
        Trees.read(
            recovery.get(
                digest,
                Datasets.part(spec, "the shards' layout"),
                () -> Remake.layout(plan, digest))));
  }

  @Override
  public DatasetReference publish(AssembleRequest request) {
    ExperimentSpec spec = experiments.load(request.experiment());
    DatasetPlan plan = Catalog.datasetPlan(spec);
    ShardLayout layout = layout(spec, plan, request.layout());
    IntFunction<Shard> shards = index -> shard(spec, plan, layout, request, index);
    ChoiceStep choices = new ChoiceStep(plan);
    AssemblyOutcome outcome = assemble("choosing items", plan, layout, shards, choices::add);
    return switch (outcome) {
      case AssemblyOutcome.Short(ShardLayout longer) ->
          reference(plan, row(spec), longer, artifacts.put(Trees.bytes(longer.toMap())).hex());
      case AssemblyOutcome.Complete(List<PortionOutcome> portions) -> {
        PublishedDataset published = store(plan, layout, shards, choices, portions);
        verify(published);
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Split split : Split.values()) {
          counts.put(split.wireName(), published.manifest().of(split).count());
        }
        Digest digest = artifacts.put(Trees.bytes(published.toMap()));
        yield reference(
            plan,
            stores.datasets().publish(Experiments.datasetDigest(spec), digest, counts),
            layout,
            request.layout());
      }
    };
  }

  /** Reads the shards a second time rather than holding all items in memory. */
  private PublishedDataset store(
      DatasetPlan plan,
      ShardLayout layout,
      IntFunction<Shard> shards,
      ChoiceStep choices,
      List<PortionOutcome> portions) {
    ManifestBuilder builder = new ManifestBuilder(plan);
    ChunkWriter writer = new ChunkWriter(artifacts::put);
    assemble(
        "storing items",
        plan,
        layout,
        shards,
        item -> {
          DatasetItem finished = choices.finish(item);
          builder.add(finished);
          writer.add(finished);
        });
    DatasetManifest manifest =
        Heartbeat.during("measuring baselines", () -> builder.build(portions));
    return new PublishedDataset(manifest, writer.end());
  }

  private AssemblyOutcome assemble(
      String what,
      DatasetPlan plan,
      ShardLayout layout,
      IntFunction<Shard> shards,
      Consumer<DatasetItem> sink) {
    AtomicLong done = new AtomicLong();
    return Heartbeat.during(
        () -> what + ", " + done.get() + " of " + plan.counts().total(),
        () ->
            DatasetAssembler.assemble(
                plan,
                layout,
                shards,
                item -> {
                  sink.accept(item);
                  done.incrementAndGet();
                }));
  }

  private Shard shard(
      ExperimentSpec spec,
      DatasetPlan plan,
      ShardLayout layout,
      AssembleRequest request,
      int index) {
    return Shard.fromMap(
        Trees.read(
            recovery.get(
                new Digest(request.shards().get(index)),
                Datasets.part(spec, "shard " + index),
                () -> Remake.shard(plan, layout, index))));
  }

  /** Reads the items back from where they were stored. */
  private void verify(PublishedDataset published) {
    AtomicLong done = new AtomicLong();
    Stream<DatasetItem> items =
        Stream.of(Split.values())
            .flatMap(split -> Objects.requireNonNull(published.chunks().get(split)).stream())
            .flatMap(chunk -> Datasets.items(artifacts.get(chunk)).stream());
    List<String> problems =
        Heartbeat.during(
            () -> "verifying, " + done.get() + " items",
            () ->
                DatasetVerifier.verify(
                    published.manifest().plan(),
                    published.manifest().rules(),
                    items.iterator(),
                    ForkJoinPool.commonPool(),
                    done::set));
    if (!problems.isEmpty()) {
      throw new SightlineException(
          FailureType.DATASET_INVALID,
          problems.size()
              + " problems in the data set, the first: "
              + String.join("; ", problems.subList(0, Math.min(PROBLEMS_SHOWN, problems.size()))));
    }
  }

  private DatasetStore.Dataset row(ExperimentSpec spec) {
    return stores.datasets().find(Experiments.datasetDigest(spec)).orElseThrow();
  }

  private static DatasetReference reference(
      DatasetPlan plan, DatasetStore.Dataset row, ShardLayout layout, String layoutDigest) {
    Digest manifest = row.manifestDigest();
    return new DatasetReference(
        row.digest().hex(),
        manifest == null ? "" : manifest.hex(),
        layout.tasks().size(),
        row.counts().getOrDefault("train", 0),
        row.counts().getOrDefault("dev", 0),
        row.counts().getOrDefault("test", 0),
        layoutDigest,
        runs(plan, layout));
  }

  private static List<ShardRun> runs(DatasetPlan plan, ShardLayout layout) {
    List<Portion> portions = plan.portions();
    List<ShardRun> runs = new ArrayList<>();
    for (ShardTask task : layout.tasks()) {
      String part = portions.get(task.portion()).label();
      if (!runs.isEmpty() && runs.getLast().part().equals(part)) {
        runs.add(new ShardRun(part, runs.removeLast().shards() + 1));
      } else {
        runs.add(new ShardRun(part, 1));
      }
    }
    return runs;
  }
}
