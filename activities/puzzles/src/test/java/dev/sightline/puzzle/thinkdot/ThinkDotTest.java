package dev.sightline.puzzle.thinkdot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.PerceptionQuestion;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Palette;
import dev.sightline.puzzle.render.Picture;
import dev.sightline.puzzle.render.Rendering;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ThinkDotTest {
  private static final ConfiguredFamily TOY = PuzzleFamilies.configure("think_dot", Map.of());

  /** Both solvers' faces after the drops. */
  private static List<String> faces(String start, String drops) {
    StringBuilder one = new StringBuilder();
    StringBuilder other = new StringBuilder();
    for (Disc disc : Disc.values()) {
      Puzzle puzzle =
          new Puzzle(
              new ThinkDotScene(start),
              Question.of("disc").with("disc", disc.words()).with("drops", drops));
      one.append(TOY.answer(puzzle).orElseThrow().equals("blue") ? 'B' : 'Y');
      other.append(TOY.referenceAnswer(puzzle).orElseThrow().equals("blue") ? 'B' : 'Y');
    }
    return List.of(one.toString(), other.toString());
  }

  /** Followed by hand on the rules: which discs a first ball flips. */
  @ParameterizedTest
  @CsvSource({
    "BBBBBBBB, R, BBYBBBBY",
    "BBBBBBBB, L, YBBYBYBB",
    "BBBBBBBB, C, BYBYBYBB",
    "YYYYYYYY, L, BYYYYBYY",
    "YYYYYYYY, C, YBYYBYYB",
    "YYYYYYYY, R, YYBYBYYB",
    "BBBBBBBB, RR, BBBBYBYY",
    "BBBBBBBB, RRC, BYBYYYYY",
    "YBYBBYBY, '', YBYBBYBY"
  })
  void knownDrops(String start, String drops, String end) {
    assertThat(faces(start, drops)).containsExactly(end, end);
  }

  @Test
  void bothSolversAgreeOnEveryToyAndEveryShortSequence() {
    List<String> sequences = new ArrayList<>(List.of(""));
    for (int i = 0; sequences.get(i).length() < 3; i++) {
      for (String hole : List.of("L", "C", "R")) {
        sequences.add(sequences.get(i) + hole);
      }
    }
    for (int bits = 0; bits < 256; bits++) {
      for (String drops : sequences) {
        List<String> both = faces(ThinkDotGenerator.scene(bits).faces(), drops);
        assertThat(both.get(0)).as("%d %s", bits, drops).isEqualTo(both.get(1));
      }
    }
  }

  /** A known property of the toy: only the number of balls into each hole counts. */
  @Test
  void orderDoesNotMatter() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 300; i++) {
      List<String> drops = new ArrayList<>();
      for (int ball = 0; ball < 10; ball++) {
        drops.add("LCR".substring(random.nextInt(3)).substring(0, 1));
      }
      String start = ThinkDotGenerator.scene(random.nextInt(256)).faces();
      String end = faces(start, String.join("", drops)).getFirst();
      Collections.sort(drops);
      assertThat(faces(start, String.join("", drops)).getFirst()).isEqualTo(end);
    }
  }

  @Test
  void rowsAreCounted() {
    ThinkDotScene scene = new ThinkDotScene("BBBBBBBB");
    Question question = Question.of("top").with("colour", "yellow").with("drops", "R");
    assertThat(TOY.answer(new Puzzle(scene, question))).contains("1");
    assertThat(TOY.answer(new Puzzle(scene, question.with("drops", "RL")))).contains("2");
    Question all = Question.of("all").with("colour", "blue").with("drops", "RRC");
    assertThat(TOY.answer(new Puzzle(scene, all))).contains("2");
    Question middle = Question.of("middle").with("colour", "blue").with("drops", "RRC");
    assertThat(TOY.answer(new Puzzle(scene, middle))).contains("0");
    assertThat(TOY.difficulty(new Puzzle(scene, all)).measures())
        .containsEntry("balls", 3)
        .containsEntry("passes", 8)
        .containsEntry("through-middle", 2);
    assertThat(TOY.questionText(new Puzzle(scene, all)))
        .contains("3 balls are dropped one after the other into these holes: right, right, centre.")
        .endsWith("How many of the eight faces are blue at the end? Answer with a number.");
  }

  @Test
  void everyToyComesAtEveryLevel() {
    for (int level = 1; level <= 5; level++) {
      ConfiguredFamily family = PuzzleFamilies.configure("think_dot", Map.of("level", level));
      Set<Object> toys = new HashSet<>();
      for (int i = 0; i < 2500; i++) {
        toys.add(family.draw(SeedTree.root(3).child(level).child(i)).scene());
      }
      assertThat(toys).hasSizeGreaterThan(250);
      assertThat(family.space().scenes().intValueExact()).isEqualTo(256);
    }
  }

  /** Only one in nine questions can be answered without following a ball. */
  @Test
  void fewQuestionsAreAboutTheTopRow() {
    Map<String, Integer> asked = new TreeMap<>();
    for (int i = 0; i < 3600; i++) {
      Question question = TOY.draw(SeedTree.root(6).child(i)).question();
      asked.merge(question.kind(), 1, Integer::sum);
      if (question.kind().equals("disc")) {
        assertThat(question.text("disc")).doesNotStartWith("top");
      }
    }
    assertThat(asked.remove("top")).isBetween(330, 470);
    assertThat(asked).hasSize(4);
    assertThat(asked.values()).allMatch(count -> count > 700 && count < 900);
  }

  /** Looks are right, and neither their answers nor the words "second blue" tell the number. */
  @Test
  void looksAskForTheNumberOfADisc() {
    Map<String, Integer> answers = new TreeMap<>();
    Map<String, Map<String, Integer>> byText = new TreeMap<>();
    int looks = 256 * 20;
    for (int i = 0; i < looks; i++) {
      ThinkDotScene scene = ThinkDotGenerator.scene(i % 256);
      PerceptionQuestion look = TOY.perceptionQuestion(scene, SeedTree.root(7).child(i));
      int number = Integer.parseInt(look.answer());
      char face = scene.faces().charAt(number - 1);
      long rank = scene.faces().substring(0, number).chars().filter(one -> one == face).count();
      List<String> ordinals =
          List.of("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth");
      assertThat(look.text())
          .contains(
              "the %s %s face"
                  .formatted(ordinals.get((int) rank - 1), face == 'B' ? "blue" : "yellow"));
      answers.merge(look.answer(), 1, Integer::sum);
      byText
          .computeIfAbsent(look.text(), key -> new TreeMap<>())
          .merge(look.answer(), 1, Integer::sum);
    }
    assertThat(Collections.max(answers.values())).isLessThan(looks / 5);
    int blind = byText.values().stream().mapToInt(counts -> Collections.max(counts.values())).sum();
    assertThat(blind).isLessThan(looks * 32 / 100);
  }

  @Test
  void rowsMustBeThreeTwoThree() {
    assertThat(TOY.readDescription("byb\nyy\nbyy"))
        .isEqualTo(new DescriptionReading.Complete(new ThinkDotScene("BYBYYBYY")));
    assertThat(TOY.readDescription("BYBY/YB/YY")).isInstanceOf(DescriptionReading.Partial.class);
    assertThat(TOY.readDescription("BYX/YB/YYY")).isInstanceOf(DescriptionReading.Unparsable.class);
  }

  /** Discs keep apart from each other and from the frame; the two faces differ in every palette. */
  @Test
  void discsAreToldApart() {
    for (int i = 0; i < 8; i++) {
      double[] one = ThinkDotPainter.CENTRES[i];
      assertThat(one[0]).isBetween(0.05 + ThinkDotPainter.RADIUS, 0.95 - ThinkDotPainter.RADIUS);
      for (int j = 0; j < i; j++) {
        double[] other = ThinkDotPainter.CENTRES[j];
        double apart = Math.hypot(one[0] - other[0], one[1] - other[1]);
        assertThat(apart).isGreaterThan(2.5 * ThinkDotPainter.RADIUS);
      }
    }
    for (Palette.Variant variant : Palette.Variant.values()) {
      Palette palette = variant.palette();
      assertThat(Colours.distance(palette.rgb("blue"), palette.rgb("yellow"))).isGreaterThan(30);
    }
  }

  @Test
  void facesAreWhereTheSceneSays() {
    for (int bits = 0; bits < 256; bits += 37) {
      ThinkDotScene scene = ThinkDotGenerator.scene(bits);
      for (int i = 0; i < 4; i++) {
        Rendering rendering = i == 0 ? Rendering.PLAIN : Rendering.draw(SeedTree.root(i));
        Picture picture = Picture.of(TOY.png(scene, rendering, 448, 448));
        for (Disc disc : Disc.values()) {
          double[] centre = ThinkDotPainter.CENTRES[disc.ordinal()];
          // Above the flap.
          int y = (int) ((centre[1] - 0.6 * ThinkDotPainter.RADIUS) * 448);
          String ink = scene.faces().charAt(disc.ordinal()) == 'B' ? "blue" : "yellow";
          assertThat(picture.pixel((int) (centre[0] * 448), y))
              .isEqualTo(rendering.palette().rgb(ink));
        }
      }
    }
  }
}
