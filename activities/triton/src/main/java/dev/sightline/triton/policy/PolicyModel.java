package dev.sightline.triton.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which model a run is opened on. */
public sealed interface PolicyModel {
  Map<String, @Nullable Object> toTree();

  /**
   * Qwen2.5-VL's class at 1-2 million parameters, initialised at random from {@code seed}.
   *
   * @param patchSize pixels
   * @param mergeSize patches for each merged token and axis
   */
  record TinyVl(
      long seed,
      int hiddenSize,
      int textLayers,
      int visionLayers,
      int heads,
      int keyValueHeads,
      int intermediateSize,
      int patchSize,
      int mergeSize)
      implements PolicyModel {
    /** The size that the design's measurements were made with. */
    public static TinyVl standard(long seed) {
      return new TinyVl(seed, 128, 3, 2, 4, 2, 256, 14, 2);
    }

    @Override
    public Map<String, @Nullable Object> toTree() {
      return Trees.of(
          "kind", "tiny-vl",
          "seed", Long.toString(seed),
          "hiddenSize", hiddenSize,
          "textLayers", textLayers,
          "visionLayers", visionLayers,
          "heads", heads,
          "keyValueHeads", keyValueHeads,
          "intermediateSize", intermediateSize,
          "patchSize", patchSize,
          "mergeSize", mergeSize);
    }
  }
}
