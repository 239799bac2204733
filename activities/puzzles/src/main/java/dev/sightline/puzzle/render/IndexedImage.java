package dev.sightline.puzzle.render;

/** A picture of at most 16 colours, one byte a pixel. Mutable, for one painter. */
public final class IndexedImage {
  private final int width;
  private final int height;
  private final int[] palette;
  private final byte[] pixels;

  /**
   * All pixels have colour 0.
   *
   * @param palette colours as 0xRRGGBB
   */
  public IndexedImage(int width, int height, int... palette) {
    if (width < 1 || height < 1 || palette.length < 1 || palette.length > 16) {
      throw new IllegalArgumentException("an indexed image has pixels and 1 to 16 colours");
    }
    this.width = width;
    this.height = height;
    this.palette = palette.clone();
    this.pixels = new byte[width * height];
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** Each pixel as 0xRRGGBB, row by row. */
  int[] colours() {
    int[] out = new int[pixels.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = palette[pixels[i]] & 0xffffff;
    }
    return out;
  }

  public void set(int x, int y, int colour) {
    if (x < 0 || x >= width || colour < 0 || colour >= palette.length) {
      throw new IllegalArgumentException("no such pixel or colour");
    }
    pixels[y * width + x] = (byte) colour;
  }

  public int get(int x, int y) {
    return pixels[y * width + x];
  }
}
