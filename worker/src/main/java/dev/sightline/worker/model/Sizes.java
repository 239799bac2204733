package dev.sightline.worker.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Bytes of a model's parts.
 *
 * @param bytes of a weight and of an activation: 2 or 4
 */
record Sizes(ModelConfig config, int bytes) {
  /** The two factors on every linear layer of the text tower, in elements. */
  long adapter(int rank) {
    return factors(rank).stream().mapToLong(Long::longValue).sum();
  }

  /** The elements of each factor of an adapter. */
  List<Long> factors(int rank) {
    ModelConfig.Text text = config.text();
    long hidden = text.hidden();
    List<Long> factors = new ArrayList<>();
    for (long layer = 0; layer < text.layers(); layer++) {
      // Queries and output, keys and values, the feed-forward block's three; what goes in and out.
      for (long width : List.of(hidden, hidden, text.keys(), text.keys())) {
        factors.add(rank * hidden);
        factors.add(rank * width);
      }
      for (int product = 0; product < 3; product++) {
        factors.add(rank * hidden);
        factors.add(rank * text.intermediate());
      }
    }
    return factors;
  }

  /**
   * What a text layer keeps: two norms, queries, the attention's result as it is made and as it
   * goes on, four products of the feed-forward block; keys and values once for each that attends to
   * them together, a prompt's again for each of its completions.
   */
  long layer(long tokens, long keys) {
    ModelConfig.Text text = config.text();
    return tokens
            * (2 * norm(text.hidden()) + bytes * (3 * text.hidden() + 4 * text.intermediate()))
        + keys * bytes * 2 * text.keys();
  }

  long layerInput(long tokens) {
    return tokens * bytes * config.text().hidden();
  }

  /** Before and behind the text layers: the embedded row, the last norm, the chosen states. */
  long ends(long tokens, long predictions) {
    long hidden = config.text().hidden();
    return tokens * (norm(hidden) + bytes * hidden) + predictions * 2 * bytes * hidden;
  }

  /**
   * What a vision block keeps: two norms, the joint product of queries, keys and values, which its
   * values hold whole, turned queries and keys, the attention's result twice, the feed-forward
   * block.
   */
  long block(long patches) {
    ModelConfig.Vision vision = config.vision();
    return patches
        * (2 * norm(vision.hidden()) + bytes * (7 * vision.hidden() + 4 * vision.intermediate()));
  }

  long blockInput(long patches) {
    return patches * bytes * config.vision().hidden();
  }

  /** The pixels, and the projection into the text tower. */
  long visionEnds(long patches) {
    ModelConfig.Vision vision = config.vision();
    return patches * (norm(vision.hidden()) + bytes * (2 * vision.hidden() + vision.patchValues()));
  }

  /** Keys and values of tokens in all layers. */
  long cache(long tokens) {
    return tokens * config.text().layers() * 2 * config.text().keys() * bytes;
  }

  /** The output layer's gradient while it is made. */
  long head() {
    return config.text().vocabulary() * config.text().hidden() * bytes;
  }

  /** Weights outside the layers of both towers, which several GPUs gather for the whole pass. */
  long outsideLayers() {
    ModelConfig.Vision vision = config.vision();
    long merged = vision.hidden() * vision.merge() * vision.merge();
    return (config.tied() ? 1 : 2) * head()
        + bytes
            * (merged * merged + merged * vision.out() + vision.hidden() * vision.patchValues());
  }

  long largestLayer() {
    ModelConfig.Text text = config.text();
    ModelConfig.Vision vision = config.vision();
    long layer =
        2 * text.hidden() * (text.hidden() + text.keys()) + 3 * text.hidden() * text.intermediate();
    long block =
        4 * vision.hidden() * vision.hidden() + 3 * vision.hidden() * vision.intermediate();
    return bytes * Math.max(layer, block);
  }

  /** A norm's input in float32, its normalised value and its result. */
  private long norm(long width) {
    return width * (4 + 2L * bytes);
  }
}
