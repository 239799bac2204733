package dev.sightline.worker.model;

import dev.sightline.spec.OptimizerKind;
import java.util.ArrayList;
import java.util.List;

/**
 * How a model is trained.
 *
 * @param bytes of a weight: 4 (float32) or 2 (bfloat16)
 * @param loraRank 0 for all weights; else the rank of an adapter on all linear layers of the text
 *     tower, whose vision tower stays
 * @param frozenTower that the vision tower stays
 * @param checkpointing that a layer keeps only its input for the backward pass
 * @param ranks GPUs that share the model
 * @param eightBit that Adam's moments have 8 bits; not where GPUs share the weights that are
 *     trained, as the policy server refuses it there
 */
public record Setting(
    int bytes,
    int loraRank,
    boolean frozenTower,
    boolean checkpointing,
    int ranks,
    boolean eightBit) {
  static final int LORA_RANK = 16;

  public Setting {
    if (bytes != 2 && bytes != 4
        || loraRank < 0
        || ranks < 1
        || eightBit && ranks > 1 && loraRank == 0) {
      throw new IllegalArgumentException("a setting is out of bounds");
    }
  }

  boolean towerMoves() {
    return !frozenTower && loraRank == 0;
  }

  /** What may be changed about it, the smallest sacrifice first, each on top of the ones before. */
  List<Setting> savings() {
    List<Setting> savings = new ArrayList<>();
    Setting last = this;
    if (!last.checkpointing) {
      last = new Setting(bytes, loraRank, frozenTower, true, ranks, eightBit);
      savings.add(last);
    }
    if (bytes == 4) {
      last = new Setting(2, loraRank, frozenTower, true, ranks, eightBit);
      savings.add(last);
    }
    if (!eightBit && loraRank == 0 && ranks == 1) {
      last = new Setting(2, 0, frozenTower, true, 1, true);
      savings.add(last);
    }
    if (last.towerMoves()) {
      savings.add(new Setting(2, 0, true, true, ranks, last.eightBit));
    }
    if (loraRank == 0) {
      for (int more = 2 * ranks; more <= 8; more *= 2) {
        savings.add(new Setting(2, 0, frozenTower, true, more, false));
      }
      savings.add(new Setting(2, LORA_RANK, true, true, 1, false));
    }
    return List.copyOf(savings);
  }

  /** The options of the command that ask for it. */
  public String options() {
    List<String> options = new ArrayList<>();
    options.add("--dtype " + dtype());
    if (checkpointing) {
      options.add("--gradient-checkpointing");
    }
    if (loraRank > 0) {
      options.add("--lora " + loraRank);
    } else if (frozenTower) {
      options.add("--frozen-tower");
    }
    if (eightBit) {
      options.add("--optimizer " + OptimizerKind.ADAMW_8BIT.wire());
    }
    if (ranks > 1) {
      options.add("--ranks " + ranks);
    }
    return String.join(" ", options);
  }

  public String dtype() {
    return bytes == 2 ? "bfloat16" : "float32";
  }
}
