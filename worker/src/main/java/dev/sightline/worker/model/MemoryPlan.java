package dev.sightline.worker.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bytes of one GPU's memory. The formulas follow from what the policy server keeps (its README,
 * "What fits"); weights, gradients and moments are exact, activations are within 2 % of what torch
 * counts (MemoryPlanTest).
 *
 * @param training what is held at the height of a step, by name, in the order of its making
 * @param rollout what is held while completions are sampled
 * @param host main memory of each process, for the weights that the run started from
 */
public record MemoryPlan(
    Setting setting,
    Workload workload,
    Map<String, Long> training,
    Map<String, Long> rollout,
    long host) {
  /** CUDA's context, workspaces and fragments: an allowance, not measured. */
  public static final long RESERVE = 2L << 30;

  private static final long ROWS_AT_ONCE = 512;
  private static final long SCORES_AT_ONCE = 1L << 20;
  // A draw's float32 scores, scaled scores and log-probs, and float64 shares and sums of them.
  private static final long BYTES_OF_A_SCORE = 4 + 4 + 4 + 8 + 8;

  public MemoryPlan {
    training = Collections.unmodifiableMap(new LinkedHashMap<>(training));
    rollout = Collections.unmodifiableMap(new LinkedHashMap<>(rollout));
  }

  /** The plan of a setting, at the largest micro-batch of the workload's halves that fits. */
  public static MemoryPlan fitting(
      ModelFolder folder, Setting setting, Workload workload, long available) {
    Workload now = workload;
    while (true) {
      MemoryPlan plan = of(folder, setting, now);
      if (plan.needed() <= available || now.microBatch() == 1) {
        return plan;
      }
      now = now.halved();
    }
  }

  /** What may be changed when a plan does not fit, each with its own plan. */
  public static List<MemoryPlan> savings(
      ModelFolder folder, Setting setting, Workload workload, long available) {
    return setting.savings().stream()
        .map(saving -> fitting(folder, saving, workload, available))
        .toList();
  }

  static MemoryPlan of(ModelFolder folder, Setting setting, Workload work) {
    Sizes sizes = new Sizes(folder.config(), setting.bytes());
    long parameters = folder.parameters();
    long moved =
        setting.loraRank() > 0
            ? sizes.adapter(setting.loraRank())
            : setting.frozenTower() ? folder.textParameters() : parameters;
    int ranks = setting.ranks();
    // A rank passes its part of a micro-batch: whole groups, or a part of the one group there is.
    Workload part =
        new Workload(
            work.prompts(),
            work.samples(),
            Math.ceilDiv(work.microBatch(), ranks),
            work.textTokens(),
            work.imageTokens(),
            work.completionTokens());
    // Under an adapter the weights are frozen, shared by runs and whole on each rank.
    int shards = setting.loraRank() > 0 ? 1 : ranks;
    Map<String, Long> held = new LinkedHashMap<>();
    held.put("weights", parameters * setting.bytes() / shards + adapterBytes(setting, moved));
    held.put("moments", Moments.bytes(sizes, setting) / shards);
    if (setting.bytes() == 2 && setting.loraRank() == 0) {
      held.put("float32 copy", moved * 4 / shards);
    }
    Map<String, Long> training = new LinkedHashMap<>(held);
    training.put("gradients", moved * 4 / shards);
    if (shards > 1) {
      training.put("gathered layers", sizes.outsideLayers() + 2 * sizes.largestLayer());
    }
    training.put("activations", activations(sizes, setting, part));
    training.put("scores", sizes.head() + SCORES_AT_ONCE * BYTES_OF_A_SCORE);
    Map<String, Long> rollout = new LinkedHashMap<>(held);
    if (shards > 1) {
      rollout.put("whole weights", parameters * setting.bytes());
    }
    long rows = Math.min(ROWS_AT_ONCE, Math.ceilDiv((long) work.prompts() * work.samples(), ranks));
    long prompts = Math.ceilDiv(rows, work.samples());
    rollout.put(
        "keys and values",
        sizes.cache(rows * work.completionTokens() + prompts * work.promptTokens()));
    rollout.put("scores", rows * folder.config().text().vocabulary() * BYTES_OF_A_SCORE);
    return new MemoryPlan(setting, work, training, rollout, parameters * setting.bytes());
  }

  /** What must be free, the allowance included. */
  public long needed() {
    return Math.max(sum(training), sum(rollout)) + RESERVE;
  }

  public static long sum(Map<String, Long> parts) {
    return parts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static long adapterBytes(Setting setting, long moved) {
    return setting.loraRank() > 0 ? moved * 4 : 0;
  }

  /** What the forward pass of a micro-batch keeps for the backward pass. */
  static long activations(Sizes sizes, Setting setting, Workload work) {
    long completions = work.microBatch();
    long groups = work.groups();
    long inputs = work.completionTokens() - 1L;
    long tokens = groups * work.promptTokens() + completions * inputs;
    long keys = groups * work.promptTokens() + completions * (work.promptTokens() + inputs);
    long layer = sizes.layer(tokens, keys);
    long layers = sizes.config().text().layers();
    long text =
        setting.checkpointing() ? layers * sizes.layerInput(tokens) + layer : layers * layer;
    text += sizes.ends(tokens, completions * work.completionTokens());
    if (!setting.towerMoves()) {
      return text;
    }
    long merge = sizes.config().vision().merge();
    long patches = groups * work.imageTokens() * merge * merge;
    long block = sizes.block(patches);
    long blocks = sizes.config().vision().blocks();
    long vision = setting.checkpointing() ? blocks * sizes.blockInput(patches) : blocks * block;
    // Blocks are made again one at a time, after the layers are done.
    long again = setting.checkpointing() ? Math.max(0, block - layer) : 0;
    return text + vision + again + sizes.visionEnds(patches);
  }
}
