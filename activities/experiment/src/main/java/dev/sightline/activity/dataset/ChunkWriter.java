package dev.sightline.activity.dataset;

import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.Split;
import dev.sightline.storage.ArtifactStore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Stores items, which come split by split, as artifacts of a bounded size. */
final class ChunkWriter {
  private static final int CHUNK = 1000;

  private final ArtifactStore artifacts;
  private final Map<Split, List<Digest>> chunks = new EnumMap<>(Split.class);
  private final List<DatasetItem> open = new ArrayList<>();

  ChunkWriter(ArtifactStore artifacts) {
    this.artifacts = artifacts;
  }

  void add(DatasetItem item) {
    if (open.size() == CHUNK || (!open.isEmpty() && open.getFirst().split() != item.split())) {
      flush();
    }
    open.add(item);
  }

  private void flush() {
    if (!open.isEmpty()) {
      chunks
          .computeIfAbsent(open.getFirst().split(), absent -> new ArrayList<>())
          .add(artifacts.put(Datasets.bytes(open)));
      open.clear();
    }
  }

  /** The artifacts in order. */
  Map<Split, List<Digest>> end() {
    flush();
    return chunks;
  }
}
