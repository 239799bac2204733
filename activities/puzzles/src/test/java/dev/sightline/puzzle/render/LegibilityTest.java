package dev.sightline.puzzle.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.geom.Rectangle2D;
import java.util.List;
import org.junit.jupiter.api.Test;

class LegibilityTest {
  @Test
  void measuresGaps() {
    Rectangle2D box = new Rectangle2D.Double(0, 0, 10, 10);
    assertThat(Legibility.leastGap(List.of(box))).isInfinite();
    assertThat(Legibility.leastGap(List.of(box, new Rectangle2D.Double(13, 5, 10, 10))))
        .isEqualTo(3);
    assertThat(Legibility.leastGap(List.of(box, new Rectangle2D.Double(13, 14, 10, 10))))
        .isEqualTo(5);
    assertThat(
            Legibility.leastGap(
                List.of(
                    box,
                    new Rectangle2D.Double(40, 0, 1, 1),
                    new Rectangle2D.Double(8, 7, 10, 10))))
        .isEqualTo(-2);
  }

  @Test
  void tellsColoursApart() {
    assertThat(Legibility.distinct(List.of(0xff0000, 0x00ff00, 0x0000ff), 20)).isTrue();
    assertThat(Legibility.distinct(List.of(0xff0000, 0x00ff00, 0xf80808), 20)).isFalse();
  }

  /** The box holds what is drawn, and not much more. */
  @Test
  void boxesHoldTheText() {
    for (FontFace face : FontFace.values()) {
      for (Anchor anchor : Anchor.values()) {
        Canvas canvas = new Canvas(300, 80, 0xffffff);
        canvas.text("Agjy|10", 150, 40, 20, anchor, face, 0);
        Rectangle2D box = Legibility.textBox("Agjy|10", 150, 40, 20, anchor, face);
        int left = 300;
        int right = 0;
        for (int y = 0; y < 80; y++) {
          for (int x = 0; x < 300; x++) {
            if (canvas.pixel(x, y) != 0xffffff) {
              assertThat(box.intersects(x - 1, y - 1, 3, 3)).as("%d, %d", x, y).isTrue();
              left = Math.min(left, x);
              right = Math.max(right, x);
            }
          }
        }
        assertThat(right - left).isGreaterThan((int) (box.getWidth() * 0.85));
      }
    }
  }

  @Test
  void shrinksTextToFit() {
    double height = Legibility.fittingHeight("a long label", 50, 20, FontFace.SANS);
    assertThat(FontFace.SANS.width("a long label", height)).isCloseTo(50, within(1e-9));
    assertThat(Legibility.fittingHeight("a", 50, 20, FontFace.SANS)).isEqualTo(20);
  }
}
