package dev.sightline.worker.model;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The sizes of a Qwen2.5-VL, as its config.json has them: the text tower's at the root (published
 * folders) or in {@code text_config} (what transformers writes now).
 *
 * @param tied that the output layer is the embedding
 */
record ModelConfig(Text text, Vision vision, boolean tied) {
  static final String ARCHITECTURE = "qwen2_5_vl";

  /** The text tower; {@code heads} and {@code keyValueHeads} are of {@code headSize} each. */
  record Text(
      long hidden,
      long intermediate,
      long layers,
      long heads,
      long keyValueHeads,
      long vocabulary) {
    long headSize() {
      return hidden / heads;
    }

    /** Width of all keys of a token. */
    long keys() {
      return keyValueHeads * headSize();
    }
  }

  /** The vision tower; {@code merge} x {@code merge} patches become one token. */
  record Vision(
      long hidden,
      long intermediate,
      long blocks,
      long out,
      long channels,
      long patch,
      long frames,
      long merge) {
    /** Values of one patch. */
    long patchValues() {
      return channels * frames * patch * patch;
    }
  }

  static ModelConfig read(JsonNode config) throws IncompleteFolderException {
    JsonNode text = config.has("text_config") ? config.path("text_config") : config;
    JsonNode vision = config.path("vision_config");
    String in = config.has("text_config") ? "config.json: text_config" : "config.json";
    String inVision = "config.json: vision_config";
    long heads = JsonFile.size(text, "num_attention_heads", in);
    Text sizes =
        new Text(
            JsonFile.size(text, "hidden_size", in),
            JsonFile.size(text, "intermediate_size", in),
            JsonFile.size(text, "num_hidden_layers", in),
            heads,
            JsonFile.size(text, "num_key_value_heads", heads, in),
            JsonFile.size(text, "vocab_size", in));
    String channels = vision.has("in_channels") ? "in_channels" : "in_chans";
    Vision tower =
        new Vision(
            JsonFile.size(vision, "hidden_size", inVision),
            JsonFile.size(vision, "intermediate_size", inVision),
            JsonFile.size(vision, "depth", inVision),
            JsonFile.size(vision, "out_hidden_size", inVision),
            JsonFile.size(vision, channels, 3, inVision),
            JsonFile.size(vision, "patch_size", 14, inVision),
            JsonFile.size(vision, "temporal_patch_size", 2, inVision),
            JsonFile.size(vision, "spatial_merge_size", 2, inVision));
    boolean tied =
        config.path("tie_word_embeddings").asBoolean(text.path("tie_word_embeddings").asBoolean());
    return new ModelConfig(sizes, tower, tied);
  }
}
