package dev.sightline.puzzle.dataset;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SeedTree;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.dataset.DatasetPlan.ImageSize;
import dev.sightline.puzzle.render.Rendering;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of one portion. Each is a pure function of seed, family, version, configuration,
 * split and index.
 */
final class Candidates {
  /** A tenth of the forms is met in so many draws unless the chance is 10^-91. */
  private static final int ATTEMPTS = 2000;

  private final DatasetPlan plan;
  private final Portion portion;
  private final SplitRule rule;
  private final ConfiguredFamily family;
  private final @Nullable Blocks blocks;
  private final SeedTree root;
  private final SeedTree draws;
  private final BiConsumer<Digest, byte[]> pictures;

  Candidates(DatasetPlan plan, Portion portion, SplitRule rule) {
    this(plan, portion, rule, (digest, png) -> {});
  }

  /**
   * @param pictures takes each picture that is drawn
   */
  Candidates(
      DatasetPlan plan, Portion portion, SplitRule rule, BiConsumer<Digest, byte[]> pictures) {
    this.pictures = pictures;
    this.plan = plan;
    this.portion = portion;
    this.rule = rule;
    this.family = portion.configured();
    this.blocks = rule == SplitRule.RESERVED_BLOCKS ? Blocks.of(plan, portion) : null;
    this.root = portion.root(plan.seed());
    this.draws =
        root.child("draw")
            .child(family.family().version())
            .child(Digest.ofCanonical(family.config()).shortForm());
  }

  /** Past this index there is nothing more to be had. */
  int limit(Split split) {
    if (blocks != null) {
      return blocks.candidates(split);
    }
    return (int) Math.min(Integer.MAX_VALUE / 2, 10L * portion.counts().of(split) + 1000);
  }

  DatasetItem item(Split split, int index) {
    Puzzle puzzle = puzzle(split, index);
    Scene scene = puzzle.scene();
    Digest sceneKey = family.sceneKey(scene);
    String answer =
        family
            .answer(puzzle)
            .orElseThrow(
                () -> new IllegalStateException("a legal puzzle has an answer: " + puzzle));
    Rendering rendering =
        family.rendering(root.child("rendering").child(split.wireName()).child(index));
    return new DatasetItem(
        portion.itemId(split, index),
        split,
        family.family().name(),
        family.family().version(),
        family.writeScene(scene),
        sceneKey,
        family.canonicalKey(scene),
        itemKey(sceneKey, puzzle.question()),
        puzzle.question(),
        family.questionText(puzzle),
        answer,
        family.answerType(puzzle.question()),
        family.textTwin(scene),
        family.description(scene),
        family.perceptionQuestion(scene, perceptionSeed(plan, portion, sceneKey)),
        family.difficulty(puzzle),
        rendering,
        draw(scene, sceneKey, rendering),
        null);
  }

  private Digest draw(Scene scene, Digest sceneKey, Rendering rendering) {
    ImageSize size = plan.imageSize();
    if (size.none()) {
      return sceneKey;
    }
    byte[] png = family.png(scene, rendering, size.width(), size.height());
    Digest digest = Digest.of(png);
    pictures.accept(digest, png);
    return digest;
  }

  private Puzzle puzzle(Split split, int index) {
    if (blocks != null) {
      Scene scene = blocks.scene(split, index);
      Question question =
          family.question(scene, root.child("scene").child(split.wireName()).child(index));
      return new Puzzle(scene, question);
    }
    SeedTree seed = draws.child(split.wireName()).child(index);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Puzzle puzzle = family.draw(seed.child(attempt));
      if (belongs(split, family.canonicalKey(puzzle.scene()))) {
        return puzzle;
      }
    }
    throw new SightlineException(
        FailureType.SPACE_EXHAUSTED,
        "dataset: no scene of %s for %s in %d draws; its space is too small for splits, use another level, a larger board or no %s items"
            .formatted(portion.label(), split.wireName(), ATTEMPTS, split.wireName()));
  }

  private boolean belongs(Split split, Digest form) {
    if (split != Split.TEST && plan.avoid().contains(form)) {
      return false;
    }
    return rule != SplitRule.RESERVED_SHARE
        || Share.of(plan.seed(), portion.family(), form) == split;
  }

  static SeedTree perceptionSeed(DatasetPlan plan, Portion portion, Digest sceneKey) {
    return portion.root(plan.seed()).child("perception").child(sceneKey.hex());
  }

  /** Names a scene with a question. */
  static Digest itemKey(Digest sceneKey, Question question) {
    return Digest.ofCanonical(Map.of("scene", sceneKey.hex(), "question", question.toMap()));
  }
}
