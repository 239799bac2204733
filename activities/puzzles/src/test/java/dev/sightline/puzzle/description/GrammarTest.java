package dev.sightline.puzzle.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.Scene;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrammarTest {
  private static final Grammar TWO =
      new Grammar(
          Section.number("minute", 0, 59, 1),
          Section.cells("board", "-FR"),
          Section.objects("shapes", Set.of("red", "blue", "square"), 1, 9),
          Section.words("size", Set.of("Small", "Large")).givenAway());
  private static final String TEXT =
      "minute: 7; board: -F/R-; shapes: blue square 2, red square 1; size: Small";

  private record Shown(Description description) implements Scene {}

  private static Shown compose(Description description) {
    description.number("minute");
    description.board("board");
    description.word("size");
    return new Shown(description);
  }

  private static DescriptionReading read(String text) {
    return TWO.read(text, GrammarTest::compose);
  }

  private static Description whole(DescriptionReading reading) {
    if (reading instanceof DescriptionReading.Complete(Shown(Description description))) {
      return description;
    }
    throw new AssertionError("not complete: " + reading);
  }

  @Test
  void writesWhatItReads() {
    assertThat(TWO.write(whole(read(TEXT)))).isEqualTo(TEXT);
    assertThat(whole(read(TEXT)).number("minute")).isEqualTo(7);
    assertThat(whole(read(TEXT)).board("board")).containsExactly("-F", "R-");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MINUTE: 07 ; Board: -f/r- ; shapes: red square 1, BLUE square 2; size: small",
        "size: Small\nminute: 7\nboard:\n-F\nR-\nshapes: blue square 2\nred square 1",
        "minute:7;board:- F / R -;shapes:red square 1/blue square 2;;size:SMALL;",
      })
  void layoutCaseAndOrderDoNotMatter(String text) {
    assertThat(TWO.write(whole(read(text)))).isEqualTo(TEXT);
  }

  @Test
  void whatIsLeftOutIsPartial() {
    assertThat(read("minute: 7; board: -F/R-")).isInstanceOf(DescriptionReading.Partial.class);
    assertThat(read("minute: 7; board: -F/R; shapes: red square 1; size: small"))
        .as("a ragged board")
        .isInstanceOf(DescriptionReading.Partial.class);
    assertThat(read(" \n ")).isInstanceOf(DescriptionReading.Missing.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "minute: 60; board: -F/R-; shapes: ; size: small",
        "minute: 7 or 8; board: -F/R-; shapes: ; size: small",
        "minute: 7; board: -F/X-; shapes: ; size: small",
        "minute: 7; colour: red",
        "The clock shows minute: 7",
      })
  void whatMeansNothingIsUnparsable(String text) {
    assertThat(read(text)).isInstanceOf(DescriptionReading.Unparsable.class);
  }

  @Test
  void repeatingNeverPays() {
    assertThat(read(TEXT + "; minute: 8")).isInstanceOf(DescriptionReading.Contradictory.class);
    assertThat(read(TEXT + "; minute: 7")).isInstanceOf(DescriptionReading.Unparsable.class);
    assertThat(read(TEXT + "\n" + TEXT)).isInstanceOf(DescriptionReading.Unparsable.class);
  }

  @Test
  void hugeTextsAreRefusedAtOnce() {
    assertThat(read("minute: 7;".repeat(3000))).isInstanceOf(DescriptionReading.Unparsable.class);
    assertThat(read("/".repeat(19_000))).isInstanceOf(DescriptionReading.Unparsable.class);
  }

  @Property
  void anyTextHasAReading(@ForAll @StringLength(max = 60) String text) {
    assertThat(read(text)).isNotInstanceOf(DescriptionReading.Complete.class);
  }

  @Property(tries = 300)
  void anyMangledTextHasAReading(@ForAll int from, @ForAll @StringLength(max = 6) String put) {
    int at = Math.floorMod(from, TEXT.length());
    DescriptionReading reading = read(TEXT.substring(0, at) + put + TEXT.substring(at));
    assertThat(reading.status()).isNotEmpty();
  }

  @Test
  void aGrammarOfOneSectionIsBare() {
    Grammar one = new Grammar(Section.numbers("tiles", 0, 24));
    Description tiles =
        Description.builder().rows("tiles", List.of(List.of("1", "2"), List.of("3", "0"))).build();
    assertThat(one.write(tiles)).isEqualTo("1 2/3 0");
    assertThat(one.read("tiles: 01 2\n3 0", GrammarTest::shown))
        .isEqualTo(new DescriptionReading.Complete(new Shown(tiles)));
    assertThat(one.read("1 2/3 0; 1 2/3 0", GrammarTest::shown))
        .isInstanceOf(DescriptionReading.Unparsable.class);
    assertThatThrownBy(Grammar::new).isInstanceOf(IllegalArgumentException.class);
  }

  private static Shown shown(Description description) {
    return new Shown(description);
  }
}
