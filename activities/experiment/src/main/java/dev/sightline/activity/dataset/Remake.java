package dev.sightline.activity.dataset;

import dev.sightline.activity.Trees;
import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.dataset.Assembly;
import dev.sightline.puzzle.dataset.AssemblyOutcome;
import dev.sightline.puzzle.dataset.DatasetAssembler;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.DatasetManifest;
import dev.sightline.puzzle.dataset.DatasetPlan;
import dev.sightline.puzzle.dataset.ManifestBuilder;
import dev.sightline.puzzle.dataset.ShardLayout;
import dev.sightline.puzzle.dataset.Split;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Makes a data set's artifacts once more: every one is a function of the plan. */
final class Remake {
  private Remake() {}

  /** The layout with this digest, or the longest there is where none has it. */
  static byte[] layout(DatasetPlan plan, Digest wanted) {
    ShardLayout layout = DatasetAssembler.layout(plan);
    while (true) {
      byte[] bytes = Trees.bytes(layout.toMap());
      ShardLayout known = layout;
      if (Digest.of(bytes).equals(wanted)
          || !(DatasetAssembler.assemble(
                  plan, known, index -> DatasetAssembler.generate(plan, known, index), item -> {})
              instanceof AssemblyOutcome.Short(ShardLayout longer))) {
        return bytes;
      }
      layout = longer;
    }
  }

  static byte[] shard(DatasetPlan plan, ShardLayout layout, int index) {
    return Trees.bytes(DatasetAssembler.generate(plan, layout, index).toMap());
  }

  /**
   * A data set's artifacts.
   *
   * @param chunks those with the items of each split, in order
   */
  record Whole(byte[] manifest, Map<Split, List<byte[]>> chunks) {
    /** One of them; empty where the data set has fewer now. */
    byte[] chunk(Split split, int index) {
      List<byte[]> all = chunks.getOrDefault(split, List.of());
      return index < all.size() ? all.get(index) : new byte[0];
    }
  }

  static Whole whole(DatasetPlan plan) {
    Assembly assembly = DatasetAssembler.make(plan);
    ManifestBuilder builder = new ManifestBuilder(plan);
    Map<Split, List<byte[]>> chunks = new EnumMap<>(Split.class);
    Map<Split, List<Digest>> names = new EnumMap<>(Split.class);
    for (Split split : Split.values()) {
      List<byte[]> bytes = new ArrayList<>();
      ChunkWriter writer =
          new ChunkWriter(
              chunk -> {
                bytes.add(chunk);
                return Digest.of(chunk);
              });
      for (DatasetItem item : assembly.of(split)) {
        builder.add(item);
        writer.add(item);
      }
      names.putAll(writer.end());
      chunks.put(split, bytes);
    }
    DatasetManifest manifest = builder.build(assembly.portions());
    return new Whole(Trees.bytes(new PublishedDataset(manifest, names).toMap()), chunks);
  }
}
