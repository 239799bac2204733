package dev.sightline.puzzle.chainlink;

import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.WrongAnswer;
import java.util.ArrayList;
import java.util.List;

/** What plausible mistakes answer. */
final class ChainLinkMistakes {
  private final ChainLinkScene scene;
  private final Question question;
  private final List<WrongAnswer> wrong = new ArrayList<>();

  private ChainLinkMistakes(ChainLinkScene scene, Question question) {
    this.scene = scene;
    this.question = question;
  }

  static List<WrongAnswer> of(ChainLinkScene scene, Question question) {
    ChainLinkMistakes mistakes = new ChainLinkMistakes(scene, question);
    int spare = question.kind().equals(ChainLinkFamily.STRAIGHT) ? 1 : 0;
    int cuts = ChainLinkSolver.cuts(scene, spare);
    int segments = scene.lengths().size();
    mistakes.cutting("keeps-all-segments", Math.max(0, segments - spare - scene.open()));
    mistakes.cutting(
        "forgets-the-open-rings",
        ChainLinkSolver.cuts(new ChainLinkScene(0, scene.lengths()), spare));
    mistakes.cutting(
        spare == 0 ? "makes-a-straight-chain" : "makes-a-necklace",
        ChainLinkSolver.cuts(scene, 1 - spare));
    mistakes.cutting("one-cut-more", cuts + 1);
    mistakes.cutting("one-cut-fewer", cuts - 1);
    if (!question.kind().equals(ChainLinkFamily.CUTS)) {
      int cut = question.integer("cut");
      int weld = question.integer("weld");
      mistakes.add("welds-cut-rings-only", cuts * (cut + weld));
      mistakes.add("forgets-to-weld", cuts * cut);
      mistakes.add("swaps-the-times", cuts * weld + (scene.open() + cuts) * cut);
    } else {
      mistakes.add("counts-the-welds", cuts + scene.open());
      mistakes.add("counts-the-segments", segments);
    }
    return List.copyOf(mistakes.wrong);
  }

  private void cutting(String procedure, int cuts) {
    if (question.kind().equals(ChainLinkFamily.CUTS)) {
      add(procedure, cuts);
    } else {
      add(
          procedure,
          cuts * question.integer("cut") + (scene.open() + cuts) * question.integer("weld"));
    }
  }

  private void add(String procedure, int answer) {
    if (answer >= 0) {
      wrong.add(new WrongAnswer(procedure, Integer.toString(answer)));
    }
  }
}
