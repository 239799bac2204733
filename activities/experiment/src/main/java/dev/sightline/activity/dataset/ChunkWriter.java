package dev.sightline.activity.dataset;

import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.Split;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Stores items, which come split by split, as artifacts of a bounded size. */
final class ChunkWriter {
  private static final int CHUNK = 1000;

  private final Function<byte[], Digest> keep;
  private final Map<Split, List<Digest>> chunks = new EnumMap<>(Split.class);
  private final List<DatasetItem> open = new ArrayList<>();

  /**
   * @param keep stores bytes and names them
   */
  ChunkWriter(Function<byte[], Digest> keep) {
    this.keep = keep;
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
          .add(keep.apply(Datasets.bytes(open)));
      open.clear();
    }
  }

  /** The artifacts in order. */
  Map<Split, List<Digest>> end() {
    flush();
    return chunks;
  }
}
