package dev.sightline.puzzle.render;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The palette of a picture. Up to 256 colours are kept as they are. Beyond, the most frequent 128
 * stay exact (the inks), and the rest (shades of their edges) are joined in cubes of colours with a
 * side of 4, 8, 16, 32 or 64 levels, the smallest that suffices; a cube becomes its most frequent
 * colour. So no channel is off by more than 63, and by 3 or 7 in ordinary pictures.
 */
final class Quantiser {
  static final int LARGEST = 256;
  private static final int EXACT = 128;

  private final int[] pixels;
  private int[] keys = new int[2048];
  private int[] index = new int[2048];
  private int[] counts = new int[1024];
  private int[] colours = new int[1024];
  private int size;

  private Quantiser(int[] pixels) {
    this.pixels = pixels;
    Arrays.fill(keys, -1);
  }

  /**
   * A picture as indices into at most 256 colours.
   *
   * @param colours 0xRRGGBB
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on at once, never compared.
  record Indexed(byte[] indices, int[] colours) {}

  static Indexed index(int[] pixels, int width) {
    Quantiser quantiser = new Quantiser(pixels);
    byte[] indices = quantiser.direct(width);
    if (indices != null) {
      return new Indexed(indices, Arrays.copyOf(quantiser.colours, quantiser.size));
    }
    return quantiser.reduced();
  }

  /** The indices, or null where there are too many colours. */
  private byte @Nullable [] direct(int width) {
    byte[] indices = new byte[pixels.length];
    int last = -1;
    byte lastIndex = 0;
    for (int start = 0; start < pixels.length; start += width) {
      if (start > 0 && Arrays.equals(pixels, start, start + width, pixels, start - width, start)) {
        System.arraycopy(indices, start - width, indices, start, width);
        continue;
      }
      for (int i = start; i < start + width; i++) {
        int colour = pixels[i] & 0xffffff;
        if (colour != last) {
          int found = find(colour);
          if (found >= LARGEST) {
            return null;
          }
          last = colour;
          lastIndex = (byte) found;
        }
        indices[i] = lastIndex;
      }
    }
    return indices;
  }

  private int find(int colour) {
    int slot = slot(colour);
    while (keys[slot] != colour) {
      if (keys[slot] < 0) {
        keys[slot] = colour;
        index[slot] = size;
        if (size == colours.length) {
          colours = Arrays.copyOf(colours, 2 * size);
          counts = Arrays.copyOf(counts, 2 * size);
        }
        colours[size] = colour;
        if (++size > keys.length / 2) {
          grow();
        }
        return size - 1;
      }
      slot = slot + 1 & keys.length - 1;
    }
    return index[slot];
  }

  /** The highest bits of the product, as many as the table has. */
  private int slot(int colour) {
    return colour * 0x9E3779B1 >>> Integer.numberOfLeadingZeros(keys.length) + 1;
  }

  private void grow() {
    keys = new int[4 * keys.length];
    index = new int[keys.length];
    Arrays.fill(keys, -1);
    for (int i = 0; i < size; i++) {
      int slot = slot(colours[i]);
      while (keys[slot] >= 0) {
        slot = slot + 1 & keys.length - 1;
      }
      keys[slot] = colours[i];
      index[slot] = i;
    }
  }

  private Indexed reduced() {
    int[] numbers = new int[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      numbers[i] = find(pixels[i] & 0xffffff);
      counts[numbers[i]]++;
    }
    // Most frequent first, then by colour.
    long[] ranked = new long[size];
    for (int i = 0; i < size; i++) {
      ranked[i] = (long) (Integer.MAX_VALUE - counts[i]) << 24 | colours[i];
    }
    Arrays.sort(ranked);
    int[] palette = new int[LARGEST];
    byte[] place = new byte[size];
    for (int bits = 2; ; bits++) {
      int used = assign(ranked, bits, palette, place);
      if (used <= LARGEST) {
        byte[] indices = new byte[pixels.length];
        for (int i = 0; i < indices.length; i++) {
          indices[i] = place[numbers[i]];
        }
        return new Indexed(indices, Arrays.copyOf(palette, used));
      }
    }
  }

  private int assign(long[] ranked, int bits, int[] palette, byte[] place) {
    short[] cubes = new short[1 << 3 * (8 - bits)];
    Arrays.fill(cubes, (short) -1);
    int used = 0;
    for (int rank = 0; rank < ranked.length; rank++) {
      int colour = (int) ranked[rank] & 0xffffff;
      int side = 8 - bits;
      int cube =
          (colour >> 16 + bits) << 2 * side
              | (colour >> 8 + bits & (1 << side) - 1) << side
              | colour >> bits & (1 << side) - 1;
      int entry = rank < EXACT ? -1 : cubes[cube];
      if (entry < 0) {
        if (used == LARGEST) {
          return LARGEST + 1;
        }
        entry = used++;
        palette[entry] = colour;
        if (cubes[cube] < 0) {
          cubes[cube] = (short) entry;
        }
      }
      place[find(colour)] = (byte) entry;
    }
    return used;
  }
}
