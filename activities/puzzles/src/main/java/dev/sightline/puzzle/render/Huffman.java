package dev.sightline.puzzle.render;

import java.util.Arrays;

/** Huffman codes of deflate (RFC 1951, 3.2). Ties are broken by symbol, never by chance. */
final class Huffman {
  static final byte[] FIXED_LITERALS = new byte[288];
  static final byte[] FIXED_DISTANCES = new byte[30];

  private static final int[] HEADER_ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  static {
    Arrays.fill(FIXED_LITERALS, 0, 144, (byte) 8);
    Arrays.fill(FIXED_LITERALS, 144, 256, (byte) 9);
    Arrays.fill(FIXED_LITERALS, 256, 280, (byte) 7);
    Arrays.fill(FIXED_LITERALS, 280, 288, (byte) 8);
    Arrays.fill(FIXED_DISTANCES, (byte) 5);
  }

  private Huffman() {}

  /**
   * The lengths of the codes of a block, and how they are written before it.
   *
   * @param run the lengths as symbols 0 to 18, each with its extra value << 8
   */
  record Header(
      byte[] literals,
      byte[] distances,
      int literalCount,
      int distanceCount,
      int[] run,
      byte[] lengths,
      int lengthCount) {
    long bits() {
      long bits = 3 + 14 + 3L * lengthCount;
      for (int symbol : run) {
        bits += lengths[symbol & 0xff] + extra(symbol & 0xff);
      }
      return bits;
    }

    void write(Deflate.Bits out) {
      out.put(literalCount - 257, 5);
      out.put(distanceCount - 1, 5);
      out.put(lengthCount - 4, 4);
      for (int i = 0; i < lengthCount; i++) {
        out.put(lengths[HEADER_ORDER[i]], 3);
      }
      int[] codes = codes(lengths);
      for (int symbol : run) {
        int code = symbol & 0xff;
        out.put(codes[code], lengths[code]);
        out.put(symbol >> 8, extra(code));
      }
    }

    private static int extra(int symbol) {
      return symbol == 16 ? 2 : symbol == 17 ? 3 : symbol == 18 ? 7 : 0;
    }
  }

  static Header header(int[] literalCounts, int[] distanceCounts) {
    byte[] literals = lengths(literalCounts, 15);
    byte[] distances = lengths(distanceCounts, 15);
    int literalCount = Math.max(257, used(literals));
    int distanceCount = Math.max(1, used(distances));
    byte[] all = new byte[literalCount + distanceCount];
    System.arraycopy(literals, 0, all, 0, literalCount);
    System.arraycopy(distances, 0, all, literalCount, distanceCount);
    int[] run = run(all);
    int[] counts = new int[19];
    for (int symbol : run) {
      counts[symbol & 0xff]++;
    }
    byte[] lengths = lengths(counts, 7);
    int lengthCount = 19;
    while (lengthCount > 4 && lengths[HEADER_ORDER[lengthCount - 1]] == 0) {
      lengthCount--;
    }
    return new Header(literals, distances, literalCount, distanceCount, run, lengths, lengthCount);
  }

  private static int used(byte[] lengths) {
    int used = lengths.length;
    while (used > 0 && lengths[used - 1] == 0) {
      used--;
    }
    return used;
  }

  /** Runs of lengths become 16 (the last again 3 to 6 times), 17 and 18 (zeros). */
  private static int[] run(byte[] lengths) {
    int[] out = new int[lengths.length];
    int size = 0;
    for (int i = 0; i < lengths.length; ) {
      int same = 1;
      while (i + same < lengths.length && lengths[i + same] == lengths[i]) {
        same++;
      }
      int left = same;
      if (lengths[i] == 0) {
        while (left >= 11) {
          int piece = Math.min(138, left);
          out[size++] = 18 | piece - 11 << 8;
          left -= piece;
        }
        if (left >= 3) {
          out[size++] = 17 | left - 3 << 8;
          left = 0;
        }
      } else {
        out[size++] = lengths[i];
        left--;
        while (left >= 3) {
          int piece = Math.min(6, left);
          out[size++] = 16 | piece - 3 << 8;
          left -= piece;
        }
      }
      while (left-- > 0) {
        out[size++] = lengths[i];
      }
      i += same;
    }
    return Arrays.copyOf(out, size);
  }

  /**
   * The code lengths for the counts, none above {@code longest}. At least two symbols get a code,
   * since some readers refuse less.
   */
  static byte[] lengths(int[] counts, int longest) {
    int[] weights = counts.clone();
    int present = 0;
    for (int weight : weights) {
      present += weight > 0 ? 1 : 0;
    }
    for (int i = 0; present < 2; i++) {
      if (weights[i] == 0) {
        weights[i] = 1;
        present++;
      }
    }
    while (true) {
      byte[] lengths = tree(weights, present);
      int deepest = 0;
      for (byte length : lengths) {
        deepest = Math.max(deepest, length);
      }
      if (deepest <= longest) {
        return lengths;
      }
      for (int i = 0; i < weights.length; i++) {
        weights[i] = weights[i] == 0 ? 0 : weights[i] / 2 + 1;
      }
    }
  }

  /** Huffman's algorithm with two queues: the leaves by weight, and the nodes as they are made. */
  private static byte[] tree(int[] weights, int present) {
    long[] leaves = new long[present];
    for (int i = 0, next = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        leaves[next++] = (long) weights[i] << 16 | i;
      }
    }
    Arrays.sort(leaves);
    int nodes = 2 * present - 1;
    long[] weight = new long[nodes];
    int[] parent = new int[nodes];
    for (int i = 0; i < present; i++) {
      weight[i] = leaves[i] >> 16;
    }
    int leaf = 0;
    int inner = present;
    for (int made = present; made < nodes; made++) {
      for (int child = 0; child < 2; child++) {
        int take =
            leaf < present && (inner >= made || weight[leaf] <= weight[inner]) ? leaf++ : inner++;
        weight[made] += weight[take];
        parent[take] = made;
      }
    }
    byte[] depth = new byte[nodes];
    byte[] lengths = new byte[weights.length];
    for (int i = nodes - 2; i >= 0; i--) {
      depth[i] = (byte) (depth[parent[i]] + 1);
      if (i < present) {
        lengths[(int) (leaves[i] & 0xffff)] = depth[i];
      }
    }
    return lengths;
  }

  /** The canonical codes for the lengths, bits already reversed for writing. */
  static int[] codes(byte[] lengths) {
    int[] next = new int[17];
    for (byte length : lengths) {
      next[length + 1]++;
    }
    next[1] = 0;
    for (int i = 2; i < next.length; i++) {
      next[i] = next[i - 1] + next[i] << 1;
    }
    int[] codes = new int[lengths.length];
    for (int i = 0; i < lengths.length; i++) {
      if (lengths[i] > 0) {
        codes[i] = Integer.reverse(next[lengths[i]]++) >>> 32 - lengths[i];
      }
    }
    return codes;
  }
}
