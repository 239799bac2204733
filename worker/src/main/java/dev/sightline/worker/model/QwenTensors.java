package dev.sightline.worker.model;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which tensors a Qwen2.5-VL has, by the names that transformers 5 gives them. */
final class QwenTensors {
  private static final String TEXT = "model.language_model.";
  private static final String VISION = "model.visual.";

  private QwenTensors() {}

  /** Published folders have names of before: {@code visual.} and {@code model.layers.}. */
  static String present(String stored) {
    if (stored.startsWith("visual.")) {
      return "model." + stored;
    }
    boolean old = stored.startsWith("model.") && !stored.startsWith(TEXT) && !isVision(stored);
    return old ? TEXT + stored.substring("model.".length()) : stored;
  }

  static boolean isVision(String name) {
    return name.startsWith(VISION);
  }

  static boolean isEmbedding(String name) {
    return name.equals(TEXT + "embed_tokens.weight");
  }

  /** Name to shape; a tied output layer is none. */
  static SortedMap<String, List<Long>> expected(ModelConfig config) {
    SortedMap<String, List<Long>> shapes = new TreeMap<>();
    text(config, shapes);
    vision(config.vision(), shapes);
    return shapes;
  }

  private static void text(ModelConfig config, SortedMap<String, List<Long>> shapes) {
    ModelConfig.Text text = config.text();
    long hidden = text.hidden();
    shapes.put(TEXT + "embed_tokens.weight", List.of(text.vocabulary(), hidden));
    shapes.put(TEXT + "norm.weight", List.of(hidden));
    if (!config.tied()) {
      shapes.put("lm_head.weight", List.of(text.vocabulary(), hidden));
    }
    for (long i = 0; i < text.layers(); i++) {
      String layer = TEXT + "layers." + i + ".";
      shapes.put(layer + "input_layernorm.weight", List.of(hidden));
      shapes.put(layer + "post_attention_layernorm.weight", List.of(hidden));
      linear(shapes, layer + "self_attn.q_proj", hidden, hidden, true);
      linear(shapes, layer + "self_attn.k_proj", text.keys(), hidden, true);
      linear(shapes, layer + "self_attn.v_proj", text.keys(), hidden, true);
      linear(shapes, layer + "self_attn.o_proj", hidden, hidden, false);
      feedForward(shapes, layer, hidden, text.intermediate(), false);
    }
  }

  private static void vision(ModelConfig.Vision vision, SortedMap<String, List<Long>> shapes) {
    long hidden = vision.hidden();
    shapes.put(
        VISION + "patch_embed.proj.weight",
        List.of(hidden, vision.channels(), vision.frames(), vision.patch(), vision.patch()));
    for (long i = 0; i < vision.blocks(); i++) {
      String block = VISION + "blocks." + i + ".";
      shapes.put(block + "norm1.weight", List.of(hidden));
      shapes.put(block + "norm2.weight", List.of(hidden));
      linear(shapes, block + "attn.qkv", 3 * hidden, hidden, true);
      linear(shapes, block + "attn.proj", hidden, hidden, true);
      feedForward(shapes, block, hidden, vision.intermediate(), true);
    }
    long merged = hidden * vision.merge() * vision.merge();
    shapes.put(VISION + "merger.ln_q.weight", List.of(hidden));
    linear(shapes, VISION + "merger.mlp.0", merged, merged, true);
    linear(shapes, VISION + "merger.mlp.2", vision.out(), merged, true);
  }

  private static void feedForward(
      SortedMap<String, List<Long>> shapes, String in, long hidden, long inner, boolean bias) {
    linear(shapes, in + "mlp.gate_proj", inner, hidden, bias);
    linear(shapes, in + "mlp.up_proj", inner, hidden, bias);
    linear(shapes, in + "mlp.down_proj", hidden, inner, bias);
  }

  private static void linear(
      SortedMap<String, List<Long>> shapes, String name, long out, long in, boolean bias) {
    shapes.put(name + ".weight", List.of(out, in));
    if (bias) {
      shapes.put(name + ".bias", List.of(out));
    }
  }
}
