package dev.sightline.activity.ablation;

import dev.sightline.activity.dataset.LoadedDataset;
import dev.sightline.puzzle.dataset.DatasetItem;
import dev.sightline.puzzle.dataset.Portion;
import dev.sightline.puzzle.dataset.Split;
import dev.sightline.report.ReportRequest;
import dev.sightline.reward.ConstantCompletion;
import dev.sightline.reward.Evidence;
import dev.sightline.reward.RewardDesign;
import dev.sightline.spec.ExperimentSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each arm's design pays for one text given to every training item (science.md 5). */
final class BlindRewards {
  /** Items of each part that a text is fitted to; the first ones, which are in no special order. */
  private static final int ITEMS = 500;

  /** What a text alone is judged by; what other policies would say of it is not asked here. */
  private static final Set<Evidence> KNOWN = Set.of(Evidence.COMPLETION, Evidence.SCENE);

  private BlindRewards() {}

  /**
   * By arm, then family: the mean over its parts' items. None for a design that reads recorded
   * evidence.
   */
  static List<ReportRequest.BlindReward> of(ExperimentSpec spec, LoadedDataset dataset) {
    Map<String, List<DatasetItem>> parts = new LinkedHashMap<>();
    for (DatasetItem item : dataset.items(Split.TRAIN)) {
      List<DatasetItem> part =
          parts.computeIfAbsent(Portion.labelOf(item.id()), label -> new ArrayList<>());
      if (part.size() < ITEMS) {
        part.add(item);
      }
    }
    List<ReportRequest.BlindReward> rewards = new ArrayList<>();
    for (ExperimentSpec.Arm arm : spec.arms()) {
      RewardDesign design = RewardDesign.of(arm);
      if (!KNOWN.containsAll(design.evidence())) {
        continue;
      }
      Map<String, double[]> sums = new LinkedHashMap<>();
      parts.forEach(
          (label, items) -> {
            ConstantCompletion best =
                ConstantCompletion.best(
                    design, dataset.family(items.getFirst()), items, spec.training().steps() - 1L);
            double[] sum = sums.computeIfAbsent(items.getFirst().family(), family -> new double[2]);
            sum[0] += items.size() * best.reward();
            sum[1] += items.size();
          });
      sums.forEach(
          (family, sum) ->
              rewards.add(
                  new ReportRequest.BlindReward(
                      arm.name(), family, sum[0] / sum[1], (int) sum[1])));
    }
    return rewards;
  }
}
