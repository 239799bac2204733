package dev.sightline.puzzle.movebox;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Fewest pushes by playing single steps: all places of person and boxes that so many pushes give,
 * then those that one more push gives.
 */
final class MoveBoxReferenceSolver {
  private static final int[] DOWN = {1, 0, -1, 0};
  private static final int[] RIGHT = {0, 1, 0, -1};
  private static final int NOBODY = 64;

  private MoveBoxReferenceSolver() {}

  static OptionalInt pushes(MoveBoxScene scene) {
    int[] boxes = places(scene, 'B');
    int[] targets = places(scene, 'T');
    int[] people = places(scene, 'P');
    boolean known = boxes.length == 1 || boxes.length == 2;
    if (people.length != 1 || !known || boxes.length != targets.length) {
      return OptionalInt.empty();
    }
    // A second box that is not there stands outside, where its target is.
    int goal = state(0, targets[0], targets.length == 2 ? targets[1] : NOBODY) / 64;
    BitSet met = new BitSet();
    Deque<Integer> sooner = new ArrayDeque<>();
    Deque<Integer> later = new ArrayDeque<>();
    sooner.add(state(people[0], boxes[0], boxes.length == 2 ? boxes[1] : NOBODY));
    for (int pushes = 0; !sooner.isEmpty(); pushes++) {
      while (!sooner.isEmpty()) {
        int state = sooner.pop();
        if (met.get(state)) {
          continue;
        }
        met.set(state);
        if (state / 64 == goal) {
          return OptionalInt.of(pushes);
        }
        for (int way = 0; way < 4; way++) {
          step(scene, state, way, sooner, later);
        }
      }
      Deque<Integer> empty = sooner;
      sooner = later;
      later = empty;
    }
    return OptionalInt.empty();
  }

  private static void step(
      MoveBoxScene scene, int state, int way, Deque<Integer> walked, Deque<Integer> pushed) {
    int one = state / 64 / 65;
    int other = state / 64 % 65;
    int next = neighbour(scene, state % 64, way);
    if (next == one || next == other) {
      int beyond = neighbour(scene, next, way);
      if (beyond >= 0 && beyond != one && beyond != other) {
        pushed.push(state(next, beyond, next == one ? other : one));
      }
    } else if (next >= 0) {
      walked.push(state / 64 * 64 + next);
    }
  }

  private static int state(int person, int box, int other) {
    return (Math.min(box, other) * 65 + Math.max(box, other)) * 64 + person;
  }

  /** The next place in a direction, or -1 for a wall. */
  private static int neighbour(MoveBoxScene scene, int place, int way) {
    int row = place / scene.columns() + DOWN[way];
    int column = place % scene.columns() + RIGHT[way];
    boolean inside = row >= 0 && row < scene.rows() && column >= 0 && column < scene.columns();
    return inside && scene.at(row, column) != '#' ? row * scene.columns() + column : -1;
  }

  private static int[] places(MoveBoxScene scene, char thing) {
    return IntStream.range(0, scene.cells().length())
        .filter(place -> scene.cells().charAt(place) == thing)
        .toArray();
  }
}
