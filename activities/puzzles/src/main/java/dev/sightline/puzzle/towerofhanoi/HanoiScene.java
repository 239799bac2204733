package dev.sightline.puzzle.towerofhanoi;

import dev.sightline.puzzle.Scene;

/**
 * Two positions of the same disks. Every assignment of disks to rods is a position, because the
 * disks of a rod lie by size.
 *
 * @param start the rod of each disk, 'A', 'B' or 'C' from left to right, the largest disk first
 * @param end the same for the position to reach
 */
record HanoiScene(String start, String end) implements Scene {
  static final int MOST_DISKS = 12;

  HanoiScene {
    if (start.isEmpty()
        || start.length() > MOST_DISKS
        || start.length() != end.length()
        || !(start + end).chars().allMatch(rod -> rod >= 'A' && rod <= 'C')) {
      throw new IllegalArgumentException(
          "two positions name a rod A, B or C for each of the same 1 to %d disks, unlike %s and %s"
              .formatted(MOST_DISKS, start, end));
    }
  }

  int disks() {
    return start.length();
  }
}
