package dev.sightline.puzzle.render;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Adler32;
import java.util.zip.CRC32;

/**
 * Writes PNG files of 4 bits a pixel whose bytes depend on the picture alone.
 *
 * <p>The JDK's Deflater links to whatever zlib the machine has, and their outputs differ. So the
 * stream is compressed here: the filter "up" turns repeated rows into zeros, and runs of one byte
 * become matches of distance 1 in one block of fixed Huffman codes (RFC 1951, 3.2.6).
 */
public final class PalettePng {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int LONGEST = 258;
  private static final int[] LENGTH_BASE = {
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258
  };
  private static final int[] LENGTH_BITS = {
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0
  };

  private PalettePng() {}

  public static byte[] encode(IndexedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(SIGNATURE);
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(header);
    try {
      data.writeInt(image.width());
      data.writeInt(image.height());
      data.write(new byte[] {4, 3, 0, 0, 0}); // 4 bits, palette, no interlace.
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    chunk(out, "IHDR", header.toByteArray());
    int[] palette = image.palette();
    byte[] colours = new byte[3 * palette.length];
    for (int i = 0; i < palette.length; i++) {
      colours[3 * i] = (byte) (palette[i] >> 16);
      colours[3 * i + 1] = (byte) (palette[i] >> 8);
      colours[3 * i + 2] = (byte) palette[i];
    }
    chunk(out, "PLTE", colours);
    chunk(out, "IDAT", zlib(filtered(image)));
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static byte[] filtered(IndexedImage image) {
    int stride = (image.width() + 1) / 2;
    byte[] out = new byte[(stride + 1) * image.height()];
    byte[] above = new byte[stride];
    for (int y = 0; y < image.height(); y++) {
      byte[] row = new byte[stride];
      for (int x = 0; x < image.width(); x++) {
        row[x / 2] |= (byte) (image.get(x, y) << (x % 2 == 0 ? 4 : 0));
      }
      int at = y * (stride + 1);
      out[at] = 2; // The filter "up".
      for (int i = 0; i < stride; i++) {
        out[at + 1 + i] = (byte) (row[i] - above[i]);
      }
      above = row;
    }
    return out;
  }

  private static byte[] zlib(byte[] plain) {
    Bits bits = new Bits();
    bits.out.write(0x78);
    bits.out.write(0x01);
    bits.put(1, 1); // The last block,
    bits.put(1, 2); // of fixed codes.
    for (int i = 0; i < plain.length; ) {
      int run = 0;
      if (i > 0) {
        while (run < LONGEST && i + run < plain.length && plain[i + run] == plain[i - 1]) {
          run++;
        }
      }
      if (run >= 3) {
        int code = LENGTH_BASE.length - 1;
        while (LENGTH_BASE[code] > run) {
          code--;
        }
        bits.symbol(257 + code);
        bits.put(run - LENGTH_BASE[code], LENGTH_BITS[code]);
        bits.put(0, 5); // Distance 1.
        i += run;
      } else {
        bits.symbol(plain[i] & 0xff);
        i++;
      }
    }
    bits.symbol(256);
    bits.flush();
    Adler32 sum = new Adler32();
    sum.update(plain);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bits.out.write((int) (sum.getValue() >>> shift) & 0xff);
    }
    return bits.out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String type, byte[] body) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(body);
    number(out, body.length);
    out.writeBytes(name);
    out.writeBytes(body);
    number(out, (int) sum.getValue());
  }

  private static void number(ByteArrayOutputStream out, int value) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      out.write(value >>> shift & 0xff);
    }
  }

  private static final class Bits {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int held;
    private int count;

    void put(int value, int width) {
      held |= value << count;
      count += width;
      while (count >= 8) {
        out.write(held & 0xff);
        held >>>= 8;
        count -= 8;
      }
    }

    /** A literal or length code; Huffman codes go in from their highest bit. */
    void symbol(int symbol) {
      if (symbol < 144) {
        reversed(0x30 + symbol, 8);
      } else if (symbol < 256) {
        reversed(0x190 + symbol - 144, 9);
      } else if (symbol < 280) {
        reversed(symbol - 256, 7);
      } else {
        reversed(0xc0 + symbol - 280, 8);
      }
    }

    private void reversed(int code, int width) {
      put(Integer.reverse(code) >>> (32 - width), width);
    }

    void flush() {
      if (count > 0) {
        put(0, 8 - count);
      }
    }
  }
}
