package dev.sightline.puzzle.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.PuzzleFamilies;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.WrongAnswer;
import dev.sightline.puzzle.render.Colours;
import dev.sightline.puzzle.render.Rendering;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MapTest {
  private static final Question COUNT = Question.of("count");
  private final ConfiguredFamily family = PuzzleFamilies.configure("map", Map.of());

  private MapScene map(String description) {
    if (family.readDescription(description) instanceof DescriptionReading.Complete(Scene scene)) {
      return (MapScene) scene;
    }
    throw new IllegalArgumentException(description);
  }

  private void bothSay(MapScene scene, Question question, String answer) {
    Puzzle puzzle = new Puzzle(scene, question);
    assertThat(family.answer(puzzle).orElse("none")).isEqualTo(answer);
    assertThat(family.referenceAnswer(puzzle).orElse("none")).isEqualTo(answer);
  }

  /** By hand; the chromatic polynomials of a ring and of a wheel at four colours. */
  @Test
  void knownMaps() {
    bothSay(map("colours: white; borders: "), COUNT, "4");
    bothSay(map("colours: red white white; borders: 1 2, 2 3"), COUNT, "9");
    bothSay(map("colours: red green blue white; borders: 1 4, 2 4, 3 4"), COUNT, "1");
    Question fourth = Question.of("forced").with("region", 4);
    bothSay(map("colours: red green blue white; borders: 1 4, 2 4, 3 4"), fourth, "yellow");
    bothSay(map("colours: red green white white; borders: 1 4, 2 4, 3 4"), fourth, "none");
    // Ring of five: 3^5 - 3 = 240. Wheel with five spokes: 4 times the ring at three colours, 30.
    String ring = "1 2, 2 3, 3 4, 4 5, 1 5";
    bothSay(map("colours: white white white white white; borders: " + ring), COUNT, "240");
    bothSay(
        map(
            "colours: white white white white white white; borders: "
                + ring
                + ", 1 6, 2 6, 3 6, 4 6, 5 6"),
        COUNT,
        "120");
    // Four colours round a region leave none; two equal colours side by side are no map.
    bothSay(
        map("colours: red green blue yellow white; borders: 1 5, 2 5, 3 5, 4 5"), COUNT, "none");
    bothSay(map("colours: red red white; borders: 1 2, 1 3"), COUNT, "none");
  }

  @Test
  void bothSolversAgreeWithTryingEverything() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 300; i++) {
      MapScene scene =
          MapGenerator.draw(random.nextInt(7, 16), random.nextInt(1, 7), random).orElse(null);
      if (scene == null) {
        continue;
      }
      List<List<String>> all = everything(scene);
      bothSay(scene, COUNT, Integer.toString(all.size()));
      for (int region = 1; region <= scene.regions(); region++) {
        int index = region - 1;
        List<String> colours = all.stream().map(map -> map.get(index)).distinct().toList();
        bothSay(
            scene,
            Question.of("forced").with("region", region),
            colours.size() == 1 ? colours.getFirst() : "none");
      }
    }
  }

  private static List<List<String>> everything(MapScene scene) {
    List<List<String>> all = new ArrayList<>();
    int white = Collections.frequency(scene.colours(), MapScene.WHITE);
    for (int code = 0; code < 1 << (2 * white); code++) {
      List<String> colours = new ArrayList<>(scene.colours());
      int rest = code;
      for (int region = 0; region < colours.size(); region++) {
        if (colours.get(region).equals(MapScene.WHITE)) {
          colours.set(region, MapColour.words().get(rest & 3));
          rest >>= 2;
        }
      }
      boolean right = true;
      for (MapScene.Border border : scene.borders()) {
        right &= !colours.get(border.one() - 1).equals(colours.get(border.other() - 1));
      }
      if (right) {
        all.add(colours);
      }
    }
    return all;
  }

  /** Other numbers and other names of colours: the same problem, the same key and count. */
  @Test
  void renamingKeepsTheCanonicalForm() {
    Random random = new Random(6);
    for (int i = 0; i < 60; i++) {
      Puzzle puzzle = family.draw(SeedTree.root(6).child(i));
      MapScene scene = (MapScene) puzzle.scene();
      List<Integer> numbers = new ArrayList<>();
      for (int number = 1; number <= scene.regions(); number++) {
        numbers.add(number);
      }
      Collections.shuffle(numbers, random);
      List<String> names = new ArrayList<>(MapColour.words());
      Collections.shuffle(names, random);
      String[] colours = new String[scene.regions()];
      for (int region = 0; region < colours.length; region++) {
        String old = scene.colours().get(region);
        int index = MapColour.words().indexOf(old);
        colours[numbers.get(region) - 1] = index < 0 ? old : names.get(index);
      }
      List<MapScene.Border> borders = new ArrayList<>();
      for (MapScene.Border border : scene.borders()) {
        int one = numbers.get(border.one() - 1);
        int other = numbers.get(border.other() - 1);
        borders.add(new MapScene.Border(Math.min(one, other), Math.max(one, other)));
      }
      MapScene renamed = new MapScene(List.of(colours), borders, List.of());
      assertThat(family.canonicalKey(renamed)).isEqualTo(family.canonicalKey(scene));
      assertThat(family.sceneKey(renamed).equals(family.sceneKey(scene)))
          .isEqualTo(renamed.equals(scene));
      assertThat(family.answer(new Puzzle(renamed, COUNT)))
          .isEqualTo(family.answer(new Puzzle(scene, COUNT)));
      List<String> whiter = new ArrayList<>(scene.colours());
      whiter.set(scene.colours().indexOf(MapScene.WHITE), "red");
      assertThat(family.canonicalKey(new MapScene(whiter, scene.borders(), List.of())))
          .isNotEqualTo(family.canonicalKey(scene));
    }
  }

  /** Shapes are kept in a written scene, though no description speaks of them. */
  @Test
  void writtenScenesKeepTheirPictures() {
    Scene scene = family.draw(SeedTree.root(7)).scene();
    Scene read = family.readScene(family.writeScene(scene));
    assertThat(((MapScene) read).patches()).isEqualTo(((MapScene) scene).patches());
    assertThat(family.png(read, Rendering.PLAIN, 448, 448))
        .isEqualTo(family.png(scene, Rendering.PLAIN, 448, 448));
    MapScene described = map(family.description(scene));
    assertThat(described).isEqualTo(scene);
    assertThat(described.patches()).isEmpty();
    assertThat(family.png(described, Rendering.PLAIN, 448, 448)).isNotEmpty();
  }

  @Test
  void descriptionsMayTurnPairsButNotRepeatThem() {
    MapScene scene = map("colours: red white white; borders: 1 2, 2 3");
    assertThat(map("borders: 3 2, 2 1; colours: red white white")).isEqualTo(scene);
    assertThat(family.readDescription("colours: red white; borders: 1 2, 2 1").status())
        .isEqualTo("partial");
    assertThat(family.readDescription("colours: red white; borders: 1 3").status())
        .isEqualTo("partial");
  }

  /** What touches on the picture is what the borders say, along at least 16 pixels of 448. */
  @Test
  void bordersAreLongAndNumbersFit() {
    double pixels = 448 * 0.94 / 1000;
    double least = 1000;
    double narrowest = 1000;
    for (int level = 1; level <= 5; level++) {
      ConfiguredFamily levelled = PuzzleFamilies.configure("map", Map.of("level", level));
      for (int i = 0; i < 30; i++) {
        MapScene scene = (MapScene) levelled.draw(SeedTree.root(8).child(i)).scene();
        Map<List<Integer>, Integer> regionOfEdge = new HashMap<>();
        Map<MapScene.Border, Double> shared = new TreeMap<>();
        for (MapScene.Patch patch : scene.patches()) {
          List<Integer> corners = patch.corners();
          for (int at = 0; at < corners.size(); at += 2) {
            int next = (at + 2) % corners.size();
            List<Integer> from = corners.subList(at, at + 2);
            List<Integer> to = corners.subList(next, next + 2);
            List<Integer> back = new ArrayList<>(to);
            back.addAll(from);
            int other = regionOfEdge.getOrDefault(back, 0);
            if (other > 0 && other != patch.region()) {
              double length = Math.hypot(to.get(0) - from.get(0), to.get(1) - from.get(1)) * pixels;
              shared.merge(
                  new MapScene.Border(
                      Math.min(other, patch.region()), Math.max(other, patch.region())),
                  length,
                  Double::sum);
            }
            List<Integer> edge = new ArrayList<>(from);
            edge.addAll(to);
            regionOfEdge.put(edge, patch.region());
          }
        }
        assertThat(shared.keySet()).as("%s", scene).containsExactlyElementsOf(scene.borders());
        least = Math.min(least, Collections.min(shared.values()));
        narrowest = Math.min(narrowest, roomOfNumbers(scene) * pixels);
      }
    }
    assertThat(least).isGreaterThan(16);
    // A number of two figures is 13 pixels high and about 20 wide.
    assertThat(narrowest).isGreaterThan(11);
  }

  private static double roomOfNumbers(MapScene scene) {
    double room = 1000;
    for (int region = 1; region <= scene.regions(); region++) {
      double[] middle = MapPainter.middle(scene, region);
      for (MapScene.Patch patch : scene.patches()) {
        List<Integer> corners = patch.corners();
        for (int at = 0; at < corners.size(); at += 2) {
          int next = (at + 2) % corners.size();
          if (patch.region() != region) {
            room =
                Math.min(
                    room,
                    Line2D.ptSegDist(
                        corners.get(at),
                        corners.get(at + 1),
                        corners.get(next),
                        corners.get(next + 1),
                        middle[0],
                        middle[1]));
          }
        }
      }
    }
    return room;
  }

  @Test
  void fillsKeepTheirDistance() {
    List<String> words = new ArrayList<>(MapColour.words());
    words.add(MapScene.WHITE);
    for (int i = 0; i < 60; i++) {
      Rendering rendering = Rendering.draw(SeedTree.root(i));
      for (String one : words) {
        for (String other : words) {
          if (!one.equals(other)) {
            assertThat(
                    Colours.distance(
                        MapPainter.fill(one, rendering), MapPainter.fill(other, rendering)))
                .as("%s and %s, %s", one, other, rendering)
                .isGreaterThan(20);
          }
        }
      }
    }
  }

  @Test
  void mistakesFollowTheirProcedures() {
    // 3 may be blue or yellow, 4 green, blue or yellow, 3 and 4 touch: 6 - 2 = 4 ways.
    Puzzle puzzle =
        new Puzzle(map("colours: red green white white; borders: 1 2, 1 3, 2 3, 1 4, 3 4"), COUNT);
    assertThat(family.answer(puzzle)).contains("4");
    assertThat(family.wrongAnswers(puzzle))
        .contains(
            new WrongAnswer("forgets-borders-of-white-regions", "6"),
            new WrongAnswer("adds-instead-of-multiplying", "5"),
            new WrongAnswer("counts-regions-with-a-choice", "2"));
  }
}
