package dev.sightline.worker.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Model folders for tests: real headers over files whose data is a hole. */
public final class WrittenFolder {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private WrittenFolder() {}

  /** The published sizes of Qwen2.5-VL, from the config.json of each model. */
  public static JsonNode published(
      int hidden,
      int inner,
      int layers,
      int heads,
      int keyValueHeads,
      int vocabulary,
      boolean tied,
      int visionInner) {
    ObjectNode config =
        JSON.createObjectNode()
            .put("model_type", "qwen2_5_vl")
            .put("hidden_size", hidden)
            .put("intermediate_size", inner)
            .put("num_hidden_layers", layers)
            .put("num_attention_heads", heads)
            .put("num_key_value_heads", keyValueHeads)
            .put("vocab_size", vocabulary)
            .put("tie_word_embeddings", tied);
    config
        .putObject("vision_config")
        .put("depth", 32)
        .put("hidden_size", 1280)
        .put("intermediate_size", visionInner)
        .put("out_hidden_size", hidden)
        .put("in_chans", 3)
        .put("patch_size", 14)
        .put("spatial_merge_size", 2);
    return config;
  }

  public static JsonNode small() {
    ObjectNode config = (ObjectNode) published(64, 128, 2, 4, 2, 500, true, 96);
    ((ObjectNode) config.get("vision_config")).put("depth", 2).put("hidden_size", 32);
    return config;
  }

  /** Writes a complete folder; with several shards, an index. */
  public static Path write(Path folder, JsonNode config, String type, int bytes, int shards)
      throws IOException, IncompleteFolderException {
    Files.createDirectories(folder);
    for (String name : List.of("tokenizer.json", "preprocessor_config.json")) {
      Files.writeString(folder.resolve(name), "{}");
    }
    Files.writeString(
        folder.resolve("tokenizer_config.json"), "{\"chat_template\": \"{{ messages }}\"}");
    Files.writeString(folder.resolve("config.json"), config.toString());
    List<Map.Entry<String, List<Long>>> tensors =
        new ArrayList<>(QwenTensors.expected(ModelConfig.read(config)).entrySet());
    ObjectNode map = JSON.createObjectNode();
    for (int shard = 0; shard < shards; shard++) {
      SortedMap<String, List<Long>> part = new TreeMap<>();
      int from = shard * tensors.size() / shards;
      int to = (shard + 1) * tensors.size() / shards;
      // The names of the published folders.
      tensors
          .subList(from, to)
          .forEach(
              entry ->
                  part.put(
                      entry
                          .getKey()
                          .replace("model.language_model.", "model.")
                          .replace("model.visual.", "visual."),
                      entry.getValue()));
      String name =
          shards == 1
              ? "model.safetensors"
              : "model-%05d-of-%05d.safetensors".formatted(shard + 1, shards);
      file(folder.resolve(name), part, type, bytes);
      part.keySet().forEach(tensor -> map.put(tensor, name));
    }
    if (shards > 1) {
      ObjectNode index = JSON.createObjectNode();
      index.set("weight_map", map);
      Files.writeString(folder.resolve("model.safetensors.index.json"), index.toString());
    }
    return folder;
  }

  static void file(Path file, SortedMap<String, List<Long>> tensors, String type, int bytes)
      throws IOException {
    ObjectNode header = JSON.createObjectNode();
    header.putObject("__metadata__").put("format", "pt");
    long end = 0;
    for (Map.Entry<String, List<Long>> entry : tensors.entrySet()) {
      long size = bytes * entry.getValue().stream().reduce(1L, Math::multiplyExact);
      ObjectNode tensor = header.putObject(entry.getKey()).put("dtype", type);
      entry.getValue().forEach(tensor.withArray("shape")::add);
      tensor.withArray("data_offsets").add(end).add(end + size);
      end += size;
    }
    byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
    try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
      data.write(
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).array());
      data.write(text);
      data.setLength(8 + text.length + end);
    }
  }
}
