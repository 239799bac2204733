package dev.sightline.puzzle.towerofhanoi;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.OptionalInt;

/** Moves by breadth-first search over three stacks, each a bit set of disks. */
final class HanoiReferenceSolver {
  private static final int WIDTH = 12;

  private HanoiReferenceSolver() {}

  static OptionalInt moves(HanoiScene scene) {
    long goal = stacks(scene.end());
    long start = stacks(scene.start());
    BitSet seen = new BitSet();
    Deque<Long> frontier = new ArrayDeque<>();
    frontier.add(start);
    seen.set(index(start, scene.start().length()));
    for (int moves = 0; !frontier.isEmpty(); moves++) {
      Deque<Long> next = new ArrayDeque<>();
      for (long state : frontier) {
        if (state == goal) {
          return OptionalInt.of(moves);
        }
        for (int source = 0; source < 3; source++) {
          long stack = state >>> (source * WIDTH) & ((1L << WIDTH) - 1);
          long top = Long.lowestOneBit(stack);
          for (int target = 0; target < 3; target++) {
            long other = state >>> (target * WIDTH) & ((1L << WIDTH) - 1);
            boolean allowed =
                target != source && top != 0 && (other == 0 || top < Long.lowestOneBit(other));
            if (allowed) {
              long moved = state ^ (top << (source * WIDTH)) ^ (top << (target * WIDTH));
              int index = index(moved, scene.start().length());
              if (!seen.get(index)) {
                seen.set(index);
                next.add(moved);
              }
            }
          }
        }
      }
      frontier = next;
    }
    return OptionalInt.empty();
  }

  /** The disks of each rod in twelve bits, the smallest disk in the lowest. */
  private static long stacks(String rods) {
    long state = 0;
    for (int i = 0; i < rods.length(); i++) {
      int disk = rods.length() - 1 - i;
      state |= 1L << ((rods.charAt(i) - 'A') * WIDTH + disk);
    }
    return state;
  }

  /** A number below 4^disks. */
  private static int index(long state, int disks) {
    int index = 0;
    for (int disk = 0; disk < disks; disk++) {
      long rod = (state >>> (WIDTH + disk) & 1) + 2 * (state >>> (2 * WIDTH + disk) & 1);
      index |= (int) rod << (2 * disk);
    }
    return index;
  }
}
