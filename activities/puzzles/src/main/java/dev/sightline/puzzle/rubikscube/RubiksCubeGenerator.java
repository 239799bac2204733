package dev.sightline.puzzle.rubikscube;

import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.rubikscube.RubiksCubeSolver.Turn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Draws colour schemes, scrambles, sequences of turns and what is asked of them. */
final class RubiksCubeGenerator {
  /** Longest sequence of turns in a question. */
  static final int MOST_TURNS = 12;

  /** Names the 54 places, so that it is seen where stickers go. */
  private static final String PLACES =
      java.util.stream.IntStream.range(0, 54)
          .mapToObj(i -> String.valueOf((char) ('0' + i)))
          .collect(Collectors.joining());

  private RubiksCubeGenerator() {}

  /** Turns of the scramble by level: easy cubes keep larger patches of one colour. */
  static int scramble(int level) {
    return switch (level) {
      case 1 -> 6;
      case 2 -> 10;
      default -> 20;
    };
  }

  static int turns(int level, SplittableRandom random) {
    return switch (level) {
      case 1 -> 1;
      case 2 -> 2;
      case 3 -> random.nextInt(3, 5);
      case 4 -> random.nextInt(5, 7);
      default -> random.nextInt(7, MOST_TURNS + 1);
    };
  }

  /** A cube in a random colour scheme, after so many random turns. */
  static RubiksCubeScene cube(SplittableRandom random, int scramble) {
    List<CubeColour> scheme = new ArrayList<>();
    for (CubeColour colour : CubeColour.ALL) {
      scheme.add(random.nextInt(scheme.size() + 1), colour);
    }
    String solved =
        scheme.stream()
            .map(colour -> String.valueOf(colour.letter()).repeat(9))
            .collect(Collectors.joining());
    return new RubiksCubeScene(RubiksCubeSolver.after(solved, sequence(random, scramble)));
  }

  /** Random turns, no face twice in a row. */
  static List<Turn> sequence(SplittableRandom random, int length) {
    List<Turn> turns = new ArrayList<>();
    while (turns.size() < length) {
      CubeFace face = CubeFace.ALL.get(random.nextInt(6));
      if (turns.isEmpty() || turns.getLast().face() != face) {
        turns.add(new Turn(face, random.nextInt(1, 4)));
      }
    }
    return turns;
  }

  /** How many of the nine stickers of a face the turns replace or move. */
  static int moved(CubeFace face, List<Turn> turns) {
    String end = RubiksCubeSolver.after(PLACES, turns);
    int moved = 0;
    for (int i = 9 * face.ordinal(); i < 9 * face.ordinal() + 9; i++) {
      moved += end.charAt(i) == PLACES.charAt(i) ? 0 : 1;
    }
    return moved;
  }

  /** How many of the nine stickers of a face the turns bring from other faces. */
  static int brought(CubeFace face, List<Turn> turns) {
    String end = RubiksCubeSolver.after(PLACES, turns);
    int brought = 0;
    for (int i = 9 * face.ordinal(); i < 9 * face.ordinal() + 9; i++) {
      brought += PLACES.indexOf(end.charAt(i)) / 9 == face.ordinal() ? 0 : 1;
    }
    return brought;
  }

  /**
   * Asks about a face, and where possible a place, that the turns change. A face that only turns in
   * itself keeps its colours, so their count could be read from the picture: it is not asked.
   */
  static Question question(
      RubiksCubeScene scene, SplittableRandom random, Collection<String> kinds, int length) {
    List<Turn> turns = sequence(random, length);
    String kind = List.copyOf(kinds).get(random.nextInt(kinds.size()));
    boolean count = kind.equals(RubiksCubeFamily.COUNT);
    List<CubeFace> faces =
        CubeFace.ALL.stream()
            .filter(face -> (count ? brought(face, turns) : moved(face, turns)) > 0)
            .toList();
    CubeFace face = faces.isEmpty() ? CubeFace.FRONT : faces.get(random.nextInt(faces.size()));
    String end = RubiksCubeSolver.after(scene.stickers(), turns);
    Question question =
        Question.of(kind)
            .with("turns", turns.stream().map(Turn::toString).collect(Collectors.joining(" ")))
            .with("face", face.word());
    if (count) {
      return question.with("colour", colour(end, face, random).word());
    }
    String places = RubiksCubeSolver.after(PLACES, turns);
    List<Integer> changed = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      int at = 9 * face.ordinal() + i;
      if (places.charAt(at) != PLACES.charAt(at)) {
        changed.add(i);
      }
    }
    int place = changed.isEmpty() ? 0 : changed.get(random.nextInt(changed.size()));
    return question.with("row", place / 3 + 1).with("column", place % 3 + 1);
  }

  /**
   * Mostly a colour that the face has then, drawn by its count first so that larger counts come up
   * too; else any colour, so that 0 stays possible but rare.
   */
  private static CubeColour colour(String end, CubeFace face, SplittableRandom random) {
    if (random.nextInt(6) == 0) {
      return CubeColour.ALL.get(random.nextInt(6));
    }
    List<Long> counts =
        CubeColour.ALL.stream()
            .map(colour -> RubiksCubeSolver.count(end, face, colour))
            .filter(count -> count > 0)
            .distinct()
            .sorted()
            .toList();
    long wanted = counts.get(random.nextInt(counts.size()));
    List<CubeColour> there =
        CubeColour.ALL.stream()
            .filter(colour -> RubiksCubeSolver.count(end, face, colour) == wanted)
            .toList();
    return there.get(random.nextInt(there.size()));
  }
}
