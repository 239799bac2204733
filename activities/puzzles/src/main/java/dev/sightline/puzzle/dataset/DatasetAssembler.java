package dev.sightline.puzzle.dataset;

import dev.sightline.foundation.Digest;
import dev.sightline.foundation.FailureType;
import dev.sightline.foundation.SeedTree;
import dev.sightline.foundation.SightlineException;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.InvalidConfigException;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Question;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.Space;
import dev.sightline.puzzle.render.Rendering;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes data sets. Every candidate is a pure function of plan, split and index; shards cut the
 * candidates (test first, then dev, then train) into equal runs, so neither the number of workers
 * nor their order changes anything.
 */
public final class DatasetAssembler {
  /** Candidates in a shard. */
  public static final int SHARD_SIZE = 1000;

  private static final int SPARE_FORMS = 20;
  private static final List<Split> ORDER = List.of(Split.TEST, Split.DEV, Split.TRAIN);

  private DatasetAssembler() {}

  /** What is wrong with the plan, as one line with the fix; empty if it can be assembled. */
  public static Optional<String> check(DatasetPlan plan) {
    ConfiguredFamily family;
    try {
      family = plan.configuredFamily();
    } catch (InvalidConfigException e) {
      String field = e.field().equals("family") ? "family" : "config." + e.field();
      return Optional.of(field + ": " + e.problem() + "; " + e.fix());
    }
    Optional<String> size =
        family.imageSizeProblem(plan.imageSize().width(), plan.imageSize().height());
    if (size.isPresent()) {
      return size.map(problem -> "imageSize: " + problem);
    }
    if (plan.counts().train() < 1) {
      return Optional.of("counts.train: is 0; use at least 1");
    }
    return spaceProblem(plan, family);
  }

  private static Optional<String> spaceProblem(DatasetPlan plan, ConfiguredFamily family) {
    Space space = family.space();
    DatasetPlan.Counts counts = plan.counts();
    if (rule(space) == SplitRule.DISJOINT_DRAWS) {
      BigInteger most = space.canonicalForms().divide(BigInteger.valueOf(SPARE_FORMS));
      return BigInteger.valueOf(counts.total()).compareTo(most) <= 0
          ? Optional.empty()
          : Optional.of(
              "counts: "
                  + counts.total()
                  + " items together, but the space is only known to hold "
                  + space.canonicalForms()
                  + " canonical forms, 20 for each item; use at most "
                  + most
                  + " or a larger board");
    }
    long held = (long) counts.dev() + counts.test();
    long forms = space.canonicalForms().longValueExact();
    if (held >= forms) {
      return Optional.of(
          "counts.dev + counts.test: %d of the %d canonical forms; use at most %d together"
              .formatted(held, forms, forms - 1));
    }
    Blocks blocks = Blocks.of(plan, family);
    if (blocks.heldCount() < held) {
      return Optional.of(
          "counts.dev + counts.test: %d, but tempered levels leave %d forms; use at most %d together"
              .formatted(held, blocks.heldCount(), blocks.heldCount()));
    }
    int most = blocks.trainScenes().size();
    if (counts.train() > most) {
      return Optional.of(
          "counts.train: %d, but only %d distinct scenes are left beside dev and test; use at most %d"
              .formatted(counts.train(), most, most));
    }
    return Optional.empty();
  }

  public static SplitRule rule(DatasetPlan plan) {
    return rule(plan.configuredFamily().space());
  }

  private static SplitRule rule(Space space) {
    return space.enumerable() ? SplitRule.RESERVED_BLOCKS : SplitRule.DISJOINT_DRAWS;
  }

  /** How many shards the plan has, at least 1. */
  public static int shardCount(DatasetPlan plan) {
    SplitRule rule = rule(plan);
    long candidates = 0;
    for (Split split : ORDER) {
      candidates += candidates(rule, plan, split);
    }
    return (int) Math.max(1, (candidates + SHARD_SIZE - 1) / SHARD_SIZE);
  }

  /** Blocks hold exactly what is needed; draws repeat themselves now and then. */
  private static long candidates(SplitRule rule, DatasetPlan plan, Split split) {
    long needed = plan.counts().of(split);
    return switch (rule) {
      case RESERVED_BLOCKS -> needed;
      case DISJOINT_DRAWS -> needed == 0 ? 0 : needed + needed / 4 + 64;
    };
  }

