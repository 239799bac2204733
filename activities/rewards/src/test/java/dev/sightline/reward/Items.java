package dev.sightline.reward;

import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.dataset.DatasetAssembler;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.DatasetPlan;
import dev.sightline.puzzle.dataset.DatasetPlan.Counts;
import dev.sightline.puzzle.dataset.DatasetPlan.ImageSize;
import java.util.List;
import java.util.Map;

/** Real items of the quickstart's family. */
final class Items {
  static final DatasetPlan PLAN =
      new DatasetPlan("rotting_kiwi", Map.of(), new ImageSize(84, 84), new Counts(300, 10, 40), 11);
  static final List<DatasetItem> ALL = DatasetAssembler.make(PLAN).train();
  static final ConfiguredFamily FAMILY = PLAN.portions().getFirst().configured();

  private Items() {}

  static Attempt attempt(PromptTemplate template, DatasetItem item, String text, Mode mode) {
    return Attempt.of(RewardItem.of(item, FAMILY, template.asks()), text).in(mode);
  }

  static Judgement judge(PromptTemplate template, DatasetItem item, String text, Mode mode) {
    return Judgement.of(template, attempt(template, item, text, mode));
  }

  static ScoredCompletion score(RewardDesign design, DatasetItem item, String text, Mode mode) {
    return design.score(attempt(design.template(), item, text, mode));
  }

  /** The board of the README: 4 minutes. */
  static DatasetItem known() {
    DatasetItem any = ALL.getFirst();
    return new DatasetItem(
        "test-0",
        any.split(),
        any.family(),
        any.familyVersion(),
        Map.of("board", "--F/-FF/RF-"),
        any.sceneKey(),
        any.canonicalKey(),
        any.itemKey(),
        any.asked(),
        any.question(),
        "4",
        any.answerType(),
        "Board: --F/-FF/RF-",
        "--F/-FF/RF-",
        new dev.sightline.puzzle.PerceptionQuestion(
            "What is in row 2, column 3: empty, fresh or rotten?",
            "fresh",
            dev.sightline.puzzle.AnswerType.WORD),
        new dev.sightline.puzzle.Difficulty(4, any.difficulty().measures()),
        any.rendering(),
        any.imageDigest(),
        null);
  }
}
