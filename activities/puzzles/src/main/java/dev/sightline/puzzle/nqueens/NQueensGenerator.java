package dev.sightline.puzzle.nqueens;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/** Takes queens away from a full solution drawn evenly among all of its size. */
final class NQueensGenerator {
  /** Larger boards have more solutions: they come more often, so that little repeats. */
  private static final int[] WEIGHT_OF_SIZE = {1, 3, 6, 12, 16, 20, 24};

  /** All solutions by size: 14,200 for the largest. */
  private static final ConcurrentHashMap<Integer, List<int[]>> SOLUTIONS =
      new ConcurrentHashMap<>();

  private NQueensGenerator() {}

  /** The columns by row of every full solution. */
  static List<int[]> solutions(int size) {
    return SOLUTIONS.computeIfAbsent(
        size,
        key -> {
          List<int[]> all = new ArrayList<>();
          NQueensSolver.forEach(
              new NQueensScene(java.util.Collections.nCopies(size, ".".repeat(size))), all::add);
          return List.copyOf(all);
        });
  }

  static int size(SplittableRandom random) {
    int sum = 0;
    for (int weight : WEIGHT_OF_SIZE) {
      sum += weight;
    }
    int drawn = random.nextInt(sum);
    int size = NQueensFamily.SMALLEST;
    while (drawn >= WEIGHT_OF_SIZE[size - NQueensFamily.SMALLEST]) {
      drawn -= WEIGHT_OF_SIZE[size - NQueensFamily.SMALLEST];
      size++;
    }
    return size;
  }

  /** A board with so many queens missing, where they fit in one way only. */
  static Optional<NQueensScene> draw(int size, int missing, SplittableRandom random) {
    List<int[]> solutions = solutions(size);
    int[] solution = solutions.get(random.nextInt(solutions.size()));
    boolean[] gone = new boolean[size];
    for (int taken = 0; taken < missing; ) {
      int row = random.nextInt(size);
      taken += gone[row] ? 0 : 1;
      gone[row] = true;
    }
    List<String> lines = new ArrayList<>(size);
    for (int row = 0; row < size; row++) {
      StringBuilder line = new StringBuilder(".".repeat(size));
      if (!gone[row]) {
        line.setCharAt(solution[row], 'Q');
      }
      lines.add(line.toString());
    }
    NQueensScene scene = new NQueensScene(lines);
    return NQueensSolver.completions(scene, 2) == 1 ? Optional.of(scene) : Optional.empty();
  }
}
