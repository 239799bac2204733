package dev.sightline.puzzle.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** A PNG file as another reader sees it, for tests. Colours are 0xRRGGBB. */
public final class Picture {
  private final BufferedImage image;

  private Picture(BufferedImage image) {
    this.image = image;
  }

  public static Picture of(byte[] png) {
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
      assertThat(image).as("a PNG that ImageIO reads").isNotNull();
      return new Picture(image);
    } catch (IOException e) {
      throw new UncheckedIOException("not a readable PNG", e);
    }
  }

  public int width() {
    return image.getWidth();
  }

  public int height() {
    return image.getHeight();
  }

  public int pixel(int x, int y) {
    return image.getRGB(x, y) & 0xffffff;
  }

  /** All pixels, row by row. */
  public int[] pixels() {
    int[] out = image.getRGB(0, 0, width(), height(), null, 0, width());
    for (int i = 0; i < out.length; i++) {
      out[i] &= 0xffffff;
    }
    return out;
  }

  /** How many pixels have exactly this colour. */
  public int count(int colour) {
    int count = 0;
    for (int pixel : pixels()) {
      count += pixel == colour ? 1 : 0;
    }
    return count;
  }
}
