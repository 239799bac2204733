package dev.sightline.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FractionTest {
  private static final List<String> LETTERS = List.of("a", "b", "c", "d", "e", "f", "g", "h");

  /** Sizes of the known minimal designs: 2^(3-1) III, 2^(4-1) IV, 2^(5-1) V, 2^(7-4) III, ... */
  @ParameterizedTest
  @CsvSource({"3,3,4", "4,4,8", "5,5,16", "5,3,8", "6,4,16", "7,3,8", "7,4,16", "8,4,16"})
  void smallestOfItsResolution(int factors, int resolution, int runs) {
    Fraction found = Fraction.ofResolution(LETTERS.subList(0, factors), resolution).orElseThrow();

    assertThat(found.runs()).hasSize(runs).doesNotHaveDuplicates();
    assertThat(found.resolution()).isGreaterThanOrEqualTo(resolution);
  }

  @Test
  void mainEffectsAreOrthogonalFromResolutionThree() {
    Fraction fraction = Fraction.ofResolution(LETTERS.subList(0, 7), 3).orElseThrow();
    for (int a = 0; a < 7; a++) {
      for (int b = 0; b < a; b++) {
        int product = 0;
        for (List<Integer> run : fraction.runs()) {
          product += (2 * run.get(a) - 1) * (2 * run.get(b) - 1);
        }
        assertThat(product).as("factors %d and %d", a, b).isZero();
      }
    }
  }

  @Test
  void definingRelationHoldsAllProductsOfTheWords() {
    // The textbook 2^(5-2): D = AB, E = AC.
    Fraction fraction = new Fraction(LETTERS.subList(0, 5), Map.of(3, 0b011, 4, 0b101));

    assertThat(fraction.definingRelation()).isEqualTo("I = a b d = a c e = b c d e");
    assertThat(fraction.resolution()).isEqualTo(3);
  }
}
