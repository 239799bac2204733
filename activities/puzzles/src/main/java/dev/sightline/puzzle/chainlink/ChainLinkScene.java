package dev.sightline.puzzle.chainlink;

import dev.sightline.puzzle.Scene;
import java.util.List;

/**
 * Pieces of chain.
 *
 * @param open single open rings
 * @param lengths rings of each closed segment, shortest first; segments of a length are alike
 */
public record ChainLinkScene(int open, List<Integer> lengths) implements Scene {
  static final int MOST_OPEN = 9;
  static final int LONGEST = 7;
  static final int MOST_SEGMENTS = 24;

  public ChainLinkScene {
    lengths = lengths.stream().sorted().toList();
    if (open < 0 || open > MOST_OPEN) {
      throw new IllegalArgumentException("0 to " + MOST_OPEN + " rings are open, not " + open);
    }
    if (lengths.isEmpty() || lengths.size() > MOST_SEGMENTS) {
      throw new IllegalArgumentException(
          "there are 1 to " + MOST_SEGMENTS + " closed segments, not " + lengths.size());
    }
    if (lengths.getFirst() < 1 || lengths.getLast() > LONGEST) {
      throw new IllegalArgumentException(
          "a closed segment has 1 to " + LONGEST + " rings, not " + lengths);
    }
  }

  /** All rings, open or closed. */
  public int rings() {
    return open + lengths.stream().mapToInt(Integer::intValue).sum();
  }
}
