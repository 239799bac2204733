package dev.sightline.puzzle.render;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Adler32;

/**
 * A zlib stream (RFC 1950, 1951) for rows of palette indices, whose bytes depend on the input
 * alone.
 *
 * <p>A match is looked for where pictures repeat themselves: at the byte before, in the row above
 * (straight and shifted by up to two bytes, for slanted edges), and where the same four bytes last
 * began a token. One block holds the whole picture, in the cheaper of fixed and dynamic codes.
 */
final class Deflate {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int LONGEST = 258;
  private static final int WINDOW = 32768;
  private static final int HASH_BITS = 13;
  private static final int END = 256;
  private static final int[] LENGTH_BASE = {
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258
  };
  private static final int[] LENGTH_BITS = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
  };
  private static final byte[] LENGTH_CODE = new byte[LONGEST + 1];

  static {
    for (int length = 3, code = 0; length <= LONGEST; length++) {
      if (code + 1 < LENGTH_BASE.length && length >= LENGTH_BASE[code + 1]) {
        code++;
      }
      LENGTH_CODE[length] = (byte) code;
    }
  }

  private final byte[] plain;
  private final int row;
  private final int[] literals = new int[286];
  private final int[] distances = new int[30];
  private final int[] lastSeen = new int[1 << HASH_BITS];

  /** A literal as its value, a match as length << 16 | distance. */
  private int[] tokens = new int[8192];

  private int count;

  private Deflate(byte[] plain, int row) {
    this.plain = plain;
    this.row = row;
  }

  /**
   * Compresses.
   *
   * @param row bytes a row, with its filter byte
   */
  static byte[] zlib(byte[] plain, int row) {
    Deflate deflate = new Deflate(plain, row);
    deflate.tokenise();
    return deflate.write();
  }

  private void tokenise() {
    Arrays.fill(lastSeen, -1);
    int[] nearby = {1, row, row - 1, row + 1, row - 2, row + 2};
    int end = plain.length;
    int at = 0;
    while (at + 4 <= end) {
      int here = (int) INTS.get(plain, at);
      int best = 0;
      int distance = 0;
      for (int candidate : nearby) {
        if (candidate > at || candidate < 1 || candidate > WINDOW) {
          continue;
        }
        int from = at - candidate;
        int difference = here ^ (int) INTS.get(plain, from);
        if ((difference & 0xffffff) != 0) {
          continue;
        }
        int length = difference == 0 ? 4 + common(at + 4, from + 4) : 3;
        if (length > best) {
          best = length;
          distance = candidate;
        }
      }
      int slot = here * 0x9E3779B1 >>> 32 - HASH_BITS;
      int seen = lastSeen[slot];
      lastSeen[slot] = at;
      if (best < 16 && seen >= 0 && at - seen <= WINDOW && here == (int) INTS.get(plain, seen)) {
        int length = 4 + common(at + 4, seen + 4);
        if (length > best + 1) {
          best = length;
          distance = at - seen;
        }
      }
      if (best < 3) {
        literal(plain[at] & 0xff);
        at++;
      } else {
        match(best, distance);
        at += best;
      }
    }
    while (at < end) {
      literal(plain[at++] & 0xff);
    }
    literals[END]++;
  }

  /** How many bytes are the same from two places on, up to the end. */
  private int common(int at, int from) {
    int left = plain.length - at;
    int first = Arrays.mismatch(plain, at, plain.length, plain, from, from + left);
    return first < 0 ? left : first;
  }

  private void literal(int value) {
    literals[value]++;
    push(value);
  }

  private void match(int length, int distance) {
    int left = length;
    int code = distanceCode(distance);
    while (left > 0) {
      // A rest of one or two bytes could not be a match, so the piece before gives some up.
      int piece = left <= LONGEST ? left : Math.min(LONGEST, left - 3);
      literals[257 + LENGTH_CODE[piece]]++;
      distances[code]++;
      push(piece << 16 | distance);
      left -= piece;
    }
  }

  private void push(int token) {
    if (count == tokens.length) {
      tokens = Arrays.copyOf(tokens, 2 * count);
    }
    tokens[count++] = token;
  }

  /** Codes 0 to 29 of RFC 1951, 3.2.5: two codes to each power of two. */
  private static int distanceCode(int distance) {
    int reach = distance - 1;
    if (reach < 4) {
      return reach;
    }
    int top = 31 - Integer.numberOfLeadingZeros(reach);
    return 2 * top + (reach >> top - 1 & 1);
  }

  private byte[] write() {
    Huffman.Header header = Huffman.header(literals, distances);
    boolean dynamic = header.bits() + cost(header.literals(), header.distances()) < fixedCost();
    byte[] literalLengths = dynamic ? header.literals() : Huffman.FIXED_LITERALS;
    byte[] distanceLengths = dynamic ? header.distances() : Huffman.FIXED_DISTANCES;
    long bits = cost(literalLengths, distanceLengths) + (dynamic ? header.bits() : 3);
    Bits out = new Bits((int) (bits / 8) + 16);
    out.put(0x0178, 16);
    out.put(1, 1);
    out.put(dynamic ? 2 : 1, 2);
    if (dynamic) {
      header.write(out);
    }
    int[] literalCodes = Huffman.codes(literalLengths);
    int[] distanceCodes = Huffman.codes(distanceLengths);
    for (int i = 0; i < count; i++) {
      int token = tokens[i];
      int length = token >>> 16;
      if (length == 0) {
        out.put(literalCodes[token], literalLengths[token]);
        continue;
      }
      int code = LENGTH_CODE[length];
      out.put(literalCodes[257 + code], literalLengths[257 + code]);
      out.put(length - LENGTH_BASE[code], LENGTH_BITS[code]);
      int distance = token & 0xffff;
      int far = distanceCode(distance);
      out.put(distanceCodes[far], distanceLengths[far]);
      int extra = Math.max(0, (far >> 1) - 1);
      out.put(distance - 1 & (1 << extra) - 1, extra);
    }
    out.put(literalCodes[END], literalLengths[END]);
    Adler32 sum = new Adler32();
    sum.update(plain);
    return out.finish((int) sum.getValue());
  }

  private long fixedCost() {
    return 3 + cost(Huffman.FIXED_LITERALS, Huffman.FIXED_DISTANCES);
  }

  private long cost(byte[] literalLengths, byte[] distanceLengths) {
    long bits = 0;
    for (int i = 0; i < literals.length; i++) {
      bits += (long) literals[i] * (literalLengths[i] + (i < 257 ? 0 : LENGTH_BITS[i - 257]));
    }
    for (int i = 0; i < distances.length; i++) {
      bits += (long) distances[i] * (distanceLengths[i] + Math.max(0, (i >> 1) - 1));
    }
    return bits;
  }

  /** Bits from the lowest to the highest, as deflate wants them. */
  static final class Bits {
    private byte[] out;
    private int size;
    private long held;
    private int count;

    Bits(int capacity) {
      out = new byte[capacity];
    }

    /** At most 16 bits at a time. */
    void put(int value, int width) {
      held |= (long) value << count;
      count += width;
      if (count >= 32) {
        room(4);
        INTS.set(out, size, (int) held);
        size += 4;
        held >>>= 32;
        count -= 32;
      }
    }

    byte[] finish(int sum) {
      room(12);
      while (count > 0) {
        out[size++] = (byte) held;
        held >>>= 8;
        count -= 8;
      }
      for (int shift = 24; shift >= 0; shift -= 8) {
        out[size++] = (byte) (sum >>> shift);
      }
      return Arrays.copyOf(out, size);
    }

    private void room(int bytes) {
      if (size + bytes > out.length) {
        out = Arrays.copyOf(out, Math.max(2 * out.length, size + bytes));
      }
    }
  }
}
