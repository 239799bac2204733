package dev.sightline.puzzle.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.foundation.CanonicalJson;
import dev.sightline.foundation.SeedTree;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderingTest {
  @Property(tries = 200)
  void readsBackWhatItWrites(@ForAll long seed) {
    Rendering rendering = Rendering.draw(SeedTree.root(seed));
    assertThat(Rendering.fromMap(rendering.toMap())).isEqualTo(rendering);
    assertThat(Rendering.draw(SeedTree.root(seed))).isEqualTo(rendering);
  }

  @Test
  void hasOneCanonicalForm() {
    assertThat(CanonicalJson.text(Rendering.PLAIN.toMap()))
        .isEqualTo(
            "{\"background\":\"white\",\"colours\":\"plain\",\"font\":\"sans\",\"lineScale\":100,"
                + "\"noise\":0,\"seed\":\"0\",\"variant\":0}");
  }

  @Test
  void drawsEveryValueOfEveryField() {
    Set<Object> seen = new HashSet<>();
    Set<Integer> scales = new HashSet<>();
    for (int i = 0; i < 2000; i++) {
      Rendering one = Rendering.draw(SeedTree.root(3).child(i));
      seen.add(one.colours());
      seen.add(one.font());
      seen.add(one.background());
      seen.add(one.noise());
      scales.add(one.lineScale());
    }
    assertThat(seen).hasSize(3 + 4 + 4 + 4);
    assertThat(scales).hasSize(81);
  }

  @ParameterizedTest
  @CsvSource({
    "lineScale, 69",
    "lineScale, 151",
    "variant, -1",
    "noise, 4",
    "seed, x",
    "font, comic",
    "colours, red",
    "background, 3"
  })
  void namesTheWrongField(String field, String value) {
    Map<String, Object> map = new HashMap<>(Rendering.PLAIN.toMap());
    map.put(field, value.matches("-?[0-9]+") ? (Object) Integer.valueOf(value) : value);
    assertThatThrownBy(() -> Rendering.fromMap(map))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(field);
  }

  @Test
  void scalesLines() {
    Rendering thin =
        new Rendering(Palette.Variant.DEEP, 70, FontFace.MONO, 5, Background.COOL, 2, -9);
    assertThat(thin.line(10)).isEqualTo(7);
    assertThat(thin.style(3)).isEqualTo(2);
    assertThat(Rendering.PLAIN.style(4)).isZero();
    assertThat(thin.palette().name()).isEqualTo("deep");
  }
}