  /**
   * The candidates of one shard.
   *
   * @throws SightlineException SPACE_EXHAUSTED or INVALID_SPEC where {@link #check} finds a problem
   */
  public static Shard generate(DatasetPlan plan, int shardIndex) {
    ConfiguredFamily family = checked(plan);
    SplitRule rule = rule(family.space());
    List<DatasetItem> items = new ArrayList<>();
    Blocks blocks = rule == SplitRule.RESERVED_BLOCKS ? Blocks.of(plan, family) : null;
    long from = (long) shardIndex * SHARD_SIZE;
    long start = 0;
    for (Split split : ORDER) {
      long count = candidates(rule, plan, split);
      long first = Math.max(0, from - start);
      long last = Math.min(count, from + SHARD_SIZE - start);
      for (long index = first; index < last; index++) {
        items.add(item(plan, family, split, index, puzzle(plan, family, blocks, split, index)));
      }
      start += count;
    }
    return new Shard(shardIndex, items);
  }

  private static Puzzle puzzle(
      DatasetPlan plan, ConfiguredFamily family, @Nullable Blocks blocks, Split split, long index) {
    SeedTree seed = root(plan).child("scene").child(split.wireName()).child(index);
    if (blocks == null) {
      return family.draw(seed);
    }
    Scene scene = blocks.scene(split, (int) index);
    return new Puzzle(scene, family.question(scene, seed));
  }

  private static ConfiguredFamily checked(DatasetPlan plan) {
    ConfiguredFamily family;
    try {
      family = plan.configuredFamily();
    } catch (InvalidConfigException e) {
      throw new SightlineException(FailureType.INVALID_SPEC, "dataset.config." + e.getMessage(), e);
    }
    Optional<String> problem = spaceProblem(plan, family);
    if (problem.isPresent()) {
      throw new SightlineException(FailureType.SPACE_EXHAUSTED, "dataset." + problem.get());
    }
    return family;
  }

  static SeedTree root(DatasetPlan plan) {
    return SeedTree.root(plan.seed()).child("dataset").child(plan.family());
  }

  static DatasetItem item(
      DatasetPlan plan, ConfiguredFamily family, Split split, long index, Puzzle puzzle) {
    Scene scene = puzzle.scene();
    Digest sceneKey = family.sceneKey(scene);
    String answer =
        family
            .answer(puzzle)
            .orElseThrow(
                () -> new IllegalStateException("a legal puzzle has an answer: " + puzzle));
    Rendering rendering =
        family.rendering(root(plan).child("rendering").child(split.wireName()).child(index));
    return new DatasetItem(
        split.wireName() + "-" + index,
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
        family.perceptionQuestion(scene, root(plan).child("perception").child(sceneKey.hex())),
        family.difficulty(puzzle),
        rendering,
        Digest.of(
            family.png(scene, rendering, plan.imageSize().width(), plan.imageSize().height())));
  }

  /** Names a scene with a question. */
  static Digest itemKey(Digest sceneKey, Question question) {
    return Digest.ofCanonical(Map.of("scene", sceneKey.hex(), "question", question.toMap()));
  }

  /**
   * Puts the shards together: one pass in index order, keeping what is new.
   *
   * @param shards all of the plan's shards, in any order
   * @throws SightlineException SPACE_EXHAUSTED with the largest count that fits; DATASET_INVALID
   *     where shards are missing
   */
  public static Assembly assemble(DatasetPlan plan, List<Shard> shards) {
    ConfiguredFamily family = checked(plan);
    List<Shard> ordered = new ArrayList<>(shards);
    ordered.sort(Comparator.comparingInt(Shard::index));
    int expected = shardCount(plan);
    for (int i = 0; i < Math.max(expected, ordered.size()); i++) {
      if (i >= ordered.size() || i >= expected || ordered.get(i).index() != i) {
        throw new SightlineException(
            FailureType.DATASET_INVALID,
            "the plan has shards 0 to " + (expected - 1) + ", each once; shard " + i + " is amiss");
      }
    }
    Set<Digest> takenForms = new HashSet<>();
    List<List<DatasetItem>> splits = new ArrayList<>();
    for (Split split : ORDER) {
      int needed = plan.counts().of(split);
      List<DatasetItem> kept = new ArrayList<>();
      Set<Digest> seen = new HashSet<>();
      for (Shard shard : ordered) {
        for (DatasetItem candidate : shard.candidates()) {
          if (candidate.split() != split
              || kept.size() == needed
              || takenForms.contains(candidate.canonicalKey())) {
            continue;
          }
          Digest key = split == Split.TRAIN ? candidate.sceneKey() : candidate.canonicalKey();
          if (seen.add(key)) {
            kept.add(candidate);
          }
        }
      }
      if (kept.size() < needed) {
        throw new SightlineException(
            FailureType.SPACE_EXHAUSTED,
            "dataset.counts."
                + split.wireName()
                + ": asked for "
                + needed
                + " items, found "
                + kept.size()
                + "; use at most "
                + kept.size()
                + " or a larger board");
      }
      kept.forEach(item -> takenForms.add(item.canonicalKey()));
      splits.add(kept);
    }
    return new Assembly(rule(family.space()), splits.get(2), splits.get(1), splits.get(0));
  }
}
