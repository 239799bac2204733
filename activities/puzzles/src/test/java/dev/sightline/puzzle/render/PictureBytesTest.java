package dev.sightline.puzzle.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.SeedTree;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/**
 * Guards the bytes of pictures: on any machine they are these. A change here changes every data
 * set, and needs a new version of every family.
 */
class PictureBytesTest {
  private static Canvas picture() {
    Rendering rendering =
        new Rendering(Palette.Variant.PASTEL, 110, FontFace.SERIF, 0, Background.PAPER, 3, 77);
    Canvas canvas = Background.canvas(300, 240, rendering);
    int column = 0;
    for (Palette.Ink ink : rendering.palette().inks()) {
      canvas.circle(20.3 + 28 * column, 200.7, 12.4, ink.rgb());
      column++;
    }
    for (FontFace face : FontFace.values()) {
      canvas.text(
          "Quay 0123 × 45°", 150, 20 + 25 * face.ordinal(), 13, Anchor.CENTER, face, 0x202020);
    }
    canvas.textAlong("turned", 40, 150, 12, 33, FontFace.SANS, 0x303030);
    canvas.ring(220, 140, 34, rendering.line(4), 0x202020);
    canvas.sector(220, 140, 28, 200, 100, rendering.palette().rgb("red"));
    canvas.arc(220, 140, 22, 10, 120, 5, rendering.palette().rgb("blue"));
    canvas.polyline(new double[] {80, 120, 110, 160, 140, 125, 170, 170}, 6.5, 0x224466);
    canvas.arrow(80, 175, 160, 182, 3, 11, 0x202020);
    canvas.roundedFrame(4, 4, 292, 232, 14, rendering.line(2), 0x505050);
    return canvas;
  }

  @Test
  void keepsItsPixels() {
    int[] pixels = Picture.of(picture().png()).pixels();
    ByteBuffer out = ByteBuffer.allocate(4 * pixels.length);
    out.asIntBuffer().put(pixels);
    assertThat(Digest.of(out.array()).hex())
        .isEqualTo("1b0bdf1702fe97209fd29c5042f96bdb4ffe67a70f36a1fef8a01305fe927d53");
  }

  @Test
  void keepsItsBytes() {
    assertThat(Digest.of(picture().png()).hex())
        .isEqualTo("c2ec3884498f567e43c04c860ebcb5c4d6f090885627f753ca5e20b323a22427");
  }

  @Test
  void noiseDependsOnTheSeedAlone() {
    Rendering one = Rendering.draw(SeedTree.root(5));
    byte[] first = Background.canvas(100, 100, one).png();
    assertThat(Background.canvas(100, 100, one).png()).isEqualTo(first);
    Rendering noisy = new Rendering(one.colours(), 100, one.font(), 0, one.background(), 3, 1);
    Rendering other = new Rendering(one.colours(), 100, one.font(), 0, one.background(), 3, 2);
    assertThat(Background.canvas(100, 100, noisy).png())
        .isNotEqualTo(Background.canvas(100, 100, other).png());
  }

  /** Noise has no other colour than it says, and most of the ground is the tone or near it. */
  @Test
  void noiseStaysFaint() {
    for (Background background : Background.values()) {
      for (int noise = 0; noise <= 3; noise++) {
        Rendering rendering =
            new Rendering(
                Palette.Variant.PLAIN, 100, FontFace.SANS, 0, background, noise, 40 + noise);
        Picture picture = Picture.of(Background.canvas(200, 150, rendering).png());
        int known = 0;
        for (int shade : Background.shades(rendering)) {
          known += picture.count(shade);
          assertThat(Colours.distance(shade, background.tone())).isLessThan(6);
        }
        assertThat(known).isEqualTo(200 * 150);
        assertThat(picture.count(background.tone()) == 200 * 150).isEqualTo(noise == 0);
      }
    }
  }
}
