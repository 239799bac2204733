package dev.sightline.triton.policy;

import dev.sightline.foundation.Digest;
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

  /**
   * Weights, tokenizer and template of a folder on the server's machine, in Hugging Face's layout.
   *
   * @param path absolute
   * @param digest that the folder must have (PROTOCOL.md, "Models from folders"), null for any
   * @param dtype {@code float32} or {@code bfloat16}
   * @param gradientCheckpointing whether activations are made again in the backward pass
   */
  record Folder(String path, @Nullable Digest digest, String dtype, boolean gradientCheckpointing)
      implements PolicyModel {
    @Override
    public Map<String, @Nullable Object> toTree() {
      return Trees.of(
          "kind", "folder",
          "path", path,
          "digest", digest,
          "dtype", dtype,
          "gradientCheckpointing", gradientCheckpointing);
    }
  }
}
