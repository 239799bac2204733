package dev.sightline.puzzle.dataset;

import dev.sightline.foundation.Digest;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.DescriptionReading;
import dev.sightline.puzzle.Puzzle;
import dev.sightline.puzzle.Scene;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks a finished data set from its items alone, trusting none of the steps that made it. */
public final class DatasetVerifier {
  private DatasetVerifier() {}

  /** Every problem found, one line each; empty for a sound data set. */
  public static List<String> verify(DatasetPlan plan, Assembly assembly) {
    ConfiguredFamily family = plan.configuredFamily();
    List<String> problems = new ArrayList<>();
    Map<Digest, Split> forms = new HashMap<>();
    Set<String> ids = new HashSet<>();
    for (Split split : Split.values()) {
      List<DatasetItem> items = assembly.of(split);
      if (items.size() != plan.counts().of(split)) {
        problems.add(
            "%s has %d items instead of %d"
                .formatted(split.wireName(), items.size(), plan.counts().of(split)));
      }
      Set<Digest> keys = new HashSet<>();
      for (DatasetItem item : items) {
        if (!ids.add(item.id())) {
          problems.add(item.id() + ": the id stands twice");
        }
        if (item.split() != split) {
          problems.add(item.id() + ": stands in " + split.wireName());
        }
        if (!keys.add(split == Split.TRAIN ? item.sceneKey() : item.canonicalKey())) {
          problems.add(item.id() + ": repeats another item of " + split.wireName());
        }
        Split other = forms.putIfAbsent(item.canonicalKey(), split);
        if (other != null && other != split) {
          problems.add(item.id() + ": the same puzzle up to symmetry is in " + other.wireName());
        }
        problem(plan, family, item).ifPresent(text -> problems.add(item.id() + ": " + text));
      }
    }
    return List.copyOf(problems);
  }

  private static Optional<String> problem(
      DatasetPlan plan, ConfiguredFamily family, DatasetItem item) {
    if (!item.family().equals(family.family().name())
        || item.familyVersion() != family.family().version()) {
      return Optional.of("is of " + item.family() + " version " + item.familyVersion());
    }
    Scene scene;
    try {
      scene = family.readScene(item.scene());
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    Puzzle puzzle = new Puzzle(scene, item.asked());
    if (!family.legal(puzzle)) {
      return Optional.of("the scene breaks the family's rules: " + item.description());
    }
    Optional<String> answer = Optional.of(item.answer());
    if (!family.answer(puzzle).equals(answer) || !family.referenceAnswer(puzzle).equals(answer)) {
      return Optional.of(
          "the answer is %s, but the solvers say %s and %s"
              .formatted(item.answer(), family.answer(puzzle), family.referenceAnswer(puzzle)));
    }
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
    if (!item.sceneKey().equals(family.sceneKey(scene))
        || !item.canonicalKey().equals(family.canonicalKey(scene))
        || !item.itemKey().equals(DatasetAssembler.itemKey(item.sceneKey(), item.asked()))) {
      return Optional.of("the keys do not belong to the scene");
    }
    byte[] png =
        family.png(scene, item.rendering(), plan.imageSize().width(), plan.imageSize().height());
    return item.imageDigest().equals(Digest.of(png))
        ? Optional.empty()
        : Optional.of("the image digest is not that of the drawn scene");
  }
}
