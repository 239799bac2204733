package dev.sightline.puzzle.chainlink;

import dev.sightline.puzzle.Question;
import java.util.Optional;

/**
 * Cuts by using up the shortest segments first. Every cut gives one more open ring; a segment is
 * gone only when all its rings are cut, so that with a given number of cuts most segments are gone
 * if the shortest are taken. A cut inside a segment leaves more segments and never helps.
 */
final class ChainLinkSolver {
  private ChainLinkSolver() {}

  static Optional<String> answer(ChainLinkScene scene, Question question) {
    if (scene.rings() < 3) {
      return Optional.empty();
    }
    return switch (question.kind()) {
      case ChainLinkFamily.TIME -> Optional.of(time(scene, question, cuts(scene, 0)));
      case ChainLinkFamily.STRAIGHT -> Optional.of(time(scene, question, cuts(scene, 1)));
      case ChainLinkFamily.CUTS -> Optional.of(Integer.toString(cuts(scene, 0)));
      default -> Optional.empty();
    };
  }

  private static String time(ChainLinkScene scene, Question question, int cuts) {
    int welds = scene.open() + cuts;
    return Integer.toString(cuts * question.integer("cut") + welds * question.integer("weld"));
  }

  /**
   * The least number of cuts after which there are as many open rings as closed segments.
   *
   * @param spare how many open rings fewer are enough: 1 for a straight chain, which has two ends
   */
  static int cuts(ChainLinkScene scene, int spare) {
    int closed = scene.lengths().size();
    int open = scene.open();
    int cuts = 0;
    for (int length : scene.lengths()) {
      for (int ring = length; ring > 0; ring--) {
        if (open >= closed - spare) {
          return cuts;
        }
        cuts++;
        open++;
        closed -= ring == 1 ? 1 : 0;
      }
    }
    return cuts;
  }
}
