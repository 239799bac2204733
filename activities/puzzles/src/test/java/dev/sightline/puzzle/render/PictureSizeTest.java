package dev.sightline.puzzle.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.PuzzleFamilies;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PictureSizeTest {
  @Test
  void saysWhatIsWrongAndWhatWouldDo() {
    assertThat(PictureSize.outside(55, 448)).contains("55 x 448 pixels; use 56 to 1024 each way");
    assertThat(PictureSize.outside(448, 1025)).isPresent();
    assertThat(PictureSize.outside(56, 1024)).isEmpty();
    assertThat(PictureSize.below(64, 63, 900, "are too few for a clock"))
        .contains("63 x 900 pixels are too few for a clock; use at least 64 x 64");
    assertThat(PictureSize.below(64, 64, 64, "are too few for a clock")).isEmpty();
    assertThat(PictureSize.least(side -> side * 2 >= 200)).isEqualTo(100);
    assertThat(PictureSize.least(side -> true)).isEqualTo(56);
  }

  /** What a message advises is accepted, and one pixel less is not. */
  @Test
  void everyFamilyAdvisesTheSmallestSizeThatItDraws() {
    for (String name : PuzzleFamilies.names()) {
      ConfiguredFamily family = PuzzleFamilies.configure(name, Map.of());
      int least = PictureSize.least(side -> family.imageSizeProblem(side, side).isEmpty());
      for (int side = PictureSize.SMALLEST; side < least; side++) {
        assertThat(family.imageSizeProblem(side, side).orElseThrow())
            .as(name)
            .contains("at least %d x %d".formatted(least, least));
      }
    }
  }
}
