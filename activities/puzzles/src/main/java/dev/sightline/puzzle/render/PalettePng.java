package dev.sightline.puzzle.render;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Writes PNG files with a palette, whose bytes depend on the picture alone: the JDK's Deflater
 * links to whatever zlib the machine has, and their outputs differ, so {@link Deflate} is our own.
 *
 * <p>1, 2, 4 or 8 bits a pixel, as few as the colours need. A picture of more than 256 colours
 * loses some of them as {@link Quantiser} tells.
 */
public final class PalettePng {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  private PalettePng() {}

  /** Encodes an image of at most 16 colours. */
  public static byte[] encode(IndexedImage image) {
    return encode(image.colours(), image.width(), image.height());
  }

  /**
   * Encodes a picture.
   *
   * @param pixels 0xRRGGBB, row by row; the highest byte is ignored
   */
  public static byte[] encode(int[] pixels, int width, int height) {
    if (width < 1 || height < 1 || pixels.length != width * height) {
      throw new IllegalArgumentException("a picture has width times height pixels");
    }
    Quantiser.Indexed indexed = Quantiser.index(pixels, width);
    int colours = indexed.colours().length;
    int depth = colours <= 2 ? 1 : colours <= 4 ? 2 : colours <= 16 ? 4 : 8;
    int row = (width * depth + 7) / 8 + 1;
    byte[] data = Deflate.zlib(packed(indexed.indices(), width, height, depth, row), row);

    byte[] out = new byte[8 + 12 + 13 + 12 + 3 * colours + 12 + data.length + 12];
    System.arraycopy(SIGNATURE, 0, out, 0, 8);
    int at = begin(out, 8, 13, "IHDR");
    number(out, at, width);
    number(out, at + 4, height);
    out[at + 8] = (byte) depth;
    out[at + 9] = 3; // A palette; the rest is zero: deflate, the usual filters, no interlace.
    at = end(out, at, 13);
    at = begin(out, at, 3 * colours, "PLTE");
    for (int i = 0; i < colours; i++) {
      int colour = indexed.colours()[i];
      out[at + 3 * i] = (byte) (colour >> 16);
      out[at + 3 * i + 1] = (byte) (colour >> 8);
      out[at + 3 * i + 2] = (byte) colour;
    }
    at = end(out, at, 3 * colours);
    at = begin(out, at, data.length, "IDAT");
    System.arraycopy(data, 0, out, at, data.length);
    at = end(out, at, data.length);
    end(out, begin(out, at, 0, "IEND"), 0);
    return out;
  }

  /** Each row after its filter byte, 0 (none). */
  private static byte[] packed(byte[] indices, int width, int height, int depth, int row) {
    byte[] out = new byte[row * height];
    for (int y = 0; y < height; y++) {
      int from = y * width;
      int to = y * row + 1;
      if (depth == 8) {
        System.arraycopy(indices, from, out, to, width);
        continue;
      }
      int each = 8 / depth;
      for (int x = 0; x < width; x++) {
        out[to + x / each] |= (byte) (indices[from + x] << 8 - depth - x % each * depth);
      }
    }
    return out;
  }

  private static int begin(byte[] out, int at, int length, String type) {
    number(out, at, length);
    System.arraycopy(type.getBytes(StandardCharsets.US_ASCII), 0, out, at + 4, 4);
    return at + 8;
  }

  private static int end(byte[] out, int body, int length) {
    CRC32 sum = new CRC32();
    sum.update(out, body - 4, length + 4);
    number(out, body + length, (int) sum.getValue());
    return body + length + 4;
  }

  private static void number(byte[] out, int at, int value) {
    for (int i = 0; i < 4; i++) {
      out[at + i] = (byte) (value >>> 24 - 8 * i);
    }
  }
}
