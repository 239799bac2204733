package dev.sightline.puzzle.chainlink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import dev.sightline.puzzle.render.Background;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Rendering;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainLinkTest {
  private static final Question CUTS = Question.of("cuts");
  private final ConfiguredFamily family = PuzzleFamilies.configure("chain_link", Map.of());

  private static Question times(String kind, int cut, int weld) {
    return Question.of(kind).with("cut", cut).with("weld", weld);
  }

  private static ChainLinkScene chains(int open, Integer... lengths) {
    return new ChainLinkScene(open, List.of(lengths));
  }

  private void bothSay(ChainLinkScene scene, Question question, String answer) {
    assertThat(family.answer(new Puzzle(scene, question)).orElse("none")).isEqualTo(answer);
    assertThat(family.referenceAnswer(new Puzzle(scene, question)).orElse("none"))
        .isEqualTo(answer);
  }

  /** Without this sentence a reader may leave a cut ring where it hangs, or not weld it. */
  @Test
  void questionSaysWhatBecomesOfACutRing() {
    for (Question question : List.of(CUTS, times("straight", 5, 1), times("time", 5, 1))) {
      assertThat(family.questionText(new Puzzle(chains(1, 2, 3), question)))
          .contains("it comes free and is then an open ring", "must then be welded shut");
    }
  }

  /**
   * The old riddle (Sam Loyd's "The missing link"): five pieces of three rings become one chain by
   * opening the three rings of one piece, not one ring of each of four.
   */
  @Test
  void loydsChain() {
    ChainLinkScene five = chains(0, 3, 3, 3, 3, 3);
    bothSay(five, times("straight", 8, 18), "78");
    bothSay(five, CUTS, "4");
  }

  @Test
  void knownChains() {
    bothSay(chains(0, 5), CUTS, "1");
    bothSay(chains(0, 5), times("straight", 3, 2), "0");
    bothSay(chains(3, 2, 2), CUTS, "0");
    bothSay(chains(3, 2, 2), times("time", 5, 2), "6");
    bothSay(chains(0, 1, 1, 1, 1), CUTS, "2");
    bothSay(chains(1, 1), CUTS, "none");
  }

  /** Against a search over all ways to cut, also in the middle of segments. */
  @Test
  void bothSolversAgreeWithSearch() {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 250; i++) {
      List<Integer> lengths = new ArrayList<>();
      int count = random.nextInt(1, 6);
      for (int j = 0; j < count; j++) {
        lengths.add(random.nextInt(1, 5));
      }
      ChainLinkScene scene = new ChainLinkScene(random.nextInt(4), lengths);
      if (scene.rings() < 3) {
        continue;
      }
      bothSay(scene, CUTS, Integer.toString(search(scene, 0)));
      int straight = search(scene, 1);
      bothSay(
          scene,
          times("straight", 3, 2),
          Integer.toString(3 * straight + 2 * (straight + scene.open())));
    }
  }

  private static int search(ChainLinkScene start, int spare) {
    Map<String, Integer> depth = new HashMap<>();
    ArrayDeque<List<Integer>> queue = new ArrayDeque<>(List.of(start.lengths()));
    depth.put(start.lengths().toString(), 0);
    while (true) {
      List<Integer> closed = queue.remove();
      int cuts = depth.getOrDefault(closed.toString(), 0);
      if (start.open() + cuts >= closed.size() - spare) {
        return cuts;
      }
      for (int i = 0; i < closed.size(); i++) {
        for (int before = 0; before < closed.get(i); before++) {
          List<Integer> next = new ArrayList<>(closed);
          int after = next.remove(i) - 1 - before;
          if (before > 0) {
            next.add(before);
          }
          if (after > 0) {
            next.add(after);
          }
          List<Integer> sorted = next.stream().sorted().toList();
          if (depth.putIfAbsent(sorted.toString(), cuts + 1) == null) {
            queue.add(sorted);
          }
        }
      }
    }
  }

  @Test
  void mistakesFollowTheirProcedures() {
    // Two open, six closed; right: cut 1, 1 -> 4 open, 4 closed: 2 cuts.
    Puzzle puzzle = new Puzzle(chains(2, 1, 1, 3, 3, 4, 5), times("time", 3, 2));
    assertThat(family.answer(puzzle)).contains("14");
    assertThat(family.wrongAnswers(puzzle))
        .contains(
            new WrongAnswer("keeps-all-segments", "24"),
            new WrongAnswer("one-cut-more", "19"),
            new WrongAnswer("welds-cut-rings-only", "10"),
            new WrongAnswer("forgets-to-weld", "6"));
  }

  @Test
  void orderOfSegmentsMeansNothing() {
    assertThat(chains(1, 3, 1, 2)).isEqualTo(chains(1, 1, 2, 3));
    assertThat(family.readDescription("closed: 3, 1,2\nopen: 1"))
        .isEqualTo(family.readDescription("open: 1; closed: 1, 2, 3"));
    assertThat(family.readDescription("open: 1; closed: 1 2 3").status()).isEqualTo("partial");
  }

  /** Nothing overlaps or leaves the picture, and rings stay large enough to count. */
  @ParameterizedTest
  @CsvSource({"112, 112, 3.2", "224, 224, 6.5", "448, 448, 13", "448, 224, 9"})
  void segmentsKeepApart(int width, int height, double leastRadius) {
    for (int i = 0; i < 60; i++) {
      ConfiguredFamily hard = PuzzleFamilies.configure("chain_link", Map.of("level", 1 + i % 5));
      ChainLinkScene scene = (ChainLinkScene) hard.draw(SeedTree.root(i)).scene();
      Rendering rendering = i % 2 == 0 ? Rendering.PLAIN : Rendering.draw(SeedTree.root(i));
      ChainLinkPainter.Layout layout = ChainLinkPainter.layout(scene, width, height, rendering);
      assertThat(layout.radius()).as("%s", scene).isGreaterThan(leastRadius);
      List<ChainLinkPainter.Place> places = layout.places();
      assertThat(places).hasSize(scene.open() + scene.lengths().size());
      for (int one = 0; one < places.size(); one++) {
        ChainLinkPainter.Place place = places.get(one);
        double right = place.x() - 1 + ChainLinkPainter.extent(place.length());
        assertThat(place.x() - 1).isGreaterThanOrEqualTo(0);
        assertThat(right * layout.radius()).isLessThanOrEqualTo(width);
        assertThat(place.y() - 1.2).isGreaterThanOrEqualTo(0);
        assertThat((place.y() + 1.2) * layout.radius()).isLessThanOrEqualTo(height);
        for (int other = 0; other < one; other++) {
          ChainLinkPainter.Place before = places.get(other);
          boolean below = place.y() - before.y() >= 2.5;
          double end = before.x() - 1 + ChainLinkPainter.extent(before.length());
          assertThat(below || place.x() - 1 - end >= 1).as("%s", scene).isTrue();
        }
      }
    }
  }

  @Test
  void inksKeepTheirDistance() {
    for (int i = 0; i < 200; i++) {
      Rendering rendering = Rendering.draw(SeedTree.root(i));
      int ink = ChainLinkPainter.ink(rendering);
      assertThat(Colours.distance(ChainLinkPainter.ground(rendering), ink)).isGreaterThan(20);
      if (ChainLinkPainter.ground(rendering) == rendering.background().tone()) {
        assertThat(Background.contrast(rendering, ink)).as("%s", rendering).isGreaterThan(20);
      }
    }
  }
}
