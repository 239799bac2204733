package dev.sightline.puzzle.woodslide;

import java.util.Arrays;

/** A set of boards that remembers the order in which they came. Boards are never 0. */
final class BlockStates {
  private long[] table = new long[512];
  private long[] order = new long[256];
  private int size;

  int size() {
    return size;
  }

  long get(int index) {
    return order[index];
  }

  boolean contains(long state) {
    return table[slot(state)] == state;
  }

  /** Whether it is new. */
  boolean add(long state) {
    int slot = slot(state);
    if (table[slot] == state) {
      return false;
    }
    if (size == order.length) {
      order = Arrays.copyOf(order, 2 * size);
      table = new long[4 * size];
      for (int i = 0; i < size; i++) {
        table[slot(order[i])] = order[i];
      }
      slot = slot(state);
    }
    table[slot] = state;
    order[size++] = state;
    return true;
  }

  private int slot(long state) {
    // The multiplier of SplitMix64's increment; the upper bits are the mixed ones.
    int slot = (int) (state * 0x9e3779b97f4a7c15L >>> 32) & (table.length - 1);
    while (table[slot] != 0 && table[slot] != state) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }
}
