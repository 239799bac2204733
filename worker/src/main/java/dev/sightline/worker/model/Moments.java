package dev.sightline.worker.model;

import java.util.List;
import java.util.Map;

/** Bytes of Adam's two moments of all that is trained (deploy/triton, {@code eight_bit.py}). */
final class Moments {
  /** Tensors of fewer elements keep 32 bits, which bitsandbytes calls {@code min_8bit_size}. */
  private static final long SMALLEST = 4096;

  private static final long BLOCK = 256;

  /** What the 256 codes of a moment mean, as float32. */
  private static final long TABLE = 256 * 4;

  private Moments() {}

  static long bytes(Sizes sizes, Setting setting) {
    if (setting.loraRank() > 0) {
      List<Long> factors = sizes.factors(setting.loraRank());
      return factors.stream().mapToLong(count -> bytes(count, setting.eightBit())).sum();
    }
    return QwenTensors.expected(sizes.config()).entrySet().stream()
        .filter(tensor -> !setting.frozenTower() || !QwenTensors.isVision(tensor.getKey()))
        .mapToLong(
            tensor ->
                bytes(
                    elements(tensor),
                    setting.eightBit() && !QwenTensors.isEmbedding(tensor.getKey())))
        .sum();
  }

  private static long elements(Map.Entry<String, List<Long>> tensor) {
    return tensor.getValue().stream().reduce(1L, Math::multiplyExact);
  }

  private static long bytes(long elements, boolean eightBit) {
    return eightBit && elements >= SMALLEST
        ? 2 * (elements + 4 * Math.ceilDiv(elements, BLOCK) + TABLE)
        : 8 * elements;
  }
}
