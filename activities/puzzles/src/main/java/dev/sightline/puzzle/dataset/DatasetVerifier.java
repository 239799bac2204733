package dev.sightline.puzzle.dataset;

import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Scene;
import dev.sightline.puzzle.choice.Choices;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Checks a finished data set from its items alone, trusting none of the steps that made it. */
public final class DatasetVerifier {
  /** Items handed to the executor at a time; bounds memory where items are streamed. */
  private static final int BATCH = 512;

  private static final int PIECE = 16;

  private final DatasetPlan plan;
  private final Map<String, Portion> portions = new HashMap<>();
  private final DatasetLeaks leaks;

  private DatasetVerifier(DatasetPlan plan, List<SplitRule> rules) {
    this.plan = plan;
    for (Portion portion : plan.portions()) {
      portions.put(portion.label(), portion);
    }
    this.leaks = new DatasetLeaks(plan, rules);
  }

  /** Every problem found, one line each; empty for a sound data set. */
  public static List<String> verify(DatasetPlan plan, Assembly assembly) {
    return verify(
        plan,
        assembly.portions().stream().map(PortionOutcome::rule).toList(),
        Stream.of(Split.values()).flatMap(split -> assembly.of(split).stream()).iterator(),
        Runnable::run,
        done -> {});
  }

  /**
   * Every problem found, one line each, in the order of the items; empty for a sound data set.
   *
   * @param rules how the splits were kept apart, by portion
   * @param items all items, split by split in any order of splits
   * @param executor solves and draws the items again; the calling thread reads them
   * @param progress told the number of items done
   */
  public static List<String> verify(
      DatasetPlan plan,
      List<SplitRule> rules,
      Iterator<DatasetItem> items,
      Executor executor,
      LongConsumer progress) {
    DatasetVerifier verifier = new DatasetVerifier(plan, rules);
    List<String> problems = new ArrayList<>();
    long done = 0;
    while (items.hasNext()) {
      List<DatasetItem> batch = new ArrayList<>(BATCH);
      while (items.hasNext() && batch.size() < BATCH) {
        batch.add(items.next());
      }
      List<CompletableFuture<List<String>>> pieces = new ArrayList<>();
      for (int from = 0; from < batch.size(); from += PIECE) {
        List<DatasetItem> piece = batch.subList(from, Math.min(batch.size(), from + PIECE));
        pieces.add(CompletableFuture.supplyAsync(() -> verifier.problems(piece), executor));
      }
      batch.forEach(item -> verifier.leaks.add(item, problems));
      pieces.forEach(piece -> problems.addAll(piece.join()));
      done += batch.size();
      progress.accept(done);
    }
    verifier.leaks.end(problems);
    return List.copyOf(problems);
  }

  private List<String> problems(List<DatasetItem> items) {
    List<String> problems = new ArrayList<>();
    for (DatasetItem item : items) {
      Portion portion = portions.get(Portion.labelOf(item.id()));
      Optional<String> problem =
          portion == null ? Optional.of("the plan has no such part") : problem(portion, item);
      problem.ifPresent(text -> problems.add(item.id() + ": " + text));
    }
    return problems;
  }

  private Optional<String> problem(Portion portion, DatasetItem item) {
    ConfiguredFamily family = portion.configured();
    if (!item.family().equals(family.family().name())
        || item.familyVersion() != family.family().version()) {
      return Optional.of(
          "is of %s version %d instead of %s version %d"
              .formatted(
                  item.family(),
                  item.familyVersion(),
                  family.family().name(),
                  family.family().version()));
    }
    Scene scene;
    try {
      scene = family.readScene(item.scene());
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    Puzzle puzzle = new Puzzle(scene, item.asked());
    if (!family.legal(puzzle)) {
      return Optional.of("scene or question break the rules of the family: " + item.description());
    }
    Optional<String> answer = Optional.of(item.answer());
    Optional<String> first = family.answer(puzzle);
    Optional<String> second = family.referenceAnswer(puzzle);
    if (!first.equals(answer) || !second.equals(answer)) {
      return Optional.of(
          "the answer is %s, but the solvers say %s and %s"
              .formatted(item.answer(), first.orElse("none"), second.orElse("none")));
    }
    return textProblem(family, scene, item).or(() -> keyProblem(portion, family, scene, item));
  }

  private static Optional<String> textProblem(
      ConfiguredFamily family, Scene scene, DatasetItem item) {
    Puzzle puzzle = new Puzzle(scene, item.asked());
    if (!family
        .readDescription(item.description())
        .equals(new DescriptionReading.Complete(scene))) {
      return Optional.of("the description does not read back as the scene");
    }
    if (!item.textTwin().equals(family.textTwin(scene))
        || !item.textTwin().contains(item.description())) {
      return Optional.of("the text twin does not say what the scene is");
    }
    if (!item.question().equals(family.questionText(puzzle))
        || item.answerType() != family.answerType(item.asked())
        || !item.difficulty().equals(family.difficulty(puzzle))) {
      return Optional.of("question, answer type or level are not the family's");
    }
    Choices choices = item.choices();
    return choices == null || choices.options().get(choices.right()).equals(item.answer())
        ? Optional.empty()
        : Optional.of("the right choice is not the answer: " + choices);
  }

  private Optional<String> keyProblem(
      Portion portion, ConfiguredFamily family, Scene scene, DatasetItem item) {
    Digest sceneKey = family.sceneKey(scene);
    if (!item.sceneKey().equals(sceneKey)
        || !item.canonicalKey().equals(family.canonicalKey(scene))
        || !item.itemKey().equals(Candidates.itemKey(sceneKey, item.asked()))) {
      return Optional.of("the keys do not belong to the scene");
    }
    if (!item.perceptionQuestion()
        .equals(
            family.perceptionQuestion(scene, Candidates.perceptionSeed(plan, portion, sceneKey)))) {
      return Optional.of("the perception question does not agree with the scene");
    }
    Digest picture =
        plan.imageSize().none() ? sceneKey : Digest.of(item.image(family, plan.imageSize()));
    return item.imageDigest().equals(picture)
        ? Optional.empty()
        : Optional.of("the image digest is not that of the drawn scene");
  }
}
