package dev.sightline.puzzle.towerofhanoi;

/**
 * The closed optimum (Hinz and others, "The Tower of Hanoi - Myths and Maths", section 2.4.1): the
 * largest disk that must move does so once or twice, never more, and everything smaller has to
 * stand on one rod each time.
 */
final class HanoiSolver {
  /**
   * @param moves the least number
   * @param largestDiskMoves how often the largest disk that has to move does so: 0, 1 or 2; 1 where
   *     both are as good
   */
  record Optimum(int moves, int largestDiskMoves) {}

  private HanoiSolver() {}

  static Optimum solve(HanoiScene scene) {
    int disks = scene.disks();
    int[] from = new int[disks];
    int[] to = new int[disks];
    for (int disk = 0; disk < disks; disk++) { // Disk 0 is the smallest.
      from[disk] = scene.start().charAt(disks - 1 - disk) - 'A';
      to[disk] = scene.end().charAt(disks - 1 - disk) - 'A';
    }
    int largest = disks - 1;
    while (largest >= 0 && from[largest] == to[largest]) {
      largest--;
    }
    if (largest < 0) {
      return new Optimum(0, 0);
    }
    int third = 3 - from[largest] - to[largest];
    int once = gather(from, largest, third) + 1 + gather(to, largest, third);
    int twice =
        gather(from, largest, to[largest])
            + 1
            + ((1 << largest) - 1)
            + 1
            + gather(to, largest, from[largest]);
    return once <= twice ? new Optimum(once, 1) : new Optimum(twice, 2);
  }

  /** Moves that bring all disks below {@code disks} to one rod, or from there back. */
  private static int gather(int[] position, int disks, int rod) {
    int moves = 0;
    int target = rod;
    for (int disk = disks - 1; disk >= 0; disk--) {
      if (position[disk] != target) {
        moves += 1 << disk;
        target = 3 - position[disk] - target;
      }
    }
    return moves;
  }
}
