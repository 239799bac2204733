package dev.sightline.reward;

import dev.sightline.foundation.SeedTree;
import dev.sightline.puzzle.ConfiguredFamily;
import dev.sightline.puzzle.dataset.DatasetBaselines;
import dev.sightline.puzzle.dataset.DatasetItem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The completion that pays best when it is given to every item: what a policy can earn from a
 * design without looking. Found by trying, so a better one may exist.
 *
 * @param reward mean total over the items, on the picture, at the step that was asked for
 */
public record ConstantCompletion(String text, double reward) {
  /** Sentences after which tanh is 1 in double precision. */
  private static final int SENTENCES = 24;

  private static final int WORDS = 800;

  /** Scenes of items that are tried as descriptions, beside the best constant ones. */
  private static final int SCENES = 24;

  /** Items on which all candidates are tried; the best ones then on all items. */
  private static final int FIRST = 128;

  private static final int FINALISTS = 8;

  /**
   * Fits one to the items of one family.
   *
   * @param items of train
   * @param step optimizer step, for designs whose weights move
   */
  public static ConstantCompletion best(
      RewardDesign design, ConfiguredFamily family, List<DatasetItem> items, long step) {
    if (items.isEmpty()) {
      throw new IllegalArgumentException("a constant completion is fitted to at least one item");
    }
    List<RewardItem> all =
        items.stream().map(item -> RewardItem.of(item, family, design.template().asks())).toList();
    List<RewardItem> some =
        IntStream.range(0, all.size())
            .filter(i -> i % Math.ceilDiv(all.size(), FIRST) == 0)
            .mapToObj(all::get)
            .toList();
    return candidates(design.template(), family, items).stream()
        .map(text -> new ConstantCompletion(text, mean(design, some, text, step)))
        .sorted(Comparator.comparingDouble(ConstantCompletion::reward).reversed())
        .limit(FINALISTS)
        .map(found -> new ConstantCompletion(found.text(), mean(design, all, found.text(), step)))
        .max(Comparator.comparingDouble(ConstantCompletion::reward))
        .orElseThrow();
  }

  private static double mean(RewardDesign design, List<RewardItem> items, String text, long step) {
    double sum = 0;
    for (int i = 0; i < items.size(); i++) {
      SeedTree draws = SeedTree.root(0).child("constant-completion").child(i);
      sum += design.score(Attempt.of(items.get(i), text).at(step, draws)).total();
    }
    return sum / items.size();
  }

  private static List<String> candidates(
      PromptTemplate template, ConfiguredFamily family, List<DatasetItem> items) {
    Map<String, List<DatasetItem>> byAnswer =
        items.stream()
            .collect(Collectors.groupingBy(DatasetItem::answer, TreeMap::new, Collectors.toList()));
    Set<String> descriptions = new LinkedHashSet<>();
    descriptions.add("");
    if (template.describes()) {
      descriptions.add(DatasetBaselines.bestConstantDescription(family, items).text());
      byAnswer
          .values()
          .forEach(
              some ->
                  descriptions.add(DatasetBaselines.bestConstantDescription(family, some).text()));
      items.stream().limit(SCENES).map(DatasetItem::description).forEach(descriptions::add);
    }
    String prose = words("So it is number ", ". ", SENTENCES);
    String tail = " " + words("word", " ", WORDS);
    List<String> candidates = new ArrayList<>();
    for (String description : descriptions) {
      for (String answer : byAnswer.keySet()) {
        StringBuilder text = new StringBuilder();
        for (Tag tag : template.tags()) {
          switch (tag) {
            case DESCRIPTION -> element(text, tag, description);
            case IMAGE_DESCRIPTION, RETHINK -> element(text, tag, prose);
            case THINK ->
                element(
                    text,
                    tag,
                    template.tags().contains(Tag.VISUAL)
                        ? Tag.VISUAL.opening() + prose + Tag.VISUAL.closing()
                        : prose);
            case VISUAL -> {} // stands inside think
            case ANSWER -> element(text, tag, answer);
          }
        }
        candidates.add(text.toString());
        candidates.add(text + tail);
      }
    }
    return candidates;
  }

  private static void element(StringBuilder text, Tag tag, String content) {
    text.append(tag.opening()).append(content).append(tag.closing());
  }

  private static String words(String word, String gap, int count) {
    return IntStream.range(0, count).mapToObj(i -> word + i + gap).collect(Collectors.joining());
  }
}
