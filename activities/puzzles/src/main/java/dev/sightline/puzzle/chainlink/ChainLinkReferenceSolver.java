package dev.sightline.puzzle.chainlink;

import dev.sightline.puzzle.Question;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Cuts by trying, for every segment, every set of rings to cut (as bits) and counting the runs that
 * stay, then by dynamic programming over the segments: the fewest runs for each number of cuts.
 */
final class ChainLinkReferenceSolver {
  private static final int NEVER = 1_000_000;

  private ChainLinkReferenceSolver() {}

  static Optional<String> answer(ChainLinkScene scene, Question question) {
    int all = scene.open();
    for (int length : scene.lengths()) {
      all += length;
    }
    if (all < 3) {
      return Optional.empty();
    }
    boolean straight = question.kind().equals("straight");
    int[] fewest = fewestRuns(scene.lengths());
    int cuts = 0;
    // A necklace of so many runs has as many gaps between them; a straight chain one fewer.
    while (fewest[cuts] - (straight ? 1 : 0) > scene.open() + cuts) {
      cuts++;
    }
    return switch (question.kind()) {
      case "cuts" -> Optional.of(String.valueOf(cuts));
      case "time", "straight" ->
          Optional.of(
              String.valueOf(
                  cuts * (question.integer("cut") + question.integer("weld"))
                      + scene.open() * question.integer("weld")));
      default -> Optional.empty();
    };
  }

  private static int[] fewestRuns(List<Integer> lengths) {
    int[] fewest = {0};
    for (int length : lengths) {
      int[] own = new int[length + 1];
      Arrays.fill(own, NEVER);
      for (int cut = 0; cut < 1 << length; cut++) {
        int runs = 0;
        boolean before = false;
        for (int ring = 0; ring < length; ring++) {
          boolean stays = (cut >> ring & 1) == 0;
          runs += stays && !before ? 1 : 0;
          before = stays;
        }
        int count = Integer.bitCount(cut);
        own[count] = Math.min(own[count], runs);
      }
      int[] next = new int[fewest.length + length];
      Arrays.fill(next, NEVER);
      for (int cuts = 0; cuts < fewest.length; cuts++) {
        for (int more = 0; more <= length; more++) {
          next[cuts + more] = Math.min(next[cuts + more], fewest[cuts] + own[more]);
        }
      }
      fewest = next;
    }
    return fewest;
  }
}
