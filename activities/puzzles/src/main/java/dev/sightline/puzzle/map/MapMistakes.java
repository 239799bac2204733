package dev.sightline.puzzle.map;

import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import java.util.ArrayList;
import java.util.List;

/** What plausible mistakes answer. */
final class MapMistakes {
  private final MapScene scene;
  private final List<WrongAnswer> wrong = new ArrayList<>();

  private MapMistakes(MapScene scene) {
    this.scene = scene;
  }

  static List<WrongAnswer> of(MapScene scene, Question question) {
    MapMistakes mistakes = new MapMistakes(scene);
    if (question.kind().equals(MapFamily.FORCED)) {
      mistakes.forced(question.integer("region"));
    } else {
      mistakes.count();
    }
    return List.copyOf(mistakes.wrong);
  }

  /** The colours that no coloured neighbour of the region has. */
  private List<String> free(int region) {
    List<String> free = new ArrayList<>(MapColour.words());
    for (MapScene.Border border : scene.borders()) {
      if (border.one() == region) {
        free.remove(scene.colours().get(border.other() - 1));
      } else if (border.other() == region) {
        free.remove(scene.colours().get(border.one() - 1));
      }
    }
    return free;
  }

  private void count() {
    long product = 1;
    int sum = 0;
    int open = 0;
    for (int region = 1; region <= scene.regions(); region++) {
      if (scene.colours().get(region - 1).equals(MapScene.WHITE)) {
        int free = free(region).size();
        product *= free;
        sum += free;
        open += free > 1 ? 1 : 0;
      }
    }
    if (product < 1000) {
      add("forgets-borders-of-white-regions", Long.toString(product));
    }
    add("adds-instead-of-multiplying", Integer.toString(sum));
    add("counts-regions-with-a-choice", Integer.toString(Math.max(1, open)));
    MapSolver.answer(scene, Question.of(MapFamily.COUNT))
        .map(Integer::parseInt)
        .ifPresent(
            maps -> {
              add("counts-one-twice", Integer.toString(maps + 1));
              if (maps > 1) {
                add("misses-one", Integer.toString(maps - 1));
              }
              add("doubles-a-free-choice", Integer.toString(2 * maps));
            });
    add("finds-one-way-only", "1");
  }

  private void forced(int region) {
    for (String colour : free(region)) {
      add("looks-at-coloured-neighbours-only", colour);
    }
    for (MapScene.Border border : scene.borders()) {
      int other =
          border.one() == region ? border.other() : border.other() == region ? border.one() : 0;
      if (other > 0 && !scene.colours().get(other - 1).equals(MapScene.WHITE)) {
        add("takes-a-neighbour's-colour", scene.colours().get(other - 1));
      }
    }
  }

  private void add(String procedure, String answer) {
    WrongAnswer one = new WrongAnswer(procedure, answer);
    if (!wrong.contains(one)) {
      wrong.add(one);
    }
  }
}
