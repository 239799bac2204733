package dev.sightline.puzzle.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PalettePngTest {
  /** Runs, repeated rows, shifted rows and noise: all that the encoder takes a short cut for. */
  private static int[] picture(int width, int height, int colours, long seed) {
    Random random = new Random(seed);
    int[] palette = random.ints(colours, 0, 0x1000000).toArray();
    int[] pixels = new int[width * height];
    for (int y = 0; y < height; y++) {
      int how = y == 0 ? 0 : random.nextInt(5);
      int shift = random.nextInt(5) - 2;
      int colour = palette[0];
      for (int x = 0; x < width; x++) {
        if (random.nextInt(8) == 0 || how == 1) {
          colour = palette[random.nextInt(colours)];
        }
        int above = Math.floorMod(x + shift, width);
        pixels[y * width + x] =
            how >= 3 ? pixels[(y - 1) * width + (how == 3 ? x : above)] : colour;
      }
    }
    return pixels;
  }

  @Property(tries = 300)
  void readsBackExactly(
      @ForAll @IntRange(min = 1, max = 130) int width,
      @ForAll @IntRange(min = 1, max = 90) int height,
      @ForAll @IntRange(min = 1, max = 256) int colours,
      @ForAll long seed) {
    int[] pixels = picture(width, height, colours, seed);
    Picture read = Picture.of(PalettePng.encode(pixels, width, height));
    assertThat(read.width()).isEqualTo(width);
    assertThat(read.pixels()).isEqualTo(pixels);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1024,1024", "4096,9", "3,2000", "448,448"})
  void readsBackAtAnySize(int width, int height) {
    for (int colours : new int[] {1, 2, 3, 4, 5, 16, 17, 200}) {
      int[] pixels = picture(width, height, colours, width);
      assertThat(Picture.of(PalettePng.encode(pixels, width, height)).pixels()).isEqualTo(pixels);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {257, 300, 2000, 100_000, 16_777_216})
  void losesLittleOfMoreColours(int colours) {
    int[] pixels =
        new Random(colours)
            .ints(300 * 300, 0, colours)
            .map(i -> colours > 100_000 ? i : i * 168)
            .toArray();
    Arrays.fill(pixels, 0, 20_000, 0x123457);
    int[] read = Picture.of(PalettePng.encode(pixels, 300, 300)).pixels();
    assertThat(Arrays.stream(read).distinct().count()).isBetween(64L, 256L);
    int worst = 0;
    for (int i = 0; i < read.length; i++) {
      for (int shift = 0; shift < 24; shift += 8) {
        worst = Math.max(worst, Math.abs((read[i] >> shift & 255) - (pixels[i] >> shift & 255)));
      }
    }
    assertThat(worst).isLessThan(64);
    assertThat(read[0]).as("the most frequent colour stays").isEqualTo(0x123457);
  }

  @Test
  void writesTheSameBytesTwice() {
    int[] pixels = picture(200, 100, 256, 5);
    assertThat(PalettePng.encode(pixels, 200, 100)).isEqualTo(PalettePng.encode(pixels, 200, 100));
  }

  @Test
  void refusesWrongSizes() {
    assertThatThrownBy(() -> PalettePng.encode(new int[5], 2, 2)).hasMessageContaining("pixels");
  }
}
