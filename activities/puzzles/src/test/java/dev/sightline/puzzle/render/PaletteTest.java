package dev.sightline.puzzle.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PaletteTest {
  @ParameterizedTest
  @EnumSource
  void variantsAreToldApart(Palette.Variant variant) {
    Palette palette = variant.palette();
    assertThat(palette.names())
        .containsExactly(
            "red", "green", "blue", "yellow", "orange", "purple", "grey", "brown", "pink", "cyan");
    List<Integer> colours = palette.inks().stream().map(Palette.Ink::rgb).toList();
    for (int i = 0; i < colours.size(); i++) {
      for (int j = 0; j < i; j++) {
        assertThat(Colours.distance(colours.get(i), colours.get(j))).isGreaterThanOrEqualTo(20);
      }
    }
    assertThat(palette.rgb("pink")).isEqualTo(colours.get(8));
  }

  @ParameterizedTest
  @EnumSource
  void variantsStandOutFromEveryGround(Palette.Variant variant) {
    int[] inks = variant.palette().inks().stream().mapToInt(Palette.Ink::rgb).toArray();
    for (Background background : Background.values()) {
      for (int noise = 0; noise <= 3; noise++) {
        Rendering rendering = new Rendering(variant, 100, FontFace.SANS, 0, background, noise, 7);
        assertThat(Background.contrast(rendering, inks))
            .as("%s %d", background, noise)
            .isGreaterThanOrEqualTo(16);
        assertThat(Background.contrast(rendering, 0x202020)).isGreaterThan(60);
      }
    }
  }

  @Test
  void refusesColoursThatAreAlike() {
    assertThatThrownBy(
            () ->
                new Palette(
                    "close",
                    List.of(new Palette.Ink("red", 0xff0000), new Palette.Ink("ruby", 0xf00010)),
                    20))
        .hasMessageContainingAll("palette close", "ruby", "red", "20");
    assertThatThrownBy(
            () ->
                new Palette(
                    "twice",
                    List.of(new Palette.Ink("red", 0xff0000), new Palette.Ink("red", 0x0000ff)),
                    20))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Palette.Variant.PLAIN.palette().rgb("mauve"))
        .hasMessageContaining("mauve");
  }
}
