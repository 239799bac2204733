package dev.sightline.puzzle.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FontFaceTest {
  @ParameterizedTest
  @EnumSource
  void hasAllOfAsciiAndTheSigns(FontFace face) {
    for (char c = 32; c < 127; c++) {
      assertThat(face.has(c)).as("%s %s", face, c).isTrue();
      assertThat(face.outline(c).getCurrentPoint() != null).isEqualTo(c != ' ');
    }
    for (char c : "×÷°±·–—…←↑→↓½²".toCharArray()) {
      assertThat(face.has(c)).as("%s %s", face, c).isTrue();
    }
    assertThat(face.has('é')).isFalse();
    assertThat(face.has('漢')).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void digitsAreEquallyWide(FontFace face) {
    for (char digit = '1'; digit <= '9'; digit++) {
      assertThat(face.advance(digit)).isEqualTo(face.advance('0'));
    }
    assertThat(face.width("00", 10)).isCloseTo(2 * face.width("7", 10), within(1e-9));
    assertThat(face.width("", 10)).isZero();
  }

  @Test
  void theMonospacedFaceIsOne() {
    assertThat(FontFace.MONO.width("iiii", 9)).isEqualTo(FontFace.MONO.width("WWWW", 9));
    assertThat(FontFace.SANS.width("iiii", 9)).isLessThan(FontFace.SANS.width("WWWW", 9));
  }

  @Test
  void saysWhichCharacterIsMissing() {
    assertThatThrownBy(() -> FontFace.SERIF.width("né", 10))
        .hasMessageContainingAll("SERIF", "U+00E9", "ASCII");
  }
}
